// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.pace;

import java.time.Duration;
import java.time.Instant;

/**
 * Notices that Slack is down, so that orders wait unsent instead of one after another becoming
 * unknown. After a few broken calls in a row one call at a time tries, at growing distances; the
 * first that works ends it. Not thread-safe.
 */
final class Outage {

  private static final int BROKEN_IN_A_ROW = 5;
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private int broken;
  private Duration distance = FIRST;
  private Instant nextTry = Instant.MIN;

  /** Returns whether a call has to wait for another one to try. */
  boolean holds(Instant now) {
    boolean ordered = !now.plus(LONGEST).isBefore(nextTry);
    return broken >= BROKEN_IN_A_ROW && now.isBefore(nextTry) && ordered;
  }

  /** Returns when the next call may try. */
  Instant nextTry() {
    return nextTry;
  }

  /** Notes that a call is made; while Slack is down nobody else tries meanwhile. */
  void tries(Instant now) {
    if (broken >= BROKEN_IN_A_ROW) {
      nextTry = now.plus(distance);
      Duration twice = distance.multipliedBy(2);
      distance = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }
  }

  /** Notes that Slack answered, whatever it said. */
  void answered() {
    broken = 0;
    distance = FIRST;
    nextTry = Instant.MIN;
  }

  /** Notes that a call broke on the way or at Slack. */
  void broke(Instant now) {
    broken++;
    if (broken == BROKEN_IN_A_ROW) {
      nextTry = now.plus(FIRST);
    }
  }

  /** Returns whether Slack is taken to be down. */
  boolean isOn() {
    return broken >= BROKEN_IN_A_ROW;
  }
}
