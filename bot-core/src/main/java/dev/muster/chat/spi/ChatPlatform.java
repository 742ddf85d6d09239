// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import dev.muster.chat.Addressing;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.Form;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A chat platform, spoken to in chat verbs. Calls block for at most the platform's own deadline,
 * are made from several threads at once, and never throw for a foreseen failure. What could double
 * takes an {@link OnceKey}; everything else may be repeated without harm. Creating connects
 * nothing.
 */
public interface ChatPlatform extends AutoCloseable {

  /** Returns the name users write in the configuration. */
  String name();

  /** Returns what the platform can do natively at this moment. */
  Set<Capability> capabilities();

  /** Returns how people address the bot, as far as is known; asks nothing and never blocks. */
  default Addressing addressing() {
    return Addressing.BY_SLASH;
  }

  /**
   * Returns by how much the machine's clock is ahead of the platform's, negative when it is behind,
   * as far as that is known; asks nothing and never blocks.
   */
  default Optional<Duration> clockAhead() {
    return Optional.empty();
  }

  /** Asks the platform whether credentials and permissions suffice. */
  Check check();

  /** Begins to hear; called once, after the routes are served. */
  void start();

  /**
   * Opens a channel; never adopts a channel that somebody else made. Makes as few calls as the
   * platform allows: what it says of itself may be left to {@link #setTopic} and {@link
   * #setPurpose}, see {@link OpenedChannel#described}.
   */
  ChatOutcome<OpenedChannel> openChannel(OnceKey key, ChannelSpec spec);

  /** Finds the channel of that name which the bot may post to, without opening one. */
  ChatOutcome<OpenedChannel> findChannel(String name);

  /** Renames a channel; the outcome carries the name it got. */
  ChatOutcome<OpenedChannel> rename(ChannelRef channel, String wantedName);

  /** Sets the one-line topic, or the nearest the platform has. */
  ChatOutcome<Nothing> setTopic(ChannelRef channel, String topic);

  /** Says what the channel is for; where a platform shows no such line, that counts as done. */
  default ChatOutcome<Nothing> setPurpose(ChannelRef channel, String purpose) {
    return ChatOutcome.done();
  }

  /**
   * Invites people; those who are in already count as invited. The value lists those who could not
   * be invited, each with the reason.
   */
  ChatOutcome<List<NotInvited>> invite(ChannelRef channel, List<UserRef> people);

  /**
   * Brings the bot into a channel; being in already counts as done. Refused with the words to type
   * where only a member can let the bot in.
   */
  ChatOutcome<Nothing> join(ChannelRef channel);

  /** Lists the members of a channel. */
  ChatOutcome<List<Person>> members(ChannelRef channel);

  /** Closes a channel for posting; already archived counts as done. */
  ChatOutcome<Nothing> archive(ChannelRef channel);

  /** Opens an archived channel again; not archived counts as done. */
  ChatOutcome<Nothing> unarchive(ChannelRef channel);

  /** Posts a message, in a thread when {@code thread} names its root. */
  ChatOutcome<MessageRef> post(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message);

  /**
   * Changes a message of ours; a deleted message is Refused. RetryLater when another change of the
   * same message, or something more urgent, goes first.
   */
  ChatOutcome<Nothing> edit(Urgency urgency, MessageRef message, BotMessage now);

  /**
   * Does what showing a message takes before anybody is called, and what reading the answer takes,
   * with nothing to show for it: what a process does for the first time takes long. Calls nobody,
   * keeps nothing; may be left out.
   */
  default void rehearse(BotMessage message) {
    // Nothing to gain where a message is shown as it is.
  }

  /** Changes a message of ours that is as urgent as a card. */
  default ChatOutcome<Nothing> edit(MessageRef message, BotMessage now) {
    return edit(Urgency.CARD, message, now);
  }

  /** Deletes a message of ours; already deleted counts as done. */
  ChatOutcome<Nothing> delete(MessageRef message);

  /** Pins a message; already pinned counts as done. */
  ChatOutcome<Nothing> pin(MessageRef message);

  /** Puts a link at the head of the channel; the same link again counts as done. */
  ChatOutcome<Nothing> bookmark(ChannelRef channel, String title, String url);

  /** Takes a link from the head of the channel; one that is not there counts as done. */
  ChatOutcome<Nothing> unbookmark(ChannelRef channel, String url);

  /** Adds the bot's own reaction; already there counts as done. */
  ChatOutcome<Nothing> react(MessageRef message, String name);

  /**
   * Posts a file. In the place that {@link ChannelRef#aloneWith} names it is seen by that person
   * alone, and may also come where they see other private answers.
   */
  ChatOutcome<MessageRef> attach(OnceKey key, ChannelRef channel, Attachment file);

  /** Tells one person privately: by the reply handle while it lasts, else by direct message. */
  ChatOutcome<Nothing> tell(OnceKey key, ReplyTo to, BotMessage message);

  /** Opens a form; never repeated. Refused once the opening has expired. */
  ChatOutcome<Nothing> openForm(FormOpening opening, UserRef user, Form form);

  /** Replaces the form that is open under the same token. */
  ChatOutcome<Nothing> updateForm(UserRef user, Form form);

  /** Shows a person's own screen, where there is one. */
  ChatOutcome<Nothing> showHome(UserRef user, BotMessage home);

  /** Shows a card under a link of ours that somebody posted. */
  ChatOutcome<Nothing> unfurl(MessageRef message, String url, BotMessage card);

  /** Looks a person up by identifier, or by e-mail address when {@code idOrEmail} holds an at. */
  ChatOutcome<Profile> findPerson(String idOrEmail);

  /** Lists the members of a group the platform knows. */
  ChatOutcome<List<Person>> findGroup(String idOrHandle);

  /** Reads one page of past events, oldest first, each under its live delivery key. */
  ChatOutcome<HistoryPage> readHistory(ChannelRef channel, Instant since, Optional<String> page);

  /**
   * Reads one message that somebody posted, as the live delivery would have brought it. Refused
   * when it is gone, is the bot's own, or cannot be read back here.
   */
  ChatOutcome<Delivery> readMessage(MessageRef message);

  /** Returns where members can read a message. */
  ChatOutcome<String> permalink(MessageRef message);

  /** Ends everything that was begun; no thread and no socket is left. Bounded to ten seconds. */
  @Override
  void close();

  /**
   * Somebody who could not be invited.
   *
   * @param user who
   * @param reason why, for people
   */
  record NotInvited(UserRef user, String reason) {}

  /**
   * A file the bot posts.
   *
   * @param name the file's name
   * @param mediaType its media type
   * @param bytes its content
   * @param comment a sentence shown with it
   */
  record Attachment(String name, String mediaType, byte[] bytes, String comment) {}

  /**
   * One page of the past.
   *
   * @param deliveries the same events a live connection would have delivered, under the same keys
   * @param next where the next page begins; empty at the end
   * @param standing what is in the channel now, on the last page, where the platform can say
   */
  record HistoryPage(
      List<Delivery> deliveries, Optional<String> next, Optional<Standing> standing) {

    /** Creates a page of a platform that cannot say what is there now. */
    public HistoryPage(List<Delivery> deliveries, Optional<String> next) {
      this(deliveries, next, Optional.empty());
    }
  }

  /**
   * What is in a channel now, by which it shows what has gone.
   *
   * @param from every message outside threads at or after this instant is listed
   * @param threads roots of threads whose answers are all listed
   * @param messages what is there
   * @param unread a sentence about what could not be looked at; empty when nothing
   */
  record Standing(Instant from, Set<String> threads, List<Stood> messages, String unread) {}

  /**
   * A message that is there.
   *
   * @param id which
   * @param reactions people's reactions on it
   */
  record Stood(String id, List<StoodReaction> reactions) {}

  /**
   * A reaction that is there.
   *
   * @param name the emoji's name without colons
   * @param user whose
   */
  record StoodReaction(String name, UserRef user) {}
}
