// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something heard on a chat platform, already verified and decoded by the adapter. Text is plain
 * words as typed, with mentions written {@code <@platform:id>}; it is untrusted everywhere.
 */
public sealed interface ChatEvent {

  /** Returns when it happened by the platform's clock. */
  Instant at();

  /**
   * A person gave a command; {@code text} is what follows the command's name.
   *
   * @param at platform time
   * @param by who
   * @param place where
   * @param text the words after {@code /incident} or the bot's mention
   * @param message the message that carried the command, if the platform keeps one
   * @param reply how to answer privately
   * @param opening the right to open a form, if the platform gave one
   * @param about the message it is about, when the person chose one
   */
  record CommandInvoked(
      Instant at,
      Profile by,
      Place place,
      String text,
      Optional<MessageRef> message,
      ReplyTo reply,
      Optional<FormOpening> opening,
      Optional<Quotation> about)
      implements ChatEvent {

    /** Reads what was stored before messages could be chosen, too. */
    public CommandInvoked {
      about = about == null ? Optional.empty() : about;
    }

    /** Makes a command about no message. */
    public CommandInvoked(
        Instant at,
        Profile by,
        Place place,
        String text,
        Optional<MessageRef> message,
        ReplyTo reply,
        Optional<FormOpening> opening) {
      this(at, by, place, text, message, reply, opening, Optional.empty());
    }

    /** Returns the same command, given about a message. */
    public CommandInvoked about(Quotation chosen) {
      return new CommandInvoked(at, by, place, text, message, reply, opening, Optional.of(chosen));
    }
  }

  /**
   * A message was posted by a person or a program.
   *
   * @param at platform time
   * @param by the author; {@code by.bot()} for programs
   * @param place where
   * @param message which
   * @param text the words; for programs the text of their cards
   * @param permalink where members can read it
   * @param files what was attached
   * @param cards the cards of a program's message, part by part; none from platforms without such
   * @param broadcast whether a reply in a thread was shown in the channel as well
   */
  record MessagePosted(
      Instant at,
      Profile by,
      Place place,
      MessageRef message,
      String text,
      Optional<String> permalink,
      List<SharedFile> files,
      List<PostedCard> cards,
      boolean broadcast)
      implements ChatEvent {

    /** Reads what was stored before cards were told apart, too. */
    public MessagePosted {
      cards = cards == null ? List.of() : List.copyOf(cards);
    }

    /** Makes a message without cards that was shown in one place. */
    public MessagePosted(
        Instant at,
        Profile by,
        Place place,
        MessageRef message,
        String text,
        Optional<String> permalink,
        List<SharedFile> files) {
      this(at, by, place, message, text, permalink, files, List.of(), false);
    }
  }

  /**
   * A message's words were changed.
   *
   * @param at platform time of the edit
   * @param by who edited
   * @param message which
   * @param text the new words
   * @param cards the cards it has now, as in {@link MessagePosted}
   */
  record MessageEdited(
      Instant at, Profile by, MessageRef message, String text, List<PostedCard> cards)
      implements ChatEvent {

    /** Reads what was stored before cards were told apart, too. */
    public MessageEdited {
      cards = cards == null ? List.of() : List.copyOf(cards);
    }

    /** Makes an edit of a message without cards. */
    public MessageEdited(Instant at, Profile by, MessageRef message, String text) {
      this(at, by, message, text, List.of());
    }
  }

  /**
   * A message was deleted.
   *
   * @param at platform time
   * @param by who deleted, where the platform says so
   * @param message which
   */
  record MessageDeleted(Instant at, Optional<Profile> by, MessageRef message)
      implements ChatEvent {}

  /**
   * A reaction was added.
   *
   * @param at platform time
   * @param by who
   * @param message which
   * @param name the emoji's name without colons
   */
  record ReactionAdded(Instant at, Profile by, MessageRef message, String name)
      implements ChatEvent {}

  /**
   * A reaction was taken back.
   *
   * @param at platform time
   * @param by who
   * @param message which
   * @param name the emoji's name without colons
   */
  record ReactionRemoved(Instant at, Profile by, MessageRef message, String name)
      implements ChatEvent {}

  /**
   * A message was pinned to its channel by somebody else than us.
   *
   * @param at platform time
   * @param by who
   * @param message which
   */
  record MessagePinned(Instant at, Profile by, MessageRef message) implements ChatEvent {}

  /**
   * A message was taken off the pins of its channel by somebody else than us.
   *
   * @param at platform time
   * @param by who
   * @param message which
   */
  record MessageUnpinned(Instant at, Profile by, MessageRef message) implements ChatEvent {}

  /**
   * A button of ours was pressed.
   *
   * @param at platform time
   * @param by who
   * @param place where
   * @param message the message that carries the button, if known
   * @param token the button's opaque token
   * @param reply how to answer privately
   * @param opening the right to open a form, if the platform gave one
   */
  record ButtonPressed(
      Instant at,
      Profile by,
      Place place,
      Optional<MessageRef> message,
      String token,
      ReplyTo reply,
      Optional<FormOpening> opening)
      implements ChatEvent {}

  /**
   * A form of ours was submitted; answered in its answer slot.
   *
   * @param at platform time
   * @param by who
   * @param token the form's opaque token
   * @param values what was typed, by field name; absent fields are left out
   * @param reply how to answer privately once the slot has closed
   */
  record FormSubmitted(
      Instant at, Profile by, String token, Map<String, String> values, ReplyTo reply)
      implements ChatEvent {}

  /**
   * Somebody came into a channel.
   *
   * @param at platform time
   * @param who the newcomer
   * @param channel where
   */
  record MemberJoined(Instant at, Profile who, ChannelRef channel) implements ChatEvent {}

  /**
   * Somebody left a channel.
   *
   * @param at platform time
   * @param who the leaver
   * @param channel where
   */
  record MemberLeft(Instant at, Profile who, ChannelRef channel) implements ChatEvent {}

  /**
   * A channel changed its name or its fate by somebody else's doing than ours.
   *
   * @param at platform time
   * @param channel which
   * @param change what happened
   * @param name its name now; empty when it is gone
   */
  record ChannelChanged(Instant at, ChannelRef channel, Change change, String name)
      implements ChatEvent {
    /** What can happen to a channel behind our back. */
    public enum Change {
      /** It has a new name. */
      RENAMED,
      /** Nobody can post any more. */
      ARCHIVED,
      /** It can be posted to again. */
      UNARCHIVED,
      /** It is gone. */
      DELETED,
      /** People of another organisation can read it now. */
      SHARED,
      /** People of other organisations can no longer read it. */
      UNSHARED,
      /** The bot was taken out; it hears nothing there until it is back. */
      BOT_REMOVED,
      /** The bot is in again. */
      BOT_ADDED
    }
  }

  /**
   * The connection was down; what was said since then may be missing.
   *
   * @param at when it was noticed
   * @param channel which
   * @param since the last instant known to be complete
   */
  record GapDetected(Instant at, ChannelRef channel, Instant since) implements ChatEvent {}

  /**
   * Nothing was heard from the whole platform for a while; what was said in any channel since then
   * may be missing.
   *
   * @param at when it was heard again
   * @param platform which platform
   * @param since the last instant known to be complete
   */
  record ConnectionGap(Instant at, String platform, Instant since) implements ChatEvent {}

  /**
   * The platform gave a channel another identifier; everything else about it stays.
   *
   * @param at platform time
   * @param from the identifier until now
   * @param to the identifier from now on
   */
  record ChannelMoved(Instant at, ChannelRef from, ChannelRef to) implements ChatEvent {}

  /**
   * A person opened the bot's own screen or, where a platform has none, added the bot.
   *
   * @param at platform time
   * @param by who
   */
  record HomeOpened(Instant at, Profile by) implements ChatEvent {}

  /**
   * Somebody posted links to pages of ours, and the platform asks what to show under them.
   *
   * @param at platform time
   * @param by who
   * @param message where the links are
   * @param urls the links, as posted; untrusted
   * @param outsiders whether people of another organisation read them
   */
  record LinksPosted(
      Instant at, Profile by, MessageRef message, List<String> urls, boolean outsiders)
      implements ChatEvent {

    /** Makes an event of a channel that one organisation alone reads. */
    public LinksPosted(Instant at, Profile by, MessageRef message, List<String> urls) {
      this(at, by, message, urls, false);
    }
  }

  /**
   * The platform needs something that only an operator can do, such as a permission or a new token;
   * or it needs it no longer.
   *
   * @param at when it was noticed
   * @param platform which platform
   * @param topic what it is about: a short stable word, the same for the need and for its end;
   *     about one channel it ends with a slash and the channel's identifier, and is over at the
   *     latest when that channel's incident is closed
   * @param sentence what is wrong and how to mend it, for operators; never a secret
   * @param over whether the need has ended
   */
  record OperatorNotice(Instant at, String platform, String topic, String sentence, boolean over)
      implements ChatEvent {

    /** The topic of a platform that does not know the bot any more: nothing works until mended. */
    public static final String CREDENTIALS = "credentials";

    /** What a topic begins with when the product does without it and nothing has to be mended. */
    public static final String OPTIONAL = "optional/";
  }

  /**
   * The platform knows a person differently now: renamed, deactivated, a guest, or back again.
   *
   * @param at platform time
   * @param who the person as they are now
   */
  record PersonChanged(Instant at, Profile who) implements ChatEvent {}

  /**
   * Somebody else than us changed what a channel says about itself.
   *
   * @param at platform time
   * @param by who
   * @param channel which
   * @param part what was changed
   * @param text what it says now; empty when it was cleared
   */
  record ChannelDescribed(Instant at, Profile by, ChannelRef channel, Part part, String text)
      implements ChatEvent {
    /** What a channel says about itself. */
    public enum Part {
      /** Its name. */
      NAME,
      /** The line at its head. */
      TOPIC,
      /** What it is for. */
      PURPOSE
    }
  }

  /**
   * Something genuine that the adapter does not know; kept as it arrived, and shown nowhere.
   *
   * @param at platform time
   * @param kind the platform's own word for it; untrusted
   */
  record NotUnderstood(Instant at, String kind) implements ChatEvent {}
}
