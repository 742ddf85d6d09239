// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

/**
 * Says when the next attempt to connect may be made: never sooner than a few seconds after the one
 * before, later and later while they fail, and after a longer rest when Slack asked for one.
 * Outlives the connections, so that making everything anew is no way round it. Thread-safe.
 */
final class AttemptPace {

  private static final int MOST_DOUBLINGS = 10;

  private final SocketTiming timing;
  private final DoubleSupplier luck;
  private Instant next = Instant.MIN;
  private int failures;

  /**
   * Creates a pace that allows the first attempt at once.
   *
   * @param luck from 0 to 1; spreads the attempts of many programs
   */
  AttemptPace(SocketTiming timing, DoubleSupplier luck) {
    this.timing = timing;
    this.luck = luck;
  }

  /** Takes the right to one attempt, if there is one now. */
  synchronized boolean mayTry(Instant now) {
    // Further away than any pause: the clock was put back meanwhile.
    Instant furthest = now.plus(timing.longestPause().multipliedBy(2)).plus(timing.restWhenTold());
    if (now.isBefore(next) && !furthest.isBefore(next)) {
      return false;
    }
    next = now.plus(timing.attemptsApart());
    return true;
  }

  /** Notes that Slack has answered an attempt, from when on the next one is far enough. */
  synchronized void answered(Instant now) {
    rest(now, timing.attemptsApart());
  }

  /** Notes that an attempt led to a connection. */
  synchronized void succeeded() {
    failures = 0;
  }

  /** Notes that an attempt led to nothing. */
  synchronized void failed(Instant now) {
    failures = Math.min(failures + 1, MOST_DOUBLINGS);
    Duration pause = timing.attemptsApart().multipliedBy(1L << (failures - 1));
    if (pause.compareTo(timing.longestPause()) > 0) {
      pause = timing.longestPause();
    }
    rest(now, Duration.ofMillis((long) (pause.toMillis() * (1 + luck.getAsDouble() / 4))));
  }

  /** Allows no attempt for a while. */
  synchronized void rest(Instant now, Duration pause) {
    Instant until = now.plus(pause);
    if (until.isAfter(next)) {
      next = until;
    }
  }
}
