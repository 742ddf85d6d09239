// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.SharedFile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.Delivery;
import dev.muster.slack.client.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Decodes messages, the same whether they come live or from the history, and under the same key:
 * workspace, channel and message time, which both know. Pure but for the bot's own identity.
 */
final class MessageDecoder {

  /** The bot itself said or changed it. */
  static final String OWN_MESSAGE = "own_message";

  private static final Set<String> WORDS =
      Set.of("", "file_share", "thread_broadcast", "me_message", "bot_message");

  /** Slack's own limit for the text of a message. */
  private static final int LONGEST = 40_000;

  private final Supplier<Optional<Identity.Self>> self;
  private final UnaryOperator<String> channelNames;

  MessageDecoder(Supplier<Optional<Identity.Self>> self, UnaryOperator<String> channelNames) {
    this.self = self;
    this.channelNames = channelNames;
  }

  /** Decodes a message event of any subtype. */
  Decoded decode(Envelope envelope, JsonNode event) {
    return switch (StrictJson.text(event, "subtype")) {
      case "message_changed" -> changed(envelope, event);
      case "message_deleted" -> deleted(envelope, event);
      default -> posted(envelope, StrictJson.text(event, "channel"), event);
    };
  }

  /** Decodes a message as it was first posted. */
  Decoded posted(Envelope envelope, String channel, JsonNode message) {
    String ts = StrictJson.text(message, "ts");
    Optional<Instant> at = Ts.instant(ts);
    String subtype = StrictJson.text(message, "subtype");
    if (!WORDS.contains(subtype)) {
      return OddMessages.decode(envelope, channel, message, isOwn(envelope, message));
    }
    if (at.isEmpty() || channel.isEmpty() || author(message).isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    if (isOwn(envelope, message)) {
      return new Decoded.Ignored(OWN_MESSAGE);
    }
    MessageRef ref = new MessageRef(new ChannelRef("slack", channel), ts);
    Optional<String> thread =
        Optional.of(StrictJson.text(message, "thread_ts"))
            .filter(root -> !root.isEmpty() && !root.equals(ts));
    Profile by = profile(envelope, message);
    ChatEvent heard =
        new ChatEvent.MessagePosted(
            at.get(),
            by,
            new Place(ref.channel(), channelNames.apply(channel), thread),
            ref,
            by.bot() ? CardWords.of(message) : words(message),
            self.get().map(known -> known.messageUrl(channel, ts, thread)),
            files(message),
            by.bot() ? CardParts.of(message) : List.of(),
            subtype.equals("thread_broadcast"));
    return heard(envelope, "m/" + identity(envelope, channel, ts), heard, message);
  }

  /** Decodes the edit that a message from the history carries, if it was edited. */
  Optional<Decoded> edited(Envelope envelope, String channel, JsonNode message) {
    String editedTs = StrictJson.text(message, "edited", "ts");
    return editedTs.isEmpty()
        ? Optional.empty()
        : Optional.of(edit(envelope, channel, message, editedTs));
  }

  private Decoded changed(Envelope envelope, JsonNode event) {
    JsonNode now = event.path("message");
    String channel = StrictJson.text(event, "channel");
    if (StrictJson.text(now, "subtype").equals("tombstone")) {
      return isOwn(envelope, event.path("previous_message"))
          ? new Decoded.Ignored("own_message")
          : gone(envelope, channel, StrictJson.text(now, "ts"), event);
    }
    if (isProgram(now)) {
      return rewritten(envelope, channel, event);
    }
    String editedTs = StrictJson.text(now, "edited", "ts");
    boolean sameWords = words(now).equals(words(event.path("previous_message")));
    return editedTs.isEmpty() || sameWords
        ? new Decoded.Ignored("no_edit")
        : edit(envelope, channel, now, editedTs);
  }

  /**
   * Programs rewrite their cards, often without a mark that they did. What Slack itself does to a
   * message, previews and counts of replies, changes none of the program's words.
   */
  private Decoded rewritten(Envelope envelope, String channel, JsonNode event) {
    JsonNode now = event.path("message");
    JsonNode before = event.path("previous_message");
    boolean same =
        CardWords.of(now).equals(CardWords.of(before))
            && CardParts.of(now).equals(CardParts.of(before));
    if (same) {
      return new Decoded.Ignored("no_edit");
    }
    String marked = StrictJson.text(now, "edited", "ts");
    String happened = StrictJson.text(event, "event_ts");
    String ts = happened.isEmpty() ? StrictJson.text(event, "ts") : happened;
    return edit(envelope, channel, now, marked.isEmpty() ? ts : marked);
  }

  private static boolean isProgram(JsonNode message) {
    return !StrictJson.text(message, "bot_id").isEmpty();
  }

  private Decoded edit(Envelope envelope, String channel, JsonNode now, String editedTs) {
    String ts = StrictJson.text(now, "ts");
    Optional<Instant> at = Ts.instant(editedTs);
    if (at.isEmpty() || ts.isEmpty() || channel.isEmpty() || author(now).isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    if (isOwn(envelope, now)) {
      return new Decoded.Ignored(OWN_MESSAGE);
    }
    String editor = StrictJson.text(now, "edited", "user");
    Profile by =
        editor.isEmpty() || isProgram(now)
            ? profile(envelope, now)
            : Profile.member(new Person(new UserRef("slack", editor), ""));
    ChatEvent.MessageEdited heard =
        new ChatEvent.MessageEdited(
            at.get(),
            by,
            new MessageRef(new ChannelRef("slack", channel), ts),
            by.bot() ? CardWords.of(now) : words(now),
            by.bot() ? CardParts.of(now) : List.of());
    // Slack tells the time of an edit in whole seconds, so the words tell two of a second apart.
    String what = Integer.toHexString((heard.text() + heard.cards()).hashCode());
    String key = "e/" + identity(envelope, channel, ts) + "/" + editedTs + "/" + what;
    return heard(envelope, key, heard, now);
  }

  private Decoded deleted(Envelope envelope, JsonNode event) {
    return isOwn(envelope, event.path("previous_message"))
        ? new Decoded.Ignored(OWN_MESSAGE)
        : gone(
            envelope,
            StrictJson.text(event, "channel"),
            StrictJson.text(event, "deleted_ts"),
            event);
  }

  private static Decoded gone(Envelope envelope, String channel, String ts, JsonNode event) {
    Optional<Instant> at = Ts.instant(StrictJson.text(event, "event_ts"));
    if (at.isEmpty()) {
      at = Ts.instant(StrictJson.text(event, "ts"));
    }
    if (at.isEmpty() || ts.isEmpty() || channel.isEmpty()) {
      return new Decoded.Ignored("incomplete");
    }
    ChatEvent heard =
        new ChatEvent.MessageDeleted(
            at.get(), Optional.empty(), new MessageRef(new ChannelRef("slack", channel), ts));
    return heard(envelope, "d/" + identity(envelope, channel, ts), heard, event);
  }

  private static Decoded heard(Envelope envelope, String key, ChatEvent event, JsonNode part) {
    byte[] raw = WithoutSecrets.of(envelope.whole().orElse(part));
    return new Decoded.Heard(new Delivery(key, event, raw, List.of()));
  }

  private static String identity(Envelope envelope, String channel, String ts) {
    return envelope.team() + "/" + channel + "/" + ts;
  }

  /** Returns whether the bot itself wrote a message. */
  boolean isOwn(Envelope envelope, JsonNode message) {
    String user = StrictJson.text(message, "user");
    String app = StrictJson.text(message, "app_id");
    String profileApp = StrictJson.text(message, "bot_profile", "app_id");
    Optional<Identity.Self> known = self.get();
    return !user.isEmpty() && envelope.botUsers().contains(user)
        || !app.isEmpty() && app.equals(envelope.app())
        || !profileApp.isEmpty() && profileApp.equals(envelope.app())
        || known.filter(me -> isOwn(me, message, user)).isPresent();
  }

  private static boolean isOwn(Identity.Self me, JsonNode message, String user) {
    String bot = StrictJson.text(message, "bot_id");
    return !user.isEmpty() && user.equals(me.userId()) || !bot.isEmpty() && bot.equals(me.botId());
  }

  /** The bot is no person that anybody could look up: its mention becomes its name. */
  private String named(String text) {
    return self.get()
        .map(me -> text.replace("<@slack:" + me.userId() + ">", "@" + me.name()))
        .orElse(text);
  }

  /** What was typed; clients that leave the text empty put it into blocks alone. */
  private String words(JsonNode message) {
    String typed = named(SlackText.neutral(StrictJson.text(message, "text")));
    String words = typed.isBlank() ? RichWords.of(message.path("blocks")) : typed;
    return words.codePointCount(0, words.length()) > LONGEST
        ? words.substring(0, words.offsetByCodePoints(0, LONGEST))
        : words;
  }

  private static String author(JsonNode message) {
    String user = StrictJson.text(message, "user");
    return user.isEmpty() ? StrictJson.text(message, "bot_id") : user;
  }

  private static Profile profile(Envelope envelope, JsonNode message) {
    boolean bot = isProgram(message);
    String name = StrictJson.text(message, "username");
    if (name.isEmpty()) {
      name = StrictJson.text(message, "bot_profile", "name");
    }
    String userTeam = StrictJson.text(message, "user_team");
    if (userTeam.isEmpty()) {
      userTeam = StrictJson.text(message, "team");
    }
    boolean external = !userTeam.isEmpty() && !userTeam.equals(envelope.team());
    return new Profile(
        new Person(new UserRef("slack", author(message)), bot ? name : ""),
        Optional.empty(),
        Optional.empty(),
        bot,
        external,
        true);
  }

  /** Slack keeps back what another workspace shared, and what is beyond its plan's limits. */
  private static String fileName(JsonNode file) {
    String name = StrictJson.text(file, "name");
    if (!name.isEmpty()) {
      return name;
    }
    if (isKeptBack(file)) {
      return "a file of another workspace";
    }
    return StrictJson.text(file, "mode").equals("tombstone") ? "a deleted file" : "a file";
  }

  /** Of a file from another workspace an event tells the identifier alone. */
  static boolean isKeptBack(JsonNode file) {
    return StrictJson.text(file, "file_access").equals("check_file_info");
  }

  private static List<SharedFile> files(JsonNode message) {
    List<SharedFile> files = new ArrayList<>();
    for (JsonNode file : message.path("files")) {
      if (!StrictJson.text(file, "id").isEmpty()) {
        files.add(
            new SharedFile(
                StrictJson.text(file, "id"),
                fileName(file),
                StrictJson.text(file, "mimetype"),
                file.path("size").asLong(0),
                StrictJson.text(file, "permalink"),
                isKeptBack(file)));
      }
    }
    return files;
  }
}
