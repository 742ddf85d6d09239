// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The target of a runbook: does what it is asked and remembers it, answers or hangs up. */
final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile boolean loseReply;
  private volatile int status = 200;
  private volatile String reply = "{\"status\":\"started\"}";

  /** One call as it came in; header names in lower case. */
  record Call(String method, String path, Map<String, String> headers, String body) {}

  Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::take);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From now on it does what it is asked and cuts the connection instead of answering. */
  void loseReplies(boolean lose) {
    loseReply = lose;
  }

  /** From now on it answers this. */
  void answers(int code, String json) {
    status = code;
    reply = json;
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  private void take(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls.add(
        new Call(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
    if (loseReply) {
      exchange.close();
      return;
    }
    byte[] answer = reply.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
