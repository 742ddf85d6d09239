// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;

/**
 * Who carries out which kind of order.
 *
 * @param chat messages and channels
 * @param steps calls of runbooks
 * @param screens what is rendered when it is sent
 * @param people finding out who somebody is
 */
record Carriers(ChatCarrier chat, StepCarrier steps, ScreenCarrier screens, PersonFinder people) {

  /** Returns what became of an order; blocks for as long as the other side may take. */
  Settlement carryOut(QueuedEffect order) {
    if (order.effect() instanceof Effect.CallStep step) {
      return steps.carryOut(order, step);
    }
    return order.effect() instanceof Effect.FindPerson wanted
        ? people.find(order, wanted)
        : screens.carryOut(order.effect()).orElseGet(() -> chat.carryOut(order));
  }
}
