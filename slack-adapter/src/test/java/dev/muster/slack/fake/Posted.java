// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import java.util.List;
import java.util.Optional;

/**
 * A message as a member sees it.
 *
 * @param channel the channel's id
 * @param ts its time, which names it in its channel
 * @param user who wrote it, an id; the bot's for the bot
 * @param words everything that can be read on it, markup as Slack shows it
 * @param buttons its buttons, in order
 * @param notified whom it notifies: user ids, and names such as {@code !channel}
 * @param thread the root of its thread; empty outside threads
 * @param reactions names of the reactions on it
 * @param pinned whether it is pinned
 * @param ephemeral whether one person alone sees it
 */
public record Posted(
    String channel,
    String ts,
    String user,
    String words,
    List<Pressable> buttons,
    List<String> notified,
    Optional<String> thread,
    List<String> reactions,
    boolean pinned,
    boolean ephemeral) {

  /** Keeps unmodifiable copies. */
  public Posted {
    buttons = List.copyOf(buttons);
    notified = List.copyOf(notified);
    reactions = List.copyOf(reactions);
  }

  /** Returns whether the bot wrote it. */
  public boolean isFromBot() {
    return user.equals(FakeSlack.BOT_USER);
  }

  /** Returns whether it has a button of that label. */
  public boolean offers(String label) {
    return buttons.stream().anyMatch(button -> button.label().equals(label));
  }

  /**
   * A button.
   *
   * @param label what stands on it
   * @param value what it hands back
   * @param url where it leads; empty when it is pressed
   */
  public record Pressable(String label, String value, String url) {}
}
