// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WrongTimesTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final WrongTimes times = new WrongTimes(minutesAfterNoon(-2));

  private static Instant minutesAfterNoon(int minutes) {
    return NOON.plus(Duration.ofMinutes(minutes));
  }

  @Test
  void time_ofAClockThatWasNeverSet_isAsWritten() {
    assertEquals(NOON, times.reallyAt(NOON));
  }

  @Test
  void time_writtenByAClockThatIsOut_isToldInTheTimeOfOthers() {
    times.set(NOON, Duration.ofHours(3));
    times.set(minutesAfterNoon(5), Duration.ofHours(-2));
    times.set(minutesAfterNoon(9), Duration.ZERO);

    assertEquals(minutesAfterNoon(-1), times.reallyAt(minutesAfterNoon(-1)));
    assertEquals(minutesAfterNoon(1), times.reallyAt(minutesAfterNoon(181)));
    assertEquals(minutesAfterNoon(6), times.reallyAt(minutesAfterNoon(-114)));
    assertEquals(minutesAfterNoon(20), times.reallyAt(minutesAfterNoon(20)));
  }

  @Test
  void time_writtenBeforeTheStepWasNoticed_isAsWritten() {
    times.set(NOON, Duration.ofHours(3));
    Instant soon = NOON.plusMillis(400);
    assertEquals(soon, times.reallyAt(soon));
  }
}
