// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import java.util.Optional;

/**
 * Names messages and conversations the same way wherever they come from. Teams names a thread by
 * {@code ;messageid=ROOT} behind the channel's id, and a reply can be read and linked to only
 * together with its root; so a reply is {@code ROOT/ID} and every other message is {@code ID}.
 * Pure.
 */
public final class MessageIds {

  /** The platform's name as written in the configuration. */
  public static final String PLATFORM = "teams";

  private static final String SUFFIX = ";messageid=";

  private MessageIds() {}

  /**
   * A conversation's id taken apart.
   *
   * @param channel without the thread
   * @param root the root of the thread, if one is named
   */
  public record Split(String channel, Optional<String> root) {}

  /** Takes a conversation's id apart. */
  public static Split split(String conversation) {
    int at = conversation.indexOf(SUFFIX);
    return at < 0
        ? new Split(conversation, Optional.empty())
        : new Split(
            conversation.substring(0, at),
            Optional.of(conversation.substring(at + SUFFIX.length())));
  }

  /** Returns the id of a conversation, or of a thread in it. */
  public static String conversation(String channel, Optional<String> root) {
    return channel + root.map(r -> SUFFIX + r).orElse("");
  }

  /** Returns the channel of a conversation's id. */
  public static ChannelRef channel(String conversation) {
    return new ChannelRef(PLATFORM, split(conversation).channel());
  }

  /** Returns the message with that id in a conversation, which may be a thread. */
  public static MessageRef message(String conversation, String id) {
    Split split = split(conversation);
    Optional<String> root = split.root().filter(r -> !r.equals(id));
    return new MessageRef(
        new ChannelRef(PLATFORM, split.channel()), root.map(r -> r + "/" + id).orElse(id));
  }

  /** Returns the platform's own id of a message. */
  public static String id(MessageRef message) {
    return message.id().substring(message.id().indexOf('/') + 1);
  }

  /** Returns what a message is remembered by: its channel and the platform's own id of it. */
  public static String key(MessageRef message) {
    return message.channel().id() + "/" + id(message);
  }

  /** Returns the root of the thread that a message hangs in. */
  public static Optional<String> root(MessageRef message) {
    int slash = message.id().indexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(message.id().substring(0, slash));
  }

  /** Returns the conversation a message stands in, with its thread. */
  public static String conversation(MessageRef message) {
    return conversation(message.channel().id(), root(message));
  }
}
