// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Quotation;
import dev.muster.chat.UserRef;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the message that a person chose from the payload of a message shortcut: of people and of
 * programs, in channels and in threads. Pure.
 */
final class ChosenMessage {

  private static final Pattern DOMAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private ChosenMessage() {}

  /** Returns the message; empty when the payload does not name one. */
  static Optional<Quotation> of(byte[] raw) {
    return StrictJson.object(new String(raw, StandardCharsets.UTF_8)).flatMap(ChosenMessage::of);
  }

  private static Optional<Quotation> of(JsonNode payload) {
    JsonNode message = payload.path("message");
    String channel = StrictJson.text(payload, "channel", "id");
    String own = StrictJson.text(message, "ts");
    String ts = own.isEmpty() ? StrictJson.text(payload, "message_ts") : own;
    Optional<Instant> at = Ts.instant(ts);
    if (channel.isEmpty() || at.isEmpty()) {
      return Optional.empty();
    }
    boolean program = !StrictJson.text(message, "bot_id").isEmpty();
    return Optional.of(
        new Quotation(
            new MessageRef(new ChannelRef("slack", channel), ts),
            author(message, program),
            program,
            program ? CardWords.of(message) : SlackText.neutral(StrictJson.text(message, "text")),
            at.get(),
            link(payload, channel, ts, StrictJson.text(message, "thread_ts"))));
  }

  private static Person author(JsonNode message, boolean program) {
    String user = StrictJson.text(message, "user");
    String bot = StrictJson.text(message, "bot_id");
    String id = user.isEmpty() ? bot : user;
    String shown = StrictJson.text(message, "username");
    String profiled = StrictJson.text(message, "bot_profile", "name");
    String name = program ? (shown.isEmpty() ? profiled : shown) : "";
    return new Person(new UserRef("slack", id.isEmpty() ? "unknown" : id), name);
  }

  /** Slack's own form of a link to a message. */
  private static Optional<String> link(JsonNode payload, String channel, String ts, String root) {
    String domain = StrictJson.text(payload, "team", "domain");
    if (!DOMAIN.matcher(domain).matches()) {
      return Optional.empty();
    }
    String base =
        "https://" + domain + ".slack.com/archives/" + channel + "/p" + ts.replace(".", "");
    boolean inThread = !root.isEmpty() && !root.equals(ts);
    return Optional.of(inThread ? base + "?thread_ts=" + root + "&cid=" + channel : base);
  }
}
