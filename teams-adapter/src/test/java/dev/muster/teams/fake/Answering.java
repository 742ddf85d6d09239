// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import com.sun.net.httpserver.HttpExchange;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.Exchange.Reply;
import dev.muster.testkit.WireAnswers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** Writes answers, whole or the way an armed fault wants them. */
final class Answering {

  private static final String JSON = "application/json";
  private static final String HTML = "<html><body>We are back soon.</body></html>";

  private Answering() {}

  /** Answers a call whole. */
  static void answer(HttpExchange exchange, Reply reply) throws IOException {
    WireAnswers.send(exchange, reply.status(), JSON, body(reply));
  }

  /** Answers a call the way a fault wants it; {@code now} is by the clock of the fake. */
  static void answer(HttpExchange exchange, FakeFault fault, Reply reply, Instant now)
      throws IOException {
    switch (fault) {
      case FAILS_BEFORE, BREAKS_AFTER -> refuse(exchange, 500);
      case CUTS_BEFORE, LOSES_THE_REPLY -> exchange.close();
      case RATE_LIMITED -> tooMany(exchange, "" + FakeTeams.RATE_LIMIT.toSeconds());
      case RATE_LIMITED_BY_DATE -> tooMany(exchange, date(now.plus(FakeTeams.RATE_LIMIT)));
      case RATE_LIMITED_BLINDLY -> tooMany(exchange, "soon");
      case NOT_NOW -> refuse(exchange, 412);
      case CREDENTIALS_REFUSED -> refuse(exchange, 401);
      case ANSWERS_SLOWLY, ANSWERS_TOO_LATE -> {
        exchange.getResponseHeaders().set(SlowWire.HEADER, fault.name());
        answer(exchange, reply);
      }
      case TOO_SLOW -> refuse(exchange, 408);
      case BAD_GATEWAY_AFTER -> WireAnswers.send(exchange, 502, "text/html", bytes(HTML));
      case GATEWAY_TIMES_OUT -> refuse(exchange, 504);
      case INVITES_TO_REPEAT -> {
        exchange.getResponseHeaders().set("Retry-After", "0");
        refuse(exchange, 503);
      }
      case ANSWERS_HTML -> WireAnswers.send(exchange, 200, "text/html", bytes(HTML));
      case ANSWERS_HALF -> half(exchange, reply);
      case ANSWERS_NOTHING -> WireAnswers.send(exchange, 200, JSON, new byte[0]);
      case ANSWERS_A_BOMB -> WireAnswers.bomb(exchange, JSON, "\"id\":\"1\"");
      case ANSWERS_AS_IMAGE -> WireAnswers.send(exchange, reply.status(), "image/png", body(reply));
    }
  }

  /** RFC 9110 allows a date as well as seconds. */
  private static String date(Instant at) {
    Instant whole = at.plus(Duration.ofMillis(999));
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(whole.atOffset(ZoneOffset.UTC));
  }

  private static void tooMany(HttpExchange exchange, String retryAfter) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", retryAfter);
    refuse(exchange, 429);
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    answer(exchange, Reply.error(status, "Armed", "armed"));
  }

  private static void half(HttpExchange exchange, Reply reply) throws IOException {
    byte[] whole = body(reply);
    WireAnswers.send(exchange, reply.status(), JSON, Arrays.copyOf(whole, whole.length / 2));
  }

  static byte[] body(Reply reply) {
    return reply.body() == null ? new byte[0] : Json.bytes(reply.body());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
