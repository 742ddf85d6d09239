// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the {@link EffectRunner} gets its orders and brings them back. */
public interface EffectDesk {

  /**
   * Claims runnable orders, the most urgent first, none less urgent than {@code least}; their new
   * attempts are durable when this returns.
   */
  List<QueuedEffect> claim(int limit, Priority least);

  /**
   * Carries out a claimed order and records its outcome. Blocks; called from several threads; an
   * exception counts as an unknown outcome.
   */
  void carryOut(QueuedEffect effect);

  /** Records that carrying out threw, so that the outcome is unknown. */
  void broke(QueuedEffect effect, Throwable cause);

  /** Returns when the next order at least as urgent as {@code least} falls due. */
  Optional<Instant> nextDue(Priority least);
}
