// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.testkit.WireAnswers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The target of the runbook: carries out what it is asked, counts by key, may hold its answer. */
final class Receiver implements AutoCloseable {

  /** How one call can go wrong. */
  enum Fault {
    /** It is cut off before anything is done. */
    IS_DOWN,
    /** It is done, and the answer is lost. */
    LOSES_THE_REPLY,
    /** It is done, and the answer is an error of the target. */
    BREAKS_AFTER,
    /** Nothing is done, and the answer asks to come again in a second. */
    TOO_MANY,
    /** Nothing is done, and the answer asks to come again in a second because it is away. */
    UNAVAILABLE,
    /** It is done, and the answer is a page for people. */
    ANSWERS_HTML,
    /** It is done, and the answer takes a second. */
    SLOW
  }

  private final HttpServer server;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
  private volatile CountDownLatch answering = new CountDownLatch(0);

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "receiver");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on it does what it is asked and keeps the answer back. */
  void holdAnswers() {
    answering = new CountDownLatch(1);
  }

  void answerAgain() {
    answering.countDown();
  }

  /** Lets the next call go wrong. */
  void arm(Fault fault) {
    faults.add(fault);
  }

  /** Lets every call work from now on. */
  void heal() {
    faults.clear();
  }

  /** Waits for the next call. */
  void awaitCall() throws InterruptedException {
    if (arrived.poll(CrashBot.PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
      throw new AssertionError("the runbook was not called");
    }
  }

  /** Returns the keys of all calls, one for each call. */
  List<String> keys() {
    return List.copyOf(keys);
  }

  private void take(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    Fault fault = faults.poll();
    if (fault == Fault.IS_DOWN) {
      exchange.close();
      return;
    }
    if (fault == Fault.TOO_MANY || fault == Fault.UNAVAILABLE) {
      exchange.getResponseHeaders().set("Retry-After", "1");
      answer(exchange, fault == Fault.TOO_MANY ? 429 : 503, "");
      return;
    }
    keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    arrived.add("call");
    try {
      answering.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (fault == Fault.LOSES_THE_REPLY) {
      exchange.close();
      return;
    }
    if (fault == Fault.SLOW) {
      WireAnswers.pass(Duration.ofSeconds(1));
    }
    String html = "<html><body>We are back soon.</body></html>";
    answer(
        exchange, fault == Fault.BREAKS_AFTER ? 500 : 200, fault == Fault.ANSWERS_HTML ? html : "");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    answerAgain();
    server.stop(0);
  }
}
