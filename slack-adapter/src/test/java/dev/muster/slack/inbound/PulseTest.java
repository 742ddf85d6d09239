// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether Slack brings back what the bot says. */
class PulseTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final Pulse pulse = new Pulse(clock);

  @Test
  void post_thatComesBackBeforeItsAnswer_isNotWaitedFor() {
    pulse.heardOurselves("C1", "1.1");
    pulse.posted("C1", "1.1");
    pass(Duration.ofHours(3));

    assertFalse(pulse.isSilent());
  }

  private void pass(Duration time) {
    for (Duration left = time; !left.isZero(); left = left.minusSeconds(1)) {
      clock.advance(Duration.ofSeconds(1));
      pulse.look();
    }
  }

  @Test
  void post_beforeTheMachineSlept_isNotMissedWhenItWakes() {
    pulse.posted("C1", "1.1");
    clock.advance(Duration.ofHours(8));
    pulse.look();
    assertFalse(pulse.isSilent());

    pass(Pulse.UNHEARD);

    assertTrue(pulse.isSilent());
  }

  @Test
  void post_thatDoesNotComeBack_isSilenceAfterTenMinutes_untilAnythingIsHeard() {
    Instant lastHeard = clock.instant();
    pulse.heardOurselves("C1", "1.1");
    pass(Duration.ofHours(1));
    pulse.posted("C1", "2.2");
    pass(Pulse.UNHEARD.minusSeconds(1));
    pulse.posted("C1", "3.3");
    assertFalse(pulse.isSilent());

    pass(Duration.ofSeconds(1));

    assertTrue(pulse.isSilent());
    assertFalse(pulse.isProved());
    assertEquals(Optional.empty(), pulse.takeEndedSilence());

    pulse.heardAnything();

    assertFalse(pulse.isSilent());
    assertTrue(pulse.isProved());
    assertEquals(Optional.of(lastHeard), pulse.takeEndedSilence());
    assertEquals(Optional.empty(), pulse.takeEndedSilence());
  }

  @Test
  void somebodyElse_heardInTime_provesNothingAboutOurOwnPosts() {
    pulse.posted("C1", "1.1");
    pulse.heardAnything();
    pass(Pulse.UNHEARD);

    assertTrue(pulse.isSilent());
  }
}
