// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import java.util.List;
import java.util.Map;

/**
 * A channel as its members see it.
 *
 * @param id its id
 * @param name its name without {@code #}
 * @param topic its topic
 * @param purpose its purpose
 * @param creator who made it, an id
 * @param isPrivate whether only members see it
 * @param archived whether nobody can post
 * @param members the ids of those in it, the bot left out
 * @param bookmarks titles by link
 */
public record ChannelNow(
    String id,
    String name,
    String topic,
    String purpose,
    String creator,
    boolean isPrivate,
    boolean archived,
    List<String> members,
    Map<String, String> bookmarks) {

  /** Keeps unmodifiable copies. */
  public ChannelNow {
    members = List.copyOf(members);
    bookmarks = Map.copyOf(bookmarks);
  }
}
