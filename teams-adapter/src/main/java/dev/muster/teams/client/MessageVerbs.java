// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.microsoft.bot.schema.Activity;
import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.chat.spi.pace.Attempts;
import dev.muster.teams.client.Connector.Target;
import dev.muster.teams.render.CardActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Posts, edits and deletes through the connector. A post that may have been done already is looked
 * for by its tag before it is sent again; where Teams does not let us look, it says that it may be
 * a repeat.
 */
public final class MessageVerbs {

  /** A new channel answers 403 or 404 for some seconds; after this the refusal is believed. */
  private static final Duration SETTLING = Duration.ofSeconds(60);

  /** Stands before what may be there twice. */
  private static final String REPEAT = "(repeat) ";

  private final Wires wires;
  private final HomeTeams teams;
  private final PostedBefore postedBefore;
  private final OwnViews views;
  private final Attempts attempts;

  /** Creates the verbs. */
  public MessageVerbs(Wires wires, HomeTeams teams, Attempts attempts) {
    this.attempts = attempts;
    this.wires = wires;
    this.teams = teams;
    this.postedBefore = new PostedBefore(wires, teams);
    this.views = new OwnViews(wires.places());
  }

  /** Posts a message once per key. */
  public ChatOutcome<MessageRef> post(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    if (!attempts.mayBeDone(key)) {
      return sendKnowingly(key, channel, thread, message);
    }
    ChatOutcome<Optional<MessageRef>> found = postedBefore.find(key, channel, thread);
    if (found instanceof ChatOutcome.Done<Optional<MessageRef>> done) {
      return done.value()
          .<ChatOutcome<MessageRef>>map(where -> new ChatOutcome.Done<>(shown(where, message)))
          .orElseGet(() -> sendWhenSurelyAbsent(key, channel, thread, message));
    }
    return found.match(
        unused -> null,
        ChatOutcome.RetryLater::as,
        reason -> repeated(key, channel, thread, message),
        ChatOutcome.Unknown::new);
  }

  /**
   * Posts what no order of its own stands behind. How often it was tried is remembered beyond this
   * process, so that a second try looks for what the first may have made.
   *
   * @param first the key of the first try
   */
  ChatOutcome<MessageRef> postUnlessThere(OnceKey first, ChannelRef channel, BotMessage message) {
    int attempt = wires.places().countTry(first.value());
    OnceKey key = new OnceKey(first.value(), attempt, first.firstTriedAt(), first.urgency());
    return post(key, channel, Optional.empty(), message);
  }

  private ChatOutcome<MessageRef> sendWhenSurelyAbsent(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    return attempts
        .absent(key, wires.clock().instant())
        .<ChatOutcome<MessageRef>>map(
            wait ->
                new ChatOutcome.RetryLater<>("the message is not there; looking once more", wait))
        .orElseGet(() -> sendKnowingly(key, channel, thread, message));
  }

  /**
   * All tries before surely did nothing; if this one does nothing either, the next need not look.
   */
  private ChatOutcome<MessageRef> sendKnowingly(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    ChatOutcome<MessageRef> sent = send(key, channel, thread, message);
    attempts.note(key, sent);
    return sent;
  }

  /**
   * Where nobody lets us look, a second one that says so is better than none; news may be lost.
   * What comes of it says nothing of the tries before.
   */
  private ChatOutcome<MessageRef> repeated(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    return key.urgency() == Urgency.NEWS
        ? new ChatOutcome.Refused<>(
            "It may be posted already. Teams does not let Muster look, and news is not repeated.")
        : send(key, channel, thread, marked(message)).map(this::noted);
  }

  /** It stays marked when it is changed, so that nobody takes it for the first one. */
  private MessageRef noted(MessageRef repeat) {
    wires.places().keepRepeat(MessageIds.key(repeat));
    return repeat;
  }

  private static BotMessage marked(BotMessage message) {
    return new BotMessage(
        REPEAT + message.text(),
        message.title().isEmpty() ? "" : REPEAT + message.title(),
        message.facts(),
        message.sections(),
        message.buttons(),
        message.mentions(),
        message.tone(),
        message.form(),
        message.about(),
        message.forSome());
  }

  private ChatOutcome<MessageRef> send(
      OnceKey key, ChannelRef channel, Optional<String> thread, BotMessage message) {
    String conversation = MessageIds.conversation(channel.id(), thread.map(MessageVerbs::root));
    ChatOutcome<Target> target = teams.target(channel.id(), conversation);
    if (!(target instanceof ChatOutcome.Done<Target> to)) {
      return target.map(unused -> null);
    }
    Activity activity =
        CardActivity.of(wires.identity().botId(), conversation, message, Optional.of(key.value()));
    views.offer(activity, message);
    ChatOutcome<String> sent =
        isYoung(channel)
            ? wires.connector().sendToNew(key.urgency(), to.value(), activity)
            : wires.connector().send(key.urgency(), to.value(), activity);
    return teams.untilCalled(sent).map(id -> shown(MessageIds.message(conversation, id), message));
  }

  private MessageRef shown(MessageRef where, BotMessage message) {
    views.keep(where, message);
    return where;
  }

  /** A thread hangs under its root even when a reply in it is named. */
  private static String root(String thread) {
    int slash = thread.indexOf('/');
    return slash < 0 ? thread : thread.substring(0, slash);
  }

  /** Returns whether a channel was made so lately that Teams may not know it everywhere. */
  boolean isYoung(ChannelRef channel) {
    Instant believed = teams.conversation(channel.id()).openedAt().plus(SETTLING);
    return wires.clock().instant().isBefore(believed);
  }

  /** Changes a message and what some see on it; a repeat stays marked as one. */
  public ChatOutcome<Nothing> edit(Urgency urgency, MessageRef message, BotMessage wanted) {
    boolean repeat = wires.places().isRepeat(MessageIds.key(message));
    BotMessage now = repeat ? marked(wanted) : wanted;
    String conversation = MessageIds.conversation(message);
    Activity activity =
        CardActivity.of(wires.identity().botId(), conversation, now, Optional.empty());
    activity.setId(MessageIds.id(message));
    views.offer(activity, now);
    views.keep(message, now);
    ChatOutcome<Target> target = teams.target(message.channel().id(), conversation);
    return target instanceof ChatOutcome.Done<Target> where
        ? wires.connector().update(urgency, where.value(), MessageIds.id(message), activity)
        : target.map(unused -> Nothing.NOTHING);
  }

  /** Takes a message away. */
  public ChatOutcome<Nothing> delete(MessageRef message) {
    ChatOutcome<Target> target =
        teams.target(message.channel().id(), MessageIds.conversation(message));
    return target instanceof ChatOutcome.Done<Target> where
        ? wires.connector().delete(where.value(), MessageIds.id(message))
        : target.map(unused -> Nothing.NOTHING);
  }
}
