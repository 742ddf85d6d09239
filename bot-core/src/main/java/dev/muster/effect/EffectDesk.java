// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the {@link EffectRunner} gets its orders and brings them back. */
public interface EffectDesk {

  /**
   * Claims runnable orders, the most urgent first, as far as there is room; their new attempts are
   * durable when this returns.
   */
  List<QueuedEffect> claim(Room room);

  /**
   * Carries out a claimed order, records its outcome, and claims in the same transaction what is
   * runnable then, as {@link #claim} does. Blocks; called from several threads; an exception counts
   * as an unknown outcome, and nothing was claimed.
   */
  List<QueuedEffect> carryOut(QueuedEffect effect, Room room);

  /** Records that carrying out threw, so that the outcome is unknown. */
  void broke(QueuedEffect effect, Throwable cause);

  /**
   * Puts a claimed order back that nobody began and nobody will; the attempt does not count.
   *
   * @param reason why, for an operator
   * @param after how long until it may be claimed again
   */
  void giveBack(QueuedEffect claimed, String reason, Duration after);

  /** Returns when the next order at least as urgent as {@code least} falls due. */
  Optional<Instant> nextDue(Priority least);
}
