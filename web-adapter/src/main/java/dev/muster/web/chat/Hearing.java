// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.SharedFile;
import dev.muster.chat.UserRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts what a person does on the page into the words every platform uses. */
final class Hearing {

  /** A command is the word alone or followed by white space. */
  private static final String COMMAND = "(?s)/incident(\\s.*)?";

  /** How long a command or press can be answered with a form; the page itself never expires. */
  private static final Duration OPENING_LASTS = Duration.ofMinutes(30);

  private final String publicUrl;

  Hearing(String publicUrl) {
    this.publicUrl = publicUrl;
  }

  static boolean isCommand(String text) {
    return text.matches(COMMAND);
  }

  ChatEvent posted(WireChannel channel, WireMessage message) {
    if (isCommand(message.text())) {
      return command(channel, message);
    }
    return new ChatEvent.MessagePosted(
        message.when(),
        profile(message.author()),
        place(channel, Optional.ofNullable(message.thread())),
        BotMessages.ref(channel.id(), message.id()),
        Mentions.neutral(message.text()),
        Optional.of(permalink(channel, message.id())),
        files(message));
  }

  private List<SharedFile> files(WireMessage message) {
    return message.files().stream()
        .map(f -> new SharedFile(f.id(), f.name(), f.mediaType(), f.size(), publicUrl + f.url()))
        .toList();
  }

  private static ChatEvent command(WireChannel channel, WireMessage message) {
    String words = message.text().substring("/incident".length()).strip();
    return new ChatEvent.CommandInvoked(
        message.when(),
        profile(message.author()),
        place(channel, Optional.ofNullable(message.thread())),
        Mentions.neutral(words),
        Optional.of(BotMessages.ref(channel.id(), message.id())),
        reply(message.author(), channel.id(), message.id(), message.when()),
        Optional.of(opening(channel.id(), message.id(), message.when())));
  }

  ChatEvent edited(WireMessage message) {
    return new ChatEvent.MessageEdited(
        Instant.parse(message.editedAt()),
        profile(message.author()),
        ref(message),
        Mentions.neutral(message.text()));
  }

  ChatEvent deleted(WireMessage message, Instant now) {
    return new ChatEvent.MessageDeleted(now, Optional.of(profile(message.author())), ref(message));
  }

  ChatEvent reaction(WireMessage message, String user, String name, boolean there, Instant now) {
    return there
        ? new ChatEvent.ReactionAdded(now, profile(user), ref(message), name)
        : new ChatEvent.ReactionRemoved(now, profile(user), ref(message), name);
  }

  /** Returns the press of a button, whether or not we know which message carries it. */
  ChatEvent press(Press press, WireChannel channel, Optional<WireMessage> carrier) {
    return new ChatEvent.ButtonPressed(
        press.at(),
        profile(press.user()),
        place(channel, carrier.map(WireMessage::thread)),
        carrier.map(Hearing::ref),
        press.token(),
        reply(press.user(), channel.id(), press.id(), press.at()),
        Optional.of(opening(channel.id(), press.id(), press.at())));
  }

  ChatEvent form(Press submission, WireChannel channel, Map<String, String> values) {
    return new ChatEvent.FormSubmitted(
        submission.at(),
        profile(submission.user()),
        submission.token(),
        values,
        reply(submission.user(), channel.id(), submission.id(), submission.at()));
  }

  /**
   * A press of a button or the submission of a form.
   *
   * @param id its identity, which private answers name
   * @param user who
   * @param token of what
   * @param at when
   */
  record Press(String id, String user, String token, Instant at) {}

  String permalink(WireChannel channel, String message) {
    return publicUrl + "/chat#/" + channel.name() + "/" + message;
  }

  static Profile profile(String name) {
    return Profile.member(Channels.person(name));
  }

  private static MessageRef ref(WireMessage message) {
    return BotMessages.ref(message.channel(), message.id());
  }

  private static Place place(WireChannel channel, Optional<String> thread) {
    return new Place(new ChannelRef(Mentions.PLATFORM, channel.id()), channel.name(), thread);
  }

  private static ReplyTo reply(String user, String channel, String asked, Instant at) {
    return new ReplyTo(
        new UserRef(Mentions.PLATFORM, user),
        new ChannelRef(Mentions.PLATFORM, channel),
        Optional.of(asked),
        at.plus(OPENING_LASTS),
        Optional.of(asked));
  }

  /** Returns the right to open a form; its handle names the question and the channel. */
  private static FormOpening opening(String channel, String asked, Instant at) {
    return new FormOpening(asked + "/" + channel, at.plus(OPENING_LASTS));
  }
}
