// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.app.warm.WarmUp;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.http.HttpServer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program; embeddable in tests. Stopping is the reverse of starting, and bounded. */
public final class BotApp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BotApp.class);

  private final int port;
  private final String address;
  private final Running running;
  private boolean closed;

  /**
   * What runs.
   *
   * @param platforms heard and spoken to
   * @param closing what is ended, first to last
   * @param wake looks for work at once
   * @param reload takes over a changed configuration and says what came of it
   * @param broken completed with a sentence when the store can no longer be trusted
   * @param warmUp makes what comes first as quick as what comes later
   */
  record Running(
      List<ChatPlatform> platforms,
      List<AutoCloseable> closing,
      Runnable wake,
      Runnable reload,
      CompletableFuture<String> broken,
      Optional<WarmUp> warmUp) {}

  BotApp(int port, String address, Running running) {
    this.port = port;
    this.address = address;
    this.running = running;
  }

  /** Returns the port that is listened on. */
  public int port() {
    return port;
  }

  /** Returns where people open it. */
  public String address() {
    return address;
  }

  /** Returns every route that is served. */
  List<HttpServer.Known> routes() {
    return running.closing().stream()
        .filter(HttpServer.class::isInstance)
        .map(HttpServer.class::cast)
        .flatMap(server -> server.known().stream())
        .toList();
  }

  /** Looks for work at once, after the clock was moved by hand. */
  public void wake() {
    running.wake().run();
  }

  /** Begins to make what comes first as quick as what comes later, once it is known to serve. */
  void warmUp() {
    running.warmUp().ifPresent(WarmUp::begin);
  }

  /** Takes over a changed configuration; a bad one is refused and told. */
  public void reload() {
    running.reload().run();
  }

  /**
   * Returns what completes, with a sentence for the operator, when the store broke under us;
   * nothing is stored from then on, and the process should end.
   */
  public CompletableFuture<String> broken() {
    return running.broken();
  }

  /** Stops: hear nothing new, finish what is under way, close the store. Safe to call twice. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (AutoCloseable part : running.closing()) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("stop_incomplete part={}", part.getClass().getSimpleName(), e);
      }
    }
    LOG.info("stopped");
  }
}
