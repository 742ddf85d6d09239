// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.child;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Prometheus Alertmanager as Debian installs it, alone on the loopback interface; or none. */
public final class Alertmanager implements AutoCloseable {

  private static final Path PROGRAM = Path.of("/usr/bin/prometheus-alertmanager");
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  /** It groups as Muster is told to, and tells nobody. */
  private static final String CONFIG =
      """
      global: { resolve_timeout: 24h }
      route: { receiver: nobody, group_by: [alertname], group_wait: 1s, group_interval: 5m }
      receivers: [ { name: nobody } ]
      """;

  /** It tells at once of whatever is new. */
  private static final String TELLING =
      """
      global: { resolve_timeout: 24h }
      route: { receiver: told, group_by: [alertname], group_wait: 0s, group_interval: 5m }
      receivers: [ { name: told, webhook_configs: [ { url: "%s" } ] } ]
      """;

  private final Optional<Child> child;
  private final int port;

  private Alertmanager(Optional<Child> child, int port) {
    this.child = child;
    this.port = port;
  }

  /** Returns whether it is installed. */
  public static boolean isThere() {
    return Files.isExecutable(PROGRAM);
  }

  /** Starts it and waits until it listens; where it is not installed, there is none. */
  public static Alertmanager start(Path folder) throws IOException {
    return start(folder, CONFIG);
  }

  /** The same, of one that calls a webhook for each new group without waiting for more. */
  public static Alertmanager telling(Path folder, URI webhook) throws IOException {
    return start(folder, TELLING.formatted(webhook));
  }

  private static Alertmanager start(Path folder, String config) throws IOException {
    if (!isThere()) {
      return new Alertmanager(Optional.empty(), 0);
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("alertmanager.yml"), config);
    int port = freePort();
    Child child =
        Child.ofProgram(
            PROGRAM,
            folder,
            "--config.file=alertmanager.yml",
            "--storage.path=alertmanager",
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address=",
            "--log.level=warn");
    awaitListening(port);
    return new Alertmanager(Optional.of(child), port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private static void awaitListening(int port) {
    long end = System.nanoTime() + PATIENCE;
    while (System.nanoTime() < end) {
      try (Socket heard = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (heard.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    throw new IllegalStateException("Alertmanager does not listen; see its log");
  }

  /** Returns the port it listens on; empty when there is none. */
  public Optional<Integer> port() {
    return child.map(running -> port);
  }

  /** Returns the processor time it has used so far, in seconds. */
  public double cpuSeconds() {
    return child.map(Child::cpuSeconds).orElse(0.0);
  }

  @Override
  public void close() {
    child.ifPresent(Child::close);
  }
}
