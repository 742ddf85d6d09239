// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.sun.net.httpserver.HttpExchange;
import dev.muster.testkit.WireAnswers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes answers, whole or the way an armed fault wants them. */
final class Answering {

  private static final String JSON = "application/json; charset=utf-8";

  private Answering() {}

  /** Answers a call; returns whether the caller can read the answer as it is. */
  static boolean answer(HttpExchange exchange, FakeFault fault, String whole) throws IOException {
    if (fault == null) {
      send(exchange, 200, whole);
      return true;
    }
    switch (fault) {
      case FAILS_BEFORE, BREAKS_AFTER -> send(exchange, 500, error("internal_error"));
      case CUTS_BEFORE, LOSES_THE_REPLY -> exchange.close();
      case DELAYS -> send(exchange, 200, whole);
      case RATE_LIMITED -> tooMany(exchange, "" + FakeSlack.RATE_LIMIT.toSeconds());
      case RATE_LIMITED_BLINDLY -> tooMany(exchange, "soon");
      case RATE_LIMITED_POLITELY -> send(exchange, 200, error("ratelimited"));
      case CREDENTIALS_REFUSED -> send(exchange, 200, error("invalid_auth"));
      case ANSWERS_HTML -> send(exchange, 200, "<html><body>We are back soon.</body></html>");
      case ANSWERS_HALF -> send(exchange, 200, whole.substring(0, whole.length() / 2));
      case ANSWERS_NOTHING -> send(exchange, 200, "");
      case ANSWERS_A_BOMB -> WireAnswers.bomb(exchange, JSON, "\"ok\":true");
      case ANSWERS_AS_IMAGE -> WireAnswers.send(exchange, 200, "image/png", bytes(whole));
      case FAILS_AFTER -> send(exchange, 200, error("internal_error"));
      case FATAL_AFTER -> send(exchange, 200, error("fatal_error"));
      case INVITES_TO_REPEAT -> {
        exchange.getResponseHeaders().set("Retry-After", "0");
        send(exchange, 503, "");
      }
    }
    return fault == FakeFault.ANSWERS_AS_IMAGE;
  }

  /** Slack's answer to too many calls; the time counts for that method and workspace alone. */
  static void tooMany(HttpExchange exchange, String retryAfter) throws IOException {
    exchange.getResponseHeaders().set("Retry-After", retryAfter);
    send(exchange, 429, error("ratelimited"));
  }

  static void send(HttpExchange exchange, int status, String body) throws IOException {
    WireAnswers.send(exchange, status, JSON, bytes(body));
  }

  private static String error(String code) {
    return "{\"ok\":false,\"error\":\"" + code + "\"}";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
