// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import java.util.List;

/**
 * How many orders the {@link EffectRunner} can begin now. Asked and told within the transaction
 * that claims: these come one after another, so that no two claims count on one place.
 */
public interface Room {

  /** Claims nothing. */
  Room NONE =
      new Room() {
        @Override
        public int limit() {
          return 0;
        }

        @Override
        public Priority least() {
          return Priority.PEOPLE;
        }

        @Override
        public void take(List<QueuedEffect> claimed) {
          if (!claimed.isEmpty()) {
            throw new IllegalStateException("there is no room for " + claimed.size() + " orders");
          }
        }
      };

  /** Returns how many may be claimed. */
  int limit();

  /** Returns the least urgent priority that may be claimed. */
  Priority least();

  /** Says what is being claimed. It is begun only after the commit. */
  void take(List<QueuedEffect> claimed);
}
