// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.UserRef;
import java.util.List;

/**
 * A channel as the platform shows it to its members.
 *
 * @param name its name without {@code #}
 * @param topic its topic, or the nearest the platform has
 * @param isPrivate whether only members see it
 * @param archived whether nobody can post
 * @param members who is in it, the bot left out
 * @param bookmarks the links at its head
 */
public record ShownChannel(
    String name,
    String topic,
    boolean isPrivate,
    boolean archived,
    List<UserRef> members,
    List<String> bookmarks) {
  /** Keeps unmodifiable copies. */
  public ShownChannel {
    members = List.copyOf(members);
    bookmarks = List.copyOf(bookmarks);
  }
}
