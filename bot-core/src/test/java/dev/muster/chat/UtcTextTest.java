// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Times as people read them. */
final class UtcTextTest {

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Test
  void second_ofAnyTime_isWhatAFormatterWrites() {
    assertEquals("2026-03-01 00:00:09", UtcText.second(Instant.parse("2026-03-01T00:00:09.9Z")));
    assertEquals("1969-12-31 23:59:59", UtcText.second(Instant.EPOCH.minusNanos(1)));
    Random dice = new Random(11);
    for (int i = 0; i < 1_000; i++) {
      Instant at = Instant.ofEpochSecond(dice.nextLong() % 400_000_000_000L, dice.nextInt(1_000));
      assertEquals(SECOND.format(at), UtcText.second(at));
    }
  }

  @Test
  void exact_ofAnyTime_isWhatTheInstantWrites() {
    for (int nanos : new int[] {0, 1, 1_000, 20_000, 100_000_000, 123_456_789, 999_999_000}) {
      Instant at = Instant.parse("2026-03-01T00:00:09Z").plusNanos(nanos);
      assertEquals(at.toString(), UtcText.exact(at));
      Instant before = Instant.EPOCH.minusNanos(nanos);
      assertEquals(before.toString(), UtcText.exact(before));
    }
    Random dice = new Random(12);
    for (int i = 0; i < 1_000; i++) {
      Instant at = Instant.ofEpochSecond(dice.nextLong() % 400_000_000_000L, dice.nextInt(1_000));
      assertEquals(at.toString(), UtcText.exact(at));
    }
  }
}
