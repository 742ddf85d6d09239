// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChatEvent;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.RetryPolicy;
import dev.muster.store.NoticeBoard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When an order is tried again, and that it is given up after a day of trying. While a platform
 * does not know the bot nothing is being tried, so that time does not count.
 */
final class Patience {

  private static final String KNOWN_AGAIN = "known-again/";

  private Patience() {}

  /** Returns when an order is tried again; empty when it is given up. */
  static Optional<Instant> next(Moment moment, QueuedEffect order, Duration atLeast) {
    return RetryPolicy.CHAT.next(order.attempt(), since(moment, order), moment.now(), atLeast);
  }

  /** Returns when an order that only waits for its turn is tried again; empty: given up. */
  static Optional<Instant> atItsTurn(Moment moment, QueuedEffect order, Duration turn) {
    return RetryPolicy.CHAT.atItsTurn(since(moment, order), moment.now(), turn);
  }

  /** Notes that a platform knows the bot again. */
  static void knownAgain(Moment moment, String platform) {
    moment.tx().keepNote(KNOWN_AGAIN + platform, moment.now().toString());
  }

  private static Instant since(Moment moment, QueuedEffect order) {
    Instant first = order.firstTriedAt().orElse(moment.now());
    return Addressee.platformOf(order.effect())
        .map(platform -> later(first, heldUntil(moment, platform)))
        .orElse(first);
  }

  private static Instant heldUntil(Moment moment, String platform) {
    NoticeBoard board = new NoticeBoard(moment.tx());
    return board.find(platform, ChatEvent.OperatorNotice.CREDENTIALS).isPresent()
        ? moment.now()
        : moment.tx().note(KNOWN_AGAIN + platform).map(Instant::parse).orElse(Instant.MIN);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
