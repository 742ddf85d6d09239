// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/** How the stand-ins of platforms write answers, honest and hostile ones. */
public final class WireAnswers {

  /** No true answer unpacks to as much. */
  private static final int BOMB = 64 * 1024 * 1024;

  private WireAnswers() {}

  /** The one place where real time passes: a client that waits is what is tested or measured. */
  public static void pass(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  /** Sends an answer whole and ends the exchange. */
  public static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /**
   * Sends a small answer that unpacks to a JSON object of 64 MB.
   *
   * @param first the object's first field, {@code "name":value}
   */
  public static void bomb(HttpExchange exchange, String type, String first) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      zip.write(("{" + first + ",\"padding\":\"").getBytes(StandardCharsets.UTF_8));
      byte[] megabyte = " ".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII);
      for (int sent = 0; sent < BOMB; sent += megabyte.length) {
        zip.write(megabyte);
      }
      zip.write("\"}".getBytes(StandardCharsets.US_ASCII));
    }
    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
    send(exchange, 200, type, packed.toByteArray());
  }
}
