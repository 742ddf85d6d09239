// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the routes of an adapter on loopback, so that a browser can open its page in a test. */
final class PageServer implements AutoCloseable {

  private final TestRuntime runtime;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  PageServer(TestRuntime runtime, int port) throws IOException {
    this.runtime = runtime;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
      RouteAnswer answer =
          runtime.call(
              TestRequest.of(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  headers,
                  exchange.getRequestBody().readAllBytes()));
      if (answer instanceof RouteAnswer.Bytes bytes) {
        begin(exchange, bytes.status(), bytes.contentType(), bytes.headers(), bytes.body().length);
        exchange.getResponseBody().write(bytes.body());
      } else if (answer instanceof RouteAnswer.Streamed file) {
        begin(exchange, file.status(), file.contentType(), file.headers(), 0);
        try (InputStream in = file.source().get()) {
          in.transferTo(exchange.getResponseBody());
        }
      } else {
        begin(exchange, 200, "text/event-stream", Map.of(), 0);
        stream((RouteAnswer.Events) answer, exchange.getResponseBody());
      }
    }
  }

  private static void begin(
      HttpExchange exchange, int status, String type, Map<String, String> headers, int length)
      throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    boolean bodiless = status == 304 || (length == 0 && type.isEmpty());
    exchange.sendResponseHeaders(status, bodiless ? -1 : length);
  }

  private static void stream(RouteAnswer.Events events, OutputStream out) {
    CountDownLatch gone = new CountDownLatch(1);
    events.begin().accept(new Sink(out, gone));
    try {
      gone.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private record Sink(OutputStream out, CountDownLatch gone) implements RouteAnswer.EventSink {
    @Override
    public boolean send(String event, String data, String id) {
      String text = "event: " + event + "\nid: " + id + "\ndata: " + data + "\n\n";
      try {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
      } catch (IOException e) {
        gone.countDown();
        return false;
      }
    }

    @Override
    public void onClose(Runnable whenGone) {
      // The hub finds out by its next event.
    }

    @Override
    public void close() {
      gone.countDown();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
