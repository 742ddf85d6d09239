// SPDX-License-Identifier: Apache-2.0
package dev.muster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.config.AlertPattern.Authors;
import dev.muster.config.AlertPattern.Reading;
import dev.muster.config.load.ConfigLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertPatternTest {

  private static final List<AlertPattern> USUAL =
      new ConfigLoader(name -> null, Map.of())
          .load(Optional.empty())
          .match(loaded -> loaded.config().platforms().get("web").alertPatterns(), refused -> null);

  private static Optional<Reading> read(String message) {
    return USUAL.stream().flatMap(pattern -> pattern.read(message).stream()).findFirst();
  }

  @Test
  void message_ofAlertmanager_becomesAnAlert() {
    Reading reading =
        read("[FIRING:1] HighLatency (eu-1 127.0.0.1:9400 demo a checkout critical) | http://a/")
            .orElseThrow();

    assertEquals("HighLatency", reading.title());
    assertFalse(reading.isResolved());
    assertEquals("critical", reading.labels().get("severity"));
    assertEquals("HighLatency", reading.labels().get("alertname"));
  }

  @Test
  void message_resolved_hasTheKeyOfTheFiringOne() {
    Reading firing =
        read("[FIRING:2] HighLatency for demo service=checkout critical").orElseThrow();
    Reading resolved = read("[RESOLVED] HighLatency for demo service=checkout").orElseThrow();

    assertTrue(resolved.isResolved());
    assertEquals(firing.key(), resolved.key());
    assertEquals("checkout", resolved.labels().get("service"));
    assertEquals("HighLatency for demo", resolved.title());
  }

  @Test
  void message_inPlainWords_becomesAnAlert() {
    Reading reading = read("CRITICAL: checkout answers with errors service=checkout").orElseThrow();

    assertEquals("checkout answers with errors", reading.title());
    assertEquals("CRITICAL", reading.labels().get("severity"));
    assertEquals("checkout", reading.labels().get("service"));
    assertTrue(read("OK: checkout answers with errors").orElseThrow().isResolved());
  }

  @Test
  void message_betweenPeople_isNoAlert() {
    assertEquals(Optional.empty(), read("ok thanks, looking: one moment"));
    assertEquals(Optional.empty(), read("who is critical of this?"));
    assertEquals(Optional.empty(), read(""));
  }

  @Test
  void pattern_thatWouldExplodeElsewhere_answersAtOnce() {
    AlertPattern pattern =
        new AlertPattern(
            "a", SafePattern.parse("^(a+)+$"), List.of(), List.of(), Authors.EVERYONE, "");

    assertEquals(Optional.empty(), pattern.read("a".repeat(7_000) + "!"));
  }

  @Test
  void pattern_unbalanced_saysWhere() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> SafePattern.parse("abc(def"));

    assertTrue(refusal.getMessage().contains("missing closing )"), refusal.getMessage());
  }
}
