// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEvent.ChannelChanged.Change;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.UserRef;
import dev.muster.slack.client.Identity;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Decodes what happens around conversations: to channels and who is in them, to people, and to the
 * app's own standing in the workspace. Pure but for the bot's own identity.
 */
final class Surroundings {

  private final Supplier<Optional<Identity.Self>> self;

  Surroundings(Supplier<Optional<Identity.Self>> self) {
    this.self = self;
  }

  /** Decodes that somebody came or left; the bot itself is told of as a change of the channel. */
  Decoded member(Envelope envelope, JsonNode event, boolean joined) {
    String user = StrictJson.text(event, "user");
    String channel = StrictJson.text(event, "channel");
    Optional<Instant> at = EventDecoder.when(envelope, event);
    if (user.isEmpty() || channel.isEmpty() || at.isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    ChannelRef where = new ChannelRef("slack", channel);
    if (isUs(envelope, user)) {
      Change change = joined ? Change.BOT_ADDED : Change.BOT_REMOVED;
      return heard(envelope, new ChatEvent.ChannelChanged(at.get(), where, change, ""));
    }
    Profile who = newcomer(event, user);
    return heard(
        envelope,
        joined
            ? new ChatEvent.MemberJoined(at.get(), who, where)
            : new ChatEvent.MemberLeft(at.get(), who, where));
  }

  /** People of another organisation come in from a team that is not ours. */
  private Profile newcomer(JsonNode event, String user) {
    String team = StrictJson.text(event, "team");
    boolean foreign =
        !team.isEmpty() && self.get().filter(me -> !me.teamId().equals(team)).isPresent();
    Profile member = Profile.member(new Person(new UserRef("slack", user), ""));
    return new Profile(member.person(), member.email(), member.zone(), false, foreign, true);
  }

  /** Decodes what became of a channel. */
  Decoded channel(Envelope envelope, JsonNode event, Change change) {
    String plain = StrictJson.text(event, "channel");
    String id = plain.isEmpty() ? StrictJson.text(event, "channel", "id") : plain;
    Optional<Instant> at = EventDecoder.when(envelope, event);
    if (id.isEmpty() || at.isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    if (change != Change.BOT_REMOVED && isUs(envelope, StrictJson.text(event, "user"))) {
      return new Decoded.Ignored("own_change");
    }
    String name = StrictJson.text(event, "channel", "name");
    return heard(
        envelope,
        new ChatEvent.ChannelChanged(at.get(), new ChannelRef("slack", id), change, name));
  }

  /** A channel may have been shared with several and still be shared with the rest. */
  Decoded unshared(Envelope envelope, JsonNode event) {
    return event.path("is_ext_shared").asBoolean(false)
        ? new Decoded.Ignored("still_shared")
        : channel(envelope, event, Change.UNSHARED);
  }

  /** Decodes that a channel goes by another identifier. */
  static Decoded moved(Envelope envelope, JsonNode event) {
    String from = StrictJson.text(event, "old_channel_id");
    String to = StrictJson.text(event, "new_channel_id");
    Optional<Instant> at = EventDecoder.when(envelope, event);
    return from.isEmpty() || to.isEmpty() || at.isEmpty()
        ? new Decoded.Ignored("incomplete")
        : heard(
            envelope,
            new ChatEvent.ChannelMoved(
                at.get(), new ChannelRef("slack", from), new ChannelRef("slack", to)));
  }

  /** Decodes what Slack now says of a person. */
  Decoded person(Envelope envelope, JsonNode event) {
    JsonNode user = event.path("user");
    String id = StrictJson.text(user, "id");
    Optional<Instant> at = EventDecoder.when(envelope, event);
    if (id.isEmpty() || at.isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    String team = StrictJson.text(user, "team_id");
    boolean foreign =
        !team.isEmpty() && self.get().filter(me -> !me.teamId().equals(team)).isPresent();
    boolean guest =
        Stream.of("is_restricted", "is_ultra_restricted", "is_stranger")
            .anyMatch(flag -> user.path(flag).asBoolean(false));
    Profile now =
        new Profile(
            new Person(new UserRef("slack", id), name(user)),
            text(user, "profile", "email")
                .filter(address -> user.path("is_email_confirmed").asBoolean(false)),
            text(user, "tz"),
            user.path("is_bot").asBoolean(false),
            foreign || guest,
            !user.path("deleted").asBoolean(false));
    return heard(envelope, new ChatEvent.PersonChanged(at.get(), now));
  }

  private static String name(JsonNode user) {
    return text(user, "profile", "display_name")
        .or(() -> text(user, "real_name"))
        .or(() -> text(user, "profile", "real_name"))
        .or(() -> text(user, "name"))
        .orElse("");
  }

  private static Optional<String> text(JsonNode node, String... path) {
    return Optional.of(StrictJson.text(node, path)).filter(text -> !text.isBlank());
  }

  /** Decodes that tokens are dead, ours perhaps among them. */
  Decoded revoked(Envelope envelope, JsonNode event) {
    boolean ours = false;
    for (JsonNode bot : event.path("tokens").path("bot")) {
      ours |= self.get().map(me -> me.userId().equals(bot.asText())).orElse(true);
    }
    return ours
        ? dead(envelope, event, "The bot token was revoked in Slack.")
        : new Decoded.Ignored("other_token");
  }

  /** Decodes that the app was taken out of the workspace. */
  static Decoded uninstalled(Envelope envelope, JsonNode event) {
    return dead(envelope, event, "The app was uninstalled from Slack.");
  }

  private static Decoded dead(Envelope envelope, JsonNode event, String what) {
    Instant at = EventDecoder.when(envelope, event).orElse(Instant.EPOCH);
    String mend =
        " Install the app again, put its new token into platforms.slack.bot-token, and reload the"
            + " configuration; restart where the token comes from the environment. Everything that"
            + " waits goes out then, in order.";
    return heard(
        envelope,
        new ChatEvent.OperatorNotice(
            at, "slack", ChatEvent.OperatorNotice.CREDENTIALS, what + mend, false));
  }

  private boolean isUs(Envelope envelope, String user) {
    return envelope.botUsers().contains(user)
        || self.get().filter(me -> me.userId().equals(user)).isPresent();
  }

  private static Decoded heard(Envelope envelope, ChatEvent event) {
    return EventDecoder.heard(envelope, EventDecoder.keyOf(envelope), event);
  }
}
