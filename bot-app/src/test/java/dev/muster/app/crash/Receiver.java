// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The target of the runbook: carries out what it is asked, counts by key, may hold its answer. */
final class Receiver implements AutoCloseable {

  private final HttpServer server;
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
    keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    arrived.add("call");
    try {
      answering.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  @Override
  public void close() {
    answerAgain();
    server.stop(0);
  }
}
