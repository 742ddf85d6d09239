// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.ChatEvent.ChannelChanged.Change;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Delivery;
import dev.muster.slack.client.Identity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Decodes the events that Slack pushes. What the history also knows gets a key from the message
 * itself; everything else is keyed by Slack's event id, or by the body when it has none. Pure but
 * for the bot's own identity.
 */
final class EventDecoder {

  /** Nobody reads more cards under one message. */
  private static final int MOST_LINKS = 5;

  /** Never goes back, so thousands of mentions cost no depth of stack. */
  private static final Pattern LEADING_MENTIONS =
      Pattern.compile("^(?:\\s*+<@slack:[A-Z0-9]++>)++\\s*+");

  private final MessageDecoder messages;
  private final Surroundings surroundings;
  private final Supplier<Optional<Identity.Self>> self;
  private final UnaryOperator<String> channelNames;

  EventDecoder(Supplier<Optional<Identity.Self>> self, UnaryOperator<String> channelNames) {
    this.self = self;
    this.channelNames = channelNames;
    this.messages = new MessageDecoder(self, channelNames);
    this.surroundings = new Surroundings(self);
  }

  /** Decodes an {@code event_callback}. */
  Decoded decode(JsonNode payload) {
    Envelope envelope = Envelope.of(payload);
    JsonNode event = payload.path("event");
    if (envelope.team().isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    if (self.get().filter(me -> !envelope.isFor(me)).isPresent()) {
      return new Decoded.Ignored("foreign_workspace");
    }
    try {
      return Subscription.of(event)
          .map(kind -> decode(kind, envelope, event))
          .orElseGet(() -> new Decoded.Ignored("unknown_event"));
    } catch (IllegalArgumentException incomplete) {
      // Identifiers of nothing but spaces are refused by the values they would be part of.
      return new Decoded.Ignored("incomplete");
    }
  }

  /** Has no default, so that whatever is asked for is decoded. */
  private Decoded decode(Subscription kind, Envelope envelope, JsonNode event) {
    return switch (kind) {
      case MESSAGE_CHANNELS, MESSAGE_GROUPS -> messages.decode(envelope, event);
      case MESSAGE_IM -> direct(envelope, event);
      case APP_MENTION -> command(envelope, event);
      case REACTION_ADDED -> reaction(envelope, event, true);
      case REACTION_REMOVED -> reaction(envelope, event, false);
      case PIN_ADDED -> pin(envelope, event, true);
      case PIN_REMOVED -> pin(envelope, event, false);
      case APP_HOME_OPENED -> home(envelope, event);
      case LINK_SHARED -> links(envelope, event);
      case MEMBER_JOINED_CHANNEL -> surroundings.member(envelope, event, true);
      case MEMBER_LEFT_CHANNEL -> surroundings.member(envelope, event, false);
      case CHANNEL_LEFT, GROUP_LEFT -> surroundings.channel(envelope, event, Change.BOT_REMOVED);
      case CHANNEL_RENAME, GROUP_RENAME -> surroundings.channel(envelope, event, Change.RENAMED);
      case CHANNEL_ARCHIVE, GROUP_ARCHIVE -> surroundings.channel(envelope, event, Change.ARCHIVED);
      case CHANNEL_UNARCHIVE, GROUP_UNARCHIVE ->
          surroundings.channel(envelope, event, Change.UNARCHIVED);
      case CHANNEL_DELETED, GROUP_DELETED -> surroundings.channel(envelope, event, Change.DELETED);
      case CHANNEL_SHARED -> surroundings.channel(envelope, event, Change.SHARED);
      case CHANNEL_UNSHARED -> surroundings.unshared(envelope, event);
      case CHANNEL_ID_CHANGED -> Surroundings.moved(envelope, event);
      case USER_CHANGE -> surroundings.person(envelope, event);
      case TOKENS_REVOKED -> surroundings.revoked(envelope, event);
      case APP_UNINSTALLED -> Surroundings.uninstalled(envelope, event);
    };
  }

  /** A direct message to the bot is a command: there is nobody else it could be for. */
  private Decoded direct(Envelope envelope, JsonNode event) {
    return StrictJson.text(event, "subtype").isEmpty()
        ? command(envelope, event)
        : messages.decode(envelope, event);
  }

  private Decoded command(Envelope envelope, JsonNode event) {
    String user = StrictJson.text(event, "user");
    String channel = StrictJson.text(event, "channel");
    String ts = StrictJson.text(event, "ts");
    Optional<Instant> at = Ts.instant(ts);
    if (messages.isOwn(envelope, event) || !StrictJson.text(event, "bot_id").isEmpty()) {
      return new Decoded.Ignored("from_a_program");
    }
    if (user.isEmpty() || channel.isEmpty() || at.isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    if (event.has("edited")) {
      return new Decoded.Ignored("edited_command");
    }
    UserRef who = new UserRef("slack", user);
    ChannelRef where = new ChannelRef("slack", channel);
    Optional<String> thread =
        Optional.of(StrictJson.text(event, "thread_ts")).filter(root -> !root.isEmpty());
    ChatEvent heard =
        new ChatEvent.CommandInvoked(
            at.get(),
            author(event, user),
            new Place(where, channelNames.apply(channel), thread),
            withoutOurName(envelope, SlackText.neutral(StrictJson.text(event, "text"))),
            Optional.of(new MessageRef(where, ts)),
            new ReplyTo(who, where, Optional.empty(), at.get(), Optional.of(ts)).inThread(thread),
            Optional.empty());
    String key = "c/" + envelope.team() + "/" + channel + "/" + ts;
    return heard(envelope, key, heard);
  }

  /** Drops the mentions at the beginning when the bot's is among them. */
  private String withoutOurName(Envelope envelope, String text) {
    var leading = LEADING_MENTIONS.matcher(text);
    boolean ours =
        leading.find()
            && (self.get().map(me -> leading.group().contains(me.userId() + ">")).orElse(false)
                || envelope.botUsers().stream().anyMatch(b -> leading.group().contains(b + ">")));
    return ours ? text.substring(leading.end()) : text;
  }

  private Decoded reaction(Envelope envelope, JsonNode event, boolean added) {
    String user = StrictJson.text(event, "user");
    String name = StrictJson.text(event, "reaction");
    String channel = StrictJson.text(event, "item", "channel");
    String ts = StrictJson.text(event, "item", "ts");
    Optional<Instant> at = Ts.instant(StrictJson.text(event, "event_ts"));
    if (user.isEmpty() || name.isEmpty() || channel.isEmpty() || ts.isEmpty() || at.isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    if (isUs(envelope, user)) {
      return new Decoded.Ignored("own_reaction");
    }
    MessageRef message = new MessageRef(new ChannelRef("slack", channel), ts);
    return heard(
        envelope,
        keyOf(envelope),
        added
            ? new ChatEvent.ReactionAdded(at.get(), profile(user), message, name)
            : new ChatEvent.ReactionRemoved(at.get(), profile(user), message, name));
  }

  private Decoded pin(Envelope envelope, JsonNode event, boolean added) {
    String user = StrictJson.text(event, "user");
    String channel = StrictJson.text(event, "channel_id");
    String ts = StrictJson.text(event, "item", "message", "ts");
    Optional<Instant> at = when(envelope, event);
    if (user.isEmpty() || channel.isEmpty() || ts.isEmpty() || at.isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    if (isUs(envelope, user)) {
      return new Decoded.Ignored("own_pin");
    }
    MessageRef message = new MessageRef(new ChannelRef("slack", channel), ts);
    return heard(
        envelope,
        keyOf(envelope),
        added
            ? new ChatEvent.MessagePinned(at.get(), profile(user), message)
            : new ChatEvent.MessageUnpinned(at.get(), profile(user), message));
  }

  private Decoded home(Envelope envelope, JsonNode event) {
    String user = StrictJson.text(event, "user");
    Optional<Instant> at = when(envelope, event);
    return user.isEmpty() || at.isEmpty()
        ? new Decoded.Ignored("incomplete")
        : heard(envelope, keyOf(envelope), new ChatEvent.HomeOpened(at.get(), profile(user)));
  }

  /** Links in a draft have no message yet; Slack asks again when it is sent. */
  private Decoded links(Envelope envelope, JsonNode event) {
    String user = StrictJson.text(event, "user");
    String channel = StrictJson.text(event, "channel");
    String ts = StrictJson.text(event, "message_ts");
    Optional<Instant> at = when(envelope, event);
    List<String> urls = new ArrayList<>();
    event.path("links").forEach(link -> urls.add(StrictJson.text(link, "url")));
    urls.removeIf(String::isEmpty);
    if (StrictJson.text(event, "source").equals("composer")) {
      return new Decoded.Ignored("draft");
    }
    if (user.isEmpty() || channel.isEmpty() || Ts.instant(ts).isEmpty() || at.isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    return urls.isEmpty() || isUs(envelope, user)
        ? new Decoded.Ignored("own_link")
        : heard(
            envelope,
            keyOf(envelope),
            new ChatEvent.LinksPosted(
                at.get(),
                profile(user),
                new MessageRef(new ChannelRef("slack", channel), ts),
                List.copyOf(urls.subList(0, Math.min(MOST_LINKS, urls.size()))),
                envelope.isShared()));
  }

  /** Returns when an event happened. */
  static Optional<Instant> when(Envelope envelope, JsonNode event) {
    Optional<Instant> at = Ts.instant(StrictJson.text(event, "event_ts"));
    return at.isPresent()
        ? at
        : Ts.instant(envelope.whole().map(p -> p.path("event_time").asText()).orElse(""));
  }

  private boolean isUs(Envelope envelope, String user) {
    return envelope.botUsers().contains(user)
        || self.get().filter(me -> me.userId().equals(user)).isPresent();
  }

  private static Profile profile(String user) {
    return Profile.member(new Person(new UserRef("slack", user), ""));
  }

  /** Whoever writes from the other side of a shared channel names a team that is not ours. */
  private Profile author(JsonNode event, String user) {
    String own = StrictJson.text(event, "user_team");
    String team = own.isEmpty() ? StrictJson.text(event, "team") : own;
    boolean foreign =
        !team.isEmpty() && self.get().filter(me -> !me.teamId().equals(team)).isPresent();
    Profile member = profile(user);
    return new Profile(member.person(), member.email(), member.zone(), false, foreign, true);
  }

  static Decoded heard(Envelope envelope, String key, ChatEvent event) {
    byte[] raw = envelope.whole().map(WithoutSecrets::of).orElse(new byte[0]);
    return new Decoded.Heard(new Delivery(key, event, raw, List.of()));
  }

  /** Returns the key of an event that the history does not know. */
  static String keyOf(Envelope envelope) {
    return envelope.eventId().isEmpty()
        ? "h/" + envelope.team() + "/" + digest(envelope)
        : "v/" + envelope.team() + "/" + envelope.eventId();
  }

  private static String digest(Envelope envelope) {
    String body = envelope.whole().map(JsonNode::toString).orElse("");
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }
}
