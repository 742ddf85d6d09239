// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices that a platform is down, so that orders wait unsent instead of one after another becoming
 * unknown. After a few broken calls in a row one call at a time tries, at growing distances; the
 * first that works ends it. Not thread-safe.
 */
public final class Outage {

  private static final int BROKEN_IN_A_ROW = 5;
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private int broken;
  private Duration distance = FIRST;
  private Instant nextTry = Instant.MIN;

  /** Begins with a platform that is taken to be up. */
  public Outage() {}

  /** Returns how long a call has to wait for another one to try; empty when it may be made. */
  public Optional<Duration> left(Instant now) {
    boolean ordered = !now.plus(LONGEST).isBefore(nextTry);
    return isOn() && now.isBefore(nextTry) && ordered
        ? Optional.of(Duration.between(now, nextTry))
        : Optional.empty();
  }

  /** Notes that a call is made; while it is down nobody else tries meanwhile. */
  public void tries(Instant now) {
    if (isOn()) {
      nextTry = now.plus(distance);
      Duration twice = distance.multipliedBy(2);
      distance = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }
  }

  /** Notes that it answered, whatever it said. */
  public void answered() {
    broken = 0;
    distance = FIRST;
    nextTry = Instant.MIN;
  }

  /** Notes that a call broke on the way or at the platform. */
  public void broke(Instant now) {
    broken++;
    if (broken == BROKEN_IN_A_ROW) {
      nextTry = now.plus(FIRST);
    }
  }

  /** Returns whether it is taken to be down. */
  public boolean isOn() {
    return broken >= BROKEN_IN_A_ROW;
  }
}
