// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.store.Inbound;
import java.time.Instant;
import java.util.Optional;

/**
 * Edits that were heard before the message they change. The words stay in the inbox and nowhere
 * else; only the newest edit of a message counts.
 */
final class EarlyEdits {

  /** Followed by the message; holds when it was edited and the delivery that said so. */
  static final String NOTE = "early-edit/";

  private EarlyEdits() {}

  /** Keeps an edit until its message is heard. */
  static void keep(Moment moment, ChatEvent.MessageEdited event) {
    boolean older =
        moment
            .tx()
            .note(NOTE + event.message())
            .map(kept -> Instant.parse(kept.split(" ", 2)[0]))
            .filter(event.at()::isBefore)
            .isPresent();
    if (!older && !moment.delivery().isEmpty()) {
      moment.tx().keepNote(NOTE + event.message(), event.at() + " " + moment.delivery());
    }
  }

  /** Returns the newest edit that was heard before its message. */
  static Optional<ChatEvent.MessageEdited> of(Moment moment, MessageRef message) {
    return moment
        .tx()
        .note(NOTE + message)
        .flatMap(kept -> moment.tx().inbox().body(kept.split(" ", 2)[1]))
        .filter(Inbound.Chat.class::isInstance)
        .map(body -> ((Inbound.Chat) body).event())
        .filter(ChatEvent.MessageEdited.class::isInstance)
        .map(ChatEvent.MessageEdited.class::cast);
  }
}
