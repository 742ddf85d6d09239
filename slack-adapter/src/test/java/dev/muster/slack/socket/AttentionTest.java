// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Time in which nobody looked proves nothing. */
class AttentionTest {

  private static final Duration NOTICED = Duration.ofSeconds(30);

  private final ManualClock clock = ManualClock.atNoon();
  private final Attention attention = new Attention(NOTICED);

  private void lookFor(int seconds) {
    attention.look(clock.instant());
    for (int i = 0; i < seconds * 4; i++) {
      attention.look(clock.advance(Duration.ofMillis(250)));
    }
  }

  private void sleep(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
    attention.look(clock.instant());
  }

  @Test
  void steadyLooks_areSureOfWhatIsAsOldAsItTakesToNotice() {
    lookFor(100);
    Instant now = clock.instant();
    assertEquals(now.minus(NOTICED), attention.sureBefore(now));
    assertEquals(Duration.ZERO, attention.missed(now));
  }

  @Test
  void sleep_isNoTimeInWhichAnythingIsNoticed() {
    lookFor(100);
    final Instant fellAsleep = clock.instant();
    sleep(60);
    lookFor(10);
    Instant now = clock.instant();
    assertEquals(fellAsleep.minusSeconds(30 - 10 - 2), attention.sureBefore(now));
    assertEquals(Duration.ofSeconds(58), attention.missed(now));
  }

  @Test
  void manyShortSleeps_addUp() {
    lookFor(100);
    Instant begin = clock.instant();
    for (int i = 0; i < 5; i++) {
      sleep(9);
      lookFor(1);
    }
    assertEquals(begin.minusSeconds(30 - 5 * 3), attention.sureBefore(clock.instant()));
  }

  @Test
  void sleepLongAgo_isForgotten() {
    lookFor(10);
    sleep(600);
    lookFor(100);
    Instant now = clock.instant();
    assertEquals(now.minus(NOTICED), attention.sureBefore(now));
  }

  @Test
  void whatWasFoundBeforeTheLastLook_isJudgedByTheLooksBeforeIt() {
    lookFor(100);
    Instant found = clock.instant();
    sleep(20);
    assertEquals(found.minus(NOTICED), attention.sureBefore(found));
  }

  @Test
  void clockPutBack_isNotSeenByTheSteadyOne_andForwardIs() {
    Steady steady = new Steady(clock);
    Instant begin = steady.instant();
    clock.advance(Duration.ofSeconds(5));
    steady.instant();
    clock.advance(Duration.ofDays(-1));
    steady.instant();
    clock.advance(Duration.ofSeconds(7));
    assertEquals(begin.plusSeconds(12), steady.instant());
    clock.advance(Duration.ofHours(1));
    assertEquals(begin.plusSeconds(3_612), steady.instant());
  }
}
