// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import java.util.List;
import java.util.Optional;

/**
 * A message as a member sees it.
 *
 * @param id its id in its conversation
 * @param author who wrote it; empty for the bot
 * @param words everything that can be read on it, Markdown as Teams shows it
 * @param buttons what its buttons say, those behind a question left out
 * @param notified ids of those it notifies
 * @param root the root of its thread; empty outside threads
 */
public record Posted(
    String id,
    Optional<FakePerson> author,
    String words,
    List<String> buttons,
    List<String> notified,
    Optional<String> root) {

  /** Keeps unmodifiable copies. */
  public Posted {
    buttons = List.copyOf(buttons);
    notified = List.copyOf(notified);
  }

  /** Returns the message as it stands now. */
  static Posted of(FakeMessage message) {
    Reading card = Reading.of(message.activity());
    boolean typed = message.activity().path("attachments").isEmpty();
    return new Posted(
        message.id(),
        message.author(),
        typed ? message.activity().path("text").asText() : card.words(),
        card.labels(),
        card.notified(),
        message.root());
  }

  /** Returns whether the bot wrote it. */
  public boolean isFromBot() {
    return author.isEmpty();
  }

  /** Returns whether it has a button of that label. */
  public boolean offers(String label) {
    return buttons.contains(label);
  }
}
