// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.spi.RouteAnswer;
import dev.muster.telemetry.Telemetry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sender of too much reads the refusal instead of a broken connection. */
class TooLargeBodyTest {

  private static final byte[] PART = new byte[512 * 1024];

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private HttpServer server;
  private int port;

  @BeforeEach
  void start() {
    Gatekeeper open =
        new Gatekeeper(true, List.of(), listening -> URI.create("http://localhost:" + listening));
    server = new HttpServer(open, executor, new Telemetry());
    server.route(
        "POST",
        "/take",
        request -> {
          int status = request.body(JavalinRequest.MAX_BODY).isEmpty() ? 413 : 202;
          return new RouteAnswer.Bytes(status, "text/plain", new byte[0], Map.of());
        });
    port = server.start("127.0.0.1", 0).orElseThrow();
  }

  @AfterEach
  void stop() {
    server.close();
    executor.shutdownNow();
  }

  @Test
  void body_announcedTooLarge_isReadToItsEndAndRefused() throws IOException {
    assertEquals("HTTP/1.1 413 Payload Too Large", sent("Content-Length: " + 16 * PART.length, 16));
  }

  @Test
  void body_tooLargeInChunks_isReadToItsEndAndRefused() throws IOException {
    assertEquals("HTTP/1.1 413 Payload Too Large", sent("Transfer-Encoding: chunked", 16));
  }

  @Test
  void sender_askingFirst_isRefusedBeforeItSends() throws IOException {
    String length = "Content-Length: " + 16 * PART.length;
    assertEquals("HTTP/1.1 413 Payload Too Large", sent(length + "\r\nExpect: 100-continue", 0));
  }

  @Test
  void body_hugeByItsOwnWords_isNotReadAtAll() throws IOException {
    assertEquals("HTTP/1.1 413 Payload Too Large", sent("Content-Length: 99999999999", 0));
  }

  /** Sends the head and so many parts of the body, and only then reads the first line. */
  private String sent(String head, int parts) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(
          ascii(
              "POST /take HTTP/1.1\r\nHost: localhost:"
                  + port
                  + "\r\nContent-Type: application/json\r\n"
                  + head
                  + "\r\n\r\n"));
      boolean chunked = head.startsWith("Transfer-Encoding");
      for (int i = 0; i < parts; i++) {
        out.write(ascii(chunked ? Integer.toHexString(PART.length) + "\r\n" : ""));
        out.write(PART);
        out.write(ascii(chunked ? "\r\n" : ""));
      }
      out.write(ascii(chunked ? "0\r\n\r\n" : ""));
      return new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
          .readLine();
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
