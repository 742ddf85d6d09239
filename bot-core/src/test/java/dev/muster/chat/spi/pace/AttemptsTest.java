// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi.pace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.spi.OnceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was not there twice, ten seconds apart, was not done. */
class AttemptsTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private final Attempts attempts = new Attempts();
  private final OnceKey key = new OnceKey("order", 2, NOON);

  private Optional<Duration> absentAt(Instant now) {
    return attempts.absent(key, now);
  }

  @Test
  void absent_onceAndTenSecondsLater_isProved() {
    assertEquals(Optional.of(Duration.ofSeconds(10)), absentAt(NOON));
    assertEquals(Optional.of(Duration.ofSeconds(4)), absentAt(NOON.plusSeconds(6)));
    assertEquals(Optional.empty(), absentAt(NOON.plusSeconds(10)));
    assertEquals(Optional.of(Duration.ofSeconds(10)), absentAt(NOON.plusSeconds(11)));
  }

  @Test
  void clockPutBackBetween_costsTenSecondsAndNotHours() {
    absentAt(NOON);
    Instant back = NOON.minus(Duration.ofHours(9));

    assertEquals(Optional.of(Duration.ofSeconds(10)), absentAt(back.plusSeconds(10)));
    assertEquals(Optional.empty(), absentAt(back.plusSeconds(20)));
  }
}
