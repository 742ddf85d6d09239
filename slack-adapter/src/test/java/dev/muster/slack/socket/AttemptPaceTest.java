// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptPaceTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final AttemptPace pace = new AttemptPace(SocketTiming.USUAL, () -> 1);

  @Test
  void clock_putBackAnHour_delaysNoAttempt() {
    assertTrue(pace.mayTry(clock.instant()));
    for (int i = 0; i < 20; i++) {
      pace.failed(clock.instant());
    }
    pace.rest(clock.instant(), SocketTiming.USUAL.restWhenTold());
    assertFalse(pace.mayTry(clock.instant()), "a pause that was ordered is kept");

    clock.advance(Duration.ofHours(-1));

    assertTrue(pace.mayTry(clock.instant()));
    assertFalse(pace.mayTry(clock.instant()));
  }
}
