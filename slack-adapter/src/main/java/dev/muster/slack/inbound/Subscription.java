// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The events that Muster asks Slack for. What is not among them is not decoded, and what is has to
 * be; the manifest asks for exactly these. Named as in Slack's documentation of events.
 */
public enum Subscription {
  /** Somebody opened the bot's own tab. */
  APP_HOME_OPENED("app_home_opened"),
  /** Somebody addressed the bot, also in a thread. */
  APP_MENTION("app_mention"),
  /** The workspace threw the app out. */
  APP_UNINSTALLED("app_uninstalled"),
  /** A public channel was archived. */
  CHANNEL_ARCHIVE("channel_archive"),
  /** A public channel was deleted. */
  CHANNEL_DELETED("channel_deleted"),
  /** A channel goes by another identifier. */
  CHANNEL_ID_CHANGED("channel_id_changed"),
  /** The bot itself is out of a public channel. */
  CHANNEL_LEFT("channel_left"),
  /** A public channel has another name. */
  CHANNEL_RENAME("channel_rename"),
  /** Another organisation sees a channel. */
  CHANNEL_SHARED("channel_shared"),
  /** A public channel is back. */
  CHANNEL_UNARCHIVE("channel_unarchive"),
  /** Another organisation no longer sees a channel. */
  CHANNEL_UNSHARED("channel_unshared"),
  /** A private channel was archived. */
  GROUP_ARCHIVE("group_archive"),
  /** A private channel was deleted. */
  GROUP_DELETED("group_deleted"),
  /** The bot itself is out of a private channel. */
  GROUP_LEFT("group_left"),
  /** A private channel has another name. */
  GROUP_RENAME("group_rename"),
  /** A private channel is back. */
  GROUP_UNARCHIVE("group_unarchive"),
  /** Somebody posted a link to one of Muster's pages. */
  LINK_SHARED("link_shared"),
  /** Somebody came into a channel. */
  MEMBER_JOINED_CHANNEL("member_joined_channel"),
  /** Somebody left a channel. */
  MEMBER_LEFT_CHANNEL("member_left_channel"),
  /** Something was said in a public channel. */
  MESSAGE_CHANNELS("message.channels"),
  /** Something was said in a private channel. */
  MESSAGE_GROUPS("message.groups"),
  /** Something was said to the bot alone. */
  MESSAGE_IM("message.im"),
  /** Somebody pinned a message. */
  PIN_ADDED("pin_added"),
  /** Somebody took a pin off. */
  PIN_REMOVED("pin_removed"),
  /** Somebody reacted to a message. */
  REACTION_ADDED("reaction_added"),
  /** Somebody took a reaction back. */
  REACTION_REMOVED("reaction_removed"),
  /** The bot's token is dead. */
  TOKENS_REVOKED("tokens_revoked"),
  /** Slack knows a person differently. */
  USER_CHANGE("user_change");

  private static final Map<String, Subscription> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(Subscription::word, Function.identity()));

  private final String word;

  Subscription(String word) {
    this.word = word;
  }

  /** Returns Slack's name of it, as in a manifest. */
  public String word() {
    return word;
  }

  /** Returns what an event came for; empty for what was not asked for. */
  static Optional<Subscription> of(JsonNode event) {
    String type = StrictJson.text(event, "type");
    return type.equals("message")
        ? Optional.of(ofMessage(StrictJson.text(event, "channel_type")))
        : Optional.ofNullable(BY_WORD.get(type));
  }

  /** Messages of Slack's own do not always say what kind of channel they are in. */
  private static Subscription ofMessage(String channelType) {
    return switch (channelType) {
      case "im" -> MESSAGE_IM;
      case "group" -> MESSAGE_GROUPS;
      default -> MESSAGE_CHANNELS;
    };
  }
}
