// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEvent.ChannelDescribed;
import dev.muster.chat.ChatEvent.ChannelDescribed.Part;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decodes the messages that Slack itself writes into a channel: nobody's words, but some of them
 * are facts. What is not known is kept as it came. Pure.
 */
final class OddMessages {

  /** Topic under which an operator is told that messages can no longer be read. */
  static final String KEY_REVOKED = "message_key";

  private static final Map<String, Part> DESCRIBES =
      Map.of(
          "channel_topic", Part.TOPIC,
          "group_topic", Part.TOPIC,
          "channel_purpose", Part.PURPOSE,
          "group_purpose", Part.PURPOSE,
          "channel_name", Part.NAME,
          "group_name", Part.NAME);

  /** Told by events of their own, or of no use to anybody who reads a timeline. */
  private static final Set<String> SILENT =
      Set.of(
          "channel_join",
          "channel_leave",
          "channel_archive",
          "channel_unarchive",
          "channel_posting_permissions",
          "channel_convert_to_private",
          "channel_convert_to_public",
          "channel_canvas_updated",
          "group_join",
          "group_leave",
          "group_archive",
          "group_unarchive",
          "message_replied",
          "pinned_item",
          "unpinned_item",
          "bot_add",
          "bot_remove",
          "bot_enable",
          "bot_disable",
          "app_conversation_join",
          "app_conversation_leave",
          "file_comment",
          "reminder_add",
          "reply_broadcast",
          "huddle_thread",
          "sh_room_created",
          "assistant_app_thread",
          "tombstone");

  private OddMessages() {}

  /**
   * Decodes a message of a subtype that carries nobody's words.
   *
   * @param byUs whether the bot itself did it
   */
  static Decoded decode(Envelope envelope, String channel, JsonNode message, boolean byUs) {
    String subtype = StrictJson.text(message, "subtype");
    String ts = StrictJson.text(message, "ts");
    Optional<Instant> at = Ts.instant(ts);
    if (SILENT.contains(subtype)) {
      return new Decoded.Ignored("subtype");
    }
    if (channel.isEmpty() || at.isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    if (byUs) {
      return new Decoded.Ignored("own_change");
    }
    if (DESCRIBES.containsKey(subtype)) {
      return described(envelope, channel, message, at.get());
    }
    ChatEvent event =
        subtype.equals("ekm_access_denied")
            ? keyRevoked(at.get())
            : new ChatEvent.NotUnderstood(at.get(), "message/" + subtype);
    return heard(envelope, channel, message, event);
  }

  private static Decoded described(
      Envelope envelope, String channel, JsonNode message, Instant at) {
    Part part = DESCRIBES.get(StrictJson.text(message, "subtype"));
    String field = part.name().toLowerCase(Locale.ROOT);
    String user = StrictJson.text(message, "user");
    if (user.isEmpty() || !message.path(field).isTextual()) {
      return new Decoded.Ignored("incomplete");
    }
    Profile by = Profile.member(new Person(new UserRef("slack", user), ""));
    String text = SlackText.neutral(StrictJson.text(message, field));
    return heard(
        envelope,
        channel,
        message,
        new ChannelDescribed(at, by, new ChannelRef("slack", channel), part, text));
  }

  private static ChatEvent keyRevoked(Instant at) {
    return new ChatEvent.OperatorNotice(
        at,
        "slack",
        KEY_REVOKED,
        "Slack keeps messages from this app because the key of Enterprise Key Management is"
            + " revoked. Ask a Slack administrator to restore it; until then messages are missing"
            + " from timelines.",
        false);
  }

  private static Decoded heard(
      Envelope envelope, String channel, JsonNode message, ChatEvent event) {
    String key = "s/" + envelope.team() + "/" + channel + "/" + StrictJson.text(message, "ts");
    byte[] raw = WithoutSecrets.of(envelope.whole().orElse(message));
    return new Decoded.Heard(new Delivery(key, event, raw, List.of()));
  }
}
