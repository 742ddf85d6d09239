// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import static dev.muster.http.alert.AlertFixtures.NOW;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertRouting;
import dev.muster.alert.AlertRule;
import dev.muster.alert.AlertSituation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Spoils recorded calls in seeded ways: every body is read or refused, and never more than that.
 */
class AlertDecoderFuzzTest {

  private static final int ROUNDS = 4_000;
  private static final List<String> PIECES =
      List.of(
          "null",
          "\"\"",
          "{}",
          "[]",
          "1e309",
          "-0",
          "NaN",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"firing\"",
          "\"resolved\"",
          "\"0001-01-01T00:00:00Z\"",
          "\"2999-12-31T23:59:60Z\"",
          "\"+1000000000-01-01T00:00:00Z\"",
          "9223372036854775807",
          "[[[[",
          "}}",
          ",",
          ":",
          "\"status\":",
          "\"labels\":",
          "\"javascript:x\"",
          "\"http://[::1\"",
          "\uFEFF");

  private final AlertDecoder decoder = new AlertmanagerDecoder();

  @Test
  void spoiledBody_isReadOrRefused() {
    Random random = new Random(15);
    List<byte[]> bodies =
        List.of(
            AlertFixtures.body("webhook-ServiceDown-mixed-4"),
            AlertFixtures.body("webhook-HighLatency-firing-1"));
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] body = bodies.get(i % bodies.size());
      byte[] spoiled = i % 3 == 0 ? withBytes(body, random) : withPieces(body, random);
      read += decoder.decode("am", spoiled, NOW).match(this::check, AlertDecoderFuzzTest::check);
    }
    assertTrue(read > ROUNDS / 100, "only " + read + " bodies stayed readable");
  }

  private int check(AlertBody.Decoded decoded) {
    for (Alert alert : decoded.alerts()) {
      assertFalse(alert.startsAt().isAfter(NOW.plusSeconds(3_600)));
      assertFalse(alert.title().codePoints().anyMatch(Character::isISOControl));
      assertTrue(alert.key().fingerprint().length() <= 200);
      assertNotNull(AlertRouting.decide(alert, AlertSituation.NEW, AlertRule.defaults(), NOW));
    }
    return 1;
  }

  private static int check(AlertBody.Refused refused) {
    assertTrue(refused.problem().status() >= 400);
    assertFalse(refused.sentence().contains("ServiceDown"), refused.sentence());
    return 0;
  }

  private static byte[] withBytes(byte[] body, Random random) {
    byte[] spoiled = body.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      spoiled[random.nextInt(spoiled.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(8) == 0
        ? Arrays.copyOf(spoiled, random.nextInt(spoiled.length))
        : spoiled;
  }

  /** Puts a piece in place of one value, so that many bodies stay JSON. */
  private static byte[] withPieces(byte[] body, Random random) {
    String text = new String(body, StandardCharsets.UTF_8);
    int colon = text.indexOf("\":", random.nextInt(text.length()));
    int end = colon < 0 ? -1 : text.indexOf(",\"", colon);
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    return end < 0
        ? body
        : (text.substring(0, colon + 2) + piece + text.substring(end))
            .getBytes(StandardCharsets.UTF_8);
  }
}
