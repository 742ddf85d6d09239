// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A channel as it is stored and, once {@link #shown()}, as it goes over the wire.
 *
 * @param id its identity, the name it was opened under; over the wire its name now, because what it
 *     was opened for may not be read any more
 * @param name its name now
 * @param topic its topic
 * @param isPrivate whether only members see it
 * @param archived whether nobody can post
 * @param members names of those who were invited
 * @param bookmarks links at its head
 * @param newest the newest message that its reader sees, also one of the bot to that reader alone;
 *     filled in when it goes over the wire
 */
record WireChannel(
    String id,
    String name,
    String topic,
    @JsonProperty("private") boolean isPrivate,
    boolean archived,
    List<String> members,
    List<Bookmark> bookmarks,
    String newest) {

  WireChannel {
    members = List.copyOf(members);
    bookmarks = List.copyOf(bookmarks);
  }

  /**
   * A link at the head of a channel.
   *
   * @param title what is shown
   * @param url where it goes
   */
  record Bookmark(String title, String url) {}

  /** Returns whether {@code viewer} may know of this channel. */
  boolean isSeenBy(String viewer) {
    return !isPrivate || members.contains(viewer);
  }

  /** Returns the channel as people and programs know it: by the name it has now. */
  WireChannel shown() {
    return new WireChannel(name, name, topic, isPrivate, archived, members, bookmarks, newest);
  }

  WireChannel withName(String other) {
    return new WireChannel(id, other, topic, isPrivate, archived, members, bookmarks, newest);
  }

  WireChannel withTopic(String other) {
    return new WireChannel(id, name, other, isPrivate, archived, members, bookmarks, newest);
  }

  WireChannel withArchived(boolean other) {
    return new WireChannel(id, name, topic, isPrivate, other, members, bookmarks, newest);
  }

  WireChannel withMembers(List<String> other) {
    return new WireChannel(id, name, topic, isPrivate, archived, other, bookmarks, newest);
  }

  WireChannel withBookmarks(List<Bookmark> other) {
    return new WireChannel(id, name, topic, isPrivate, archived, members, other, newest);
  }

  WireChannel withNewest(String other) {
    return new WireChannel(id, name, topic, isPrivate, archived, members, bookmarks, other);
  }
}
