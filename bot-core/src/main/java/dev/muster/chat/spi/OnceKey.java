// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.time.Instant;

/**
 * The key of an order that must not be carried out twice. A call with {@code attempt} above 1
 * means: find out first whether an earlier attempt was carried out, and hand back what it made.
 *
 * @param value opaque, unique per order, safe to show (it is a keyed hash, not a secret)
 * @param attempt counts from 1
 * @param firstTriedAt when attempt 1 began
 * @param urgency whether it goes before other orders
 */
public record OnceKey(String value, int attempt, Instant firstTriedAt, Urgency urgency) {

  /** Makes the key of an order as urgent as a card. */
  public OnceKey(String value, int attempt, Instant firstTriedAt) {
    this(value, attempt, firstTriedAt, Urgency.CARD);
  }

  /** Returns the key of a first attempt. */
  public static OnceKey first(String value, Instant now) {
    return new OnceKey(value, 1, now);
  }

  /** Returns the key of the next attempt of the same order. */
  public OnceKey again() {
    return new OnceKey(value, attempt + 1, firstTriedAt, urgency);
  }

  /** Returns whether an earlier attempt may have been carried out. */
  public boolean mayHaveHappened() {
    return attempt > 1;
  }
}
