// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.effect.Effect;
import dev.muster.effect.Target;

/** Which orders take the place of others: those for the same message, or the same reading. */
final class Succession {

  /** A message gives way to a newer one however often it was tried. */
  static final int MOST_ATTEMPTS_OF_MESSAGES = Integer.MAX_VALUE;

  private Succession() {}

  /** Returns what an order has in common with those whose place it takes; null for none. */
  static String of(ObjectMapper json, Effect effect) {
    if (effect instanceof Effect.ShowMessage show) {
      return of(json, show.target(), show.slot());
    }
    if (effect instanceof Effect.ReadHistory read) {
      return "history " + StoreJson.write(json, read.channel());
    }
    return effect instanceof Effect.ReadAgain read
        ? "history-again " + StoreJson.write(json, read.channel())
        : null;
  }

  /** Returns what all orders to show a message in that slot there have in common. */
  static String of(ObjectMapper json, Target target, String slot) {
    return StoreJson.write(json, target) + ' ' + slot;
  }

  /**
   * Returns how often the one that gives way may have been tried. A reading that was begun has
   * passed what is missing since, so it gives way to none.
   */
  static int mostAttempts(Effect effect) {
    return effect instanceof Effect.ShowMessage ? MOST_ATTEMPTS_OF_MESSAGES : 0;
  }
}
