// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The short way to read a plain time reads what the reader of all forms reads. */
class AlertTimesTest {

  private static final Instant NOW = Instant.parse("2026-01-05T09:10:00Z");

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T09:00:00Z, 2026-01-05T09:00:00Z, ''",
    "2026-01-05T09:00:00.1Z, 2026-01-05T09:00:00.100Z, ''",
    "2026-01-05T09:00:00.123456789Z, 2026-01-05T09:00:00.123456789Z, ''",
    "2026-01-05t09:00:00z, 2026-01-05T09:00:00Z, ''",
    "2026-01-05T10:00:00+01:00, 2026-01-05T09:00:00Z, ''",
    "2026-01-05T09:00Z, 2026-01-05T09:00:00Z, ''",
    "2026-01-05 09:00:00Z, 2026-01-05T09:00:00Z, ''",
    "2026-01-05T09:00:00, 2026-01-05T09:00:00Z, time_without_zone",
    "2026-01-05T09:00:60Z, 2026-01-05T09:00:59Z, leap_second",
    "1767603600, 2026-01-05T09:00:00Z, time_as_number",
    "2026-02-30T09:00:00Z, 2026-01-05T09:10:00Z, time_unreadable",
    "2026-01-05T24:00:00Z, 2026-01-05T09:10:00Z, time_unreadable",
    "2026-01-05T09:00:00.1234567890Z, 2026-01-05T09:10:00Z, time_unreadable",
    "2026-01-05T09:00:00.Z, 2026-01-05T09:00:00Z, ''",
    "2026-01-05T09:00:0aZ, 2026-01-05T09:10:00Z, time_unreadable",
    "1999-01-05T09:00:00Z, 2026-01-05T09:10:00Z, time_too_old",
    "2026-01-05T11:00:00Z, 2026-01-05T09:10:00Z, time_in_future"
  })
  void time_isReadInAnyForm(String written, Instant at, String flag) {
    assertEquals(new AlertTimes.Time(at, flag), AlertTimes.read(written, NOW));
  }

  @Test
  void damagedTimes_areReadAsTheReaderOfAllFormsDoes() {
    Random random = new Random(11);
    String marks = "0123456789-:TZ. ";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("2025-12-31T23:59:59.123456Z");
      if (random.nextBoolean()) {
        text.delete(19, 20 + random.nextInt(6));
      }
      for (int n = random.nextInt(3); n > 0; n--) {
        text.setCharAt(random.nextInt(text.length()), marks.charAt(random.nextInt(16)));
      }
      Instant expected = ofAnyForm(text.toString());
      if (expected != null) {
        assertEquals(expected, AlertTimes.read(text.toString(), NOW).at(), text.toString());
      }
    }
  }

  /** Returns null for what has to be mended first, or is not believed. */
  private static Instant ofAnyForm(String text) {
    try {
      Instant at = OffsetDateTime.parse(text).toInstant();
      boolean believed = at.isAfter(Instant.parse("2000-01-01T00:00:00Z")) && at.isBefore(NOW);
      return believed ? at : null;
    } catch (DateTimeException noTime) {
      return null;
    }
  }
}
