// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server refuses by itself is refused like everything else. */
class UnreadableRequestsTest {

  private static final String HOST = "Host: localhost\r\n";

  @TempDir private static Path folder;
  private static BotHarness bot;

  @BeforeAll
  static void start() {
    bot = BotHarness.start(folder, ManualClock.atNoon(), "");
  }

  @AfterAll
  static void stop() {
    bot.close();
  }

  static Stream<Arguments> requests() {
    String long16 = "x".repeat(20_000);
    return Stream.of(
        Arguments.of(400, "GET / HTTP/1.1\r\n\r\n"),
        Arguments.of(400, "GET / HTTP/1.1\r\n" + HOST + "Host: other\r\n\r\n"),
        Arguments.of(400, "GET / HTTP/1.1\r\nHost: a b:c\r\n\r\n"),
        Arguments.of(400, "GET / HTTP/1.1\r\n" + HOST + "No colon\r\n\r\n"),
        Arguments.of(400, "GET / HTTP/1.1\r\n" + HOST + "A: \u0000<script>alert(1)\r\n\r\n"),
        Arguments.of(400, "GET / HTTP/1.1\r\n" + HOST + "Content-Length: x\r\n\r\n"),
        Arguments.of(
            400, "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nx"),
        Arguments.of(
            400,
            "POST / HTTP/1.1\r\n"
                + HOST
                + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx"),
        Arguments.of(400, "<script>alert(1)</script>\r\n\r\n"),
        Arguments.of(400, "GET http://[bad/ HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(400, "GET /%zz HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(400, "GET /%00 HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(431, "GET / HTTP/1.1\r\n" + HOST + "A: " + long16 + "\r\n\r\n"),
        Arguments.of(414, "GET /" + long16 + " HTTP/1.1\r\n" + HOST + "\r\n"),
        Arguments.of(505, "GET / HTTP/3.7\r\n" + HOST + "\r\n"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void request_thatCannotBeRead_isRefusedPlainly(int status, String request) {
    try (RawWire wire = new RawWire(bot.http().port())) {
      RawWire.Answered answered = wire.send(request.getBytes(StandardCharsets.ISO_8859_1));

      assertEquals(status, answered.status(), answered.toString());
      JsonNode body = BotHttp.parse(answered.body());
      assertFalse(body.path("error").asText().isEmpty(), answered.body());
      assertTrue(body.path("message").asText().endsWith("."), answered.body());
      String head = answered.head().toLowerCase(Locale.ROOT);
      for (String header :
          List.of(
              "content-type: application/json",
              "content-security-policy: default-src 'self'",
              "x-content-type-options: nosniff",
              "referrer-policy: no-referrer")) {
        assertTrue(head.contains(header), header + " in " + head);
      }
      String all = head + answered.body().toLowerCase(Locale.ROOT);
      for (String tell : List.of("jetty", "javalin", "exception", "org.", "script", "\nserver:")) {
        assertFalse(all.contains(tell), all);
      }
    }
  }

  @Test
  void requestsAfterwards_areAnsweredAsEver() {
    assertEquals(200, bot.http().get("/livez").status());
    assertEquals(404, bot.http().get("/api/v1/incidents/INC-9").status());
    assertTrue(bot.http().get("/nothing").body().contains("not_found"));
  }
}
