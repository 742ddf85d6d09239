// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.QueuedEffect;

/**
 * Who carries out which kind of order.
 *
 * @param chat whatever goes to a chat platform
 * @param rooms channels
 * @param messages messages and documents
 * @param history what was missed
 * @param steps calls of runbooks
 * @param screens what is rendered when it is sent
 * @param people finding out who somebody is
 */
record Carriers(
    ChatCarrier chat,
    RoomCarrier rooms,
    MessageCarrier messages,
    HistoryReader history,
    StepCarrier steps,
    ScreenCarrier screens,
    PersonFinder people) {

  /** Returns what became of an order; blocks for as long as the other side may take. */
  Settlement carryOut(QueuedEffect order) {
    return new Carrying(this, order).handle(order.effect());
  }
}
