// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A platform that refuses us is looked at again from time to time, whatever the clock does. */
class HoldsTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final Holds holds = new Holds(clock);

  @Test
  void refusal_holdsAllButOneNowAndThen() {
    Duration again = holds.refused("slack");

    assertEquals(Optional.of(again), holds.wait("slack"));
    assertEquals(Optional.empty(), holds.wait("teams"));
    clock.advance(again);
    assertEquals(Optional.empty(), holds.wait("slack"), "one goes to see");
    assertEquals(Optional.of(again), holds.wait("slack"));
    assertTrue(holds.works("slack"));
    assertFalse(holds.isHeld("slack"));
  }

  @Test
  void clockPutBack_letsOneGoAtOnce() {
    Duration again = holds.refused("slack");
    clock.advance(Duration.ofHours(-9));

    assertEquals(Optional.empty(), holds.wait("slack"));
    assertEquals(Optional.of(again), holds.wait("slack"));
  }
}
