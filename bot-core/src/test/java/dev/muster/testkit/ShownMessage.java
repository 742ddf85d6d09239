// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.MessageRef;
import dev.muster.chat.UserRef;
import java.util.List;
import java.util.Optional;

/**
 * A message as its readers see it, markup already shown as the platform shows it.
 *
 * @param ref which
 * @param author who wrote it; empty for the bot
 * @param words everything that can be read on it: text, title, facts, sections, file names
 * @param tokens the tokens of its buttons, in order
 * @param notifies who is notified by it
 * @param thread the root of the thread it hangs in
 * @param reactions names of the reactions on it
 * @param pinned whether it is pinned
 */
public record ShownMessage(
    MessageRef ref,
    Optional<UserRef> author,
    String words,
    List<String> tokens,
    List<UserRef> notifies,
    Optional<String> thread,
    List<String> reactions,
    boolean pinned) {
  /** Keeps unmodifiable copies. */
  public ShownMessage {
    tokens = List.copyOf(tokens);
    notifies = List.copyOf(notifies);
    reactions = List.copyOf(reactions);
  }
}
