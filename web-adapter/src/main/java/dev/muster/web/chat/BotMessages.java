// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static dev.muster.web.chat.Channels.STORE_FAILED;
import static dev.muster.web.chat.Mentions.PLATFORM;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Done;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatOutcome.Refused;
import dev.muster.chat.spi.ChatOutcome.Unknown;
import dev.muster.chat.spi.Memory.Write;
import dev.muster.web.chat.WireMessage.WireFile;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What the bot says: posts once per key, and changes its own messages. Any thread may call. */
final class BotMessages {

  private static final String NO_MESSAGE = "there is no such message of the bot";

  private static final String NO_ID = "m0000000000000";

  private final ChatRecords records;
  private final MessageIds ids;
  private final LiveStream live;
  private final InstantSource clock;
  private final Object changing;

  /** Creates the bot's side; whoever changes a stored message holds {@code changing}. */
  BotMessages(
      ChatRecords records, MessageIds ids, LiveStream live, InstantSource clock, Object changing) {
    this.changing = changing;
    this.records = records;
    this.ids = ids;
    this.live = live;
    this.clock = clock;
  }

  /**
   * Something to say.
   *
   * @param order the key under which it is said once
   * @param channel where
   * @param thread under which message
   * @param message what
   * @param only the one person who sees it
   * @param answers the command or press it answers
   * @param files what goes with it
   */
  record Saying(
      String order,
      WireChannel channel,
      Optional<String> thread,
      BotMessage message,
      Optional<String> only,
      Optional<String> answers,
      List<WireFile> files) {

    static Saying toAll(String order, WireChannel channel, BotMessage message) {
      return new Saying(
          order, channel, Optional.empty(), message, Optional.empty(), Optional.empty(), List.of());
    }

    Saying in(Optional<String> otherThread) {
      return new Saying(order, channel, otherThread, message, only, answers, files);
    }

    Saying privately(String user, Optional<String> asked) {
      return new Saying(order, channel, thread, message, Optional.of(user), asked, files);
    }

    Saying with(WireFile file) {
      return new Saying(order, channel, thread, message, only, answers, List.of(file));
    }
  }

  /** Returns the instant of a new message, in milliseconds. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Optional<MessageRef> said(String order) {
    return records
        .order(order)
        .map(place -> place.split("/", 2))
        .map(place -> ref(place[0], place[1]));
  }

  ChatOutcome<MessageRef> say(Saying saying) {
    Optional<MessageRef> before = said(saying.order());
    if (before.isPresent()) {
      return new Done<>(before.get());
    }
    if (saying.channel().archived()) {
      return new Refused<>("the channel is archived", ChatOutcome.Cause.CHANNEL_GONE);
    }
    try (MessageIds.Ticket ticket = ids.take()) {
      return store(saying, rendered(saying, ticket.id()));
    }
  }

  /** Makes everything that saying it would store, and stores nothing. */
  void rehearse(BotMessage message) {
    records.writesOfNew(CardRenderer.message(NO_ID, "", now(), Optional.empty(), message));
  }

  private WireMessage rendered(Saying saying, String id) {
    return CardRenderer.message(id, saying.channel().id(), now(), saying.thread(), saying.message())
        .privately(saying.only().orElse(null), saying.answers().orElse(null))
        .withFiles(saying.files());
  }

  private ChatOutcome<MessageRef> store(Saying saying, WireMessage message) {
    String order = ChatRecords.orderKey(saying.order());
    List<Write> writes = new ArrayList<>(records.writesOfNew(message));
    writes.add(Write.of(order, message.channel() + "/" + message.id()));
    switch (records.write(List.of(order), writes)) {
      case WRITTEN:
        live.message(saying.channel(), message);
        return new Done<>(ref(message.channel(), message.id()));
      case TAKEN:
        return new Done<>(said(saying.order()).orElseThrow());
      default:
        return new Unknown<>(STORE_FAILED);
    }
  }

  static MessageRef ref(String channel, String id) {
    return new MessageRef(new ChannelRef(PLATFORM, channel), id);
  }

  ChatOutcome<Nothing> edit(MessageRef ref, BotMessage now) {
    return change(ref, WireMessage::bot, message -> CardRenderer.say(message, now));
  }

  ChatOutcome<Nothing> pin(MessageRef ref) {
    return change(ref, any -> true, WireMessage::withPin);
  }

  ChatOutcome<Nothing> react(MessageRef ref, String name) {
    return change(ref, any -> true, message -> message.react(Mentions.BOT, name, true));
  }

  ChatOutcome<Nothing> delete(MessageRef ref) {
    ChatOutcome<Nothing> outcome = change(ref, WireMessage::bot, WireMessage::gone);
    return outcome instanceof Refused ? ChatOutcome.done() : outcome;
  }

  private ChatOutcome<Nothing> change(
      MessageRef ref, Predicate<WireMessage> allowed, UnaryOperator<WireMessage> change) {
    WireMessage changed;
    synchronized (changing) {
      Optional<WireMessage> found =
          records
              .message(ref.channel().id(), ref.id())
              .filter(message -> !message.deleted())
              .filter(allowed);
      if (found.isEmpty()) {
        return new Refused<>(NO_MESSAGE, ChatOutcome.Cause.MESSAGE_GONE);
      }
      changed = change.apply(found.get());
      if (records.write(List.of(), records.writesOfChanged(changed))
          == ChatRecords.Stored.UNKNOWN) {
        return new Unknown<>(STORE_FAILED);
      }
    }
    tellLive(changed);
    return ChatOutcome.done();
  }

  /** Tells listeners what a stored message is now. */
  void tellLive(WireMessage message) {
    records.channel(message.channel()).ifPresent(channel -> live.message(channel, message));
  }

  /** Closes the private form under that token, if it still stands open. */
  void closeForm(String token) {
    records
        .carrying(token)
        .filter(message -> message.visibleTo() != null)
        .ifPresent(message -> delete(ref(message.channel(), message.id())));
  }
}
