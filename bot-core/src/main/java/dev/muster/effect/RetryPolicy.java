// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an order is tried again. Waits double from {@code first} to {@code longest}; after {@code
 * patience} since the first attempt it is given up and people are told.
 *
 * @param first the first wait
 * @param longest the longest wait
 * @param patience how long it is tried at all
 */
public record RetryPolicy(Duration first, Duration longest, Duration patience) {

  /** For cards and channels: one second to one minute, for a day. */
  public static final RetryPolicy CHAT =
      new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofDays(1));

  /**
   * Returns when to try again.
   *
   * @param attempt the attempt that just ended, from 1
   * @param firstTriedAt when attempt 1 began
   * @param atLeast what the other side asked for
   * @return empty when it is given up
   */
  public Optional<Instant> next(int attempt, Instant firstTriedAt, Instant now, Duration atLeast) {
    if (isOver(firstTriedAt, now)) {
      return Optional.empty();
    }
    long factor = 1L << Math.min(20, Math.max(0, attempt - 1));
    Duration wait = first.multipliedBy(factor);
    wait = wait.compareTo(longest) > 0 ? longest : wait;
    wait = wait.compareTo(atLeast) < 0 ? atLeast : wait;
    return Optional.of(now.plus(wait));
  }

  /**
   * Returns when to try again what was only kept waiting for its turn, so that waits do not grow.
   *
   * @param turn how long until its turn
   * @return empty when it is given up
   */
  public Optional<Instant> atItsTurn(Instant firstTriedAt, Instant now, Duration turn) {
    return isOver(firstTriedAt, now) ? Optional.empty() : Optional.of(now.plus(turn));
  }

  private boolean isOver(Instant firstTriedAt, Instant now) {
    return now.isAfter(firstTriedAt.plus(patience));
  }
}
