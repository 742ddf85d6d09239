// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Memory.Write;
import dev.muster.chat.spi.Receipt;
import dev.muster.web.chat.WireMessage.WireFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What people say: each message is stored in the same transaction as its delivery, so it is seen if
 * and only if it is heard. Any thread may call.
 */
final class PersonMessages {

  private final ChatRecords records;
  private final MessageIds ids;
  private final BotMessages bot;
  private final LiveStream live;
  private final ChatInbox inbox;
  private final Hearing hearing;
  private final Object changing;

  /** Creates the people's side; whoever changes a stored message holds {@code changing}. */
  PersonMessages(
      ChatRecords records,
      MessageIds ids,
      BotMessages bot,
      LiveStream live,
      ChatInbox inbox,
      Hearing hearing,
      Object changing) {
    this.records = records;
    this.ids = ids;
    this.bot = bot;
    this.live = live;
    this.inbox = inbox;
    this.hearing = hearing;
    this.changing = changing;
  }

  /**
   * Something a person says.
   *
   * @param user who
   * @param channel where
   * @param text the words
   * @param thread the message it hangs under
   * @param files what goes with it
   * @param repeatable the sender's key, if there is one
   * @param raw the body as it arrived
   */
  record Said(
      String user,
      WireChannel channel,
      String text,
      Optional<String> thread,
      List<WireFile> files,
      Optional<Repeatable> repeatable,
      byte[] raw) {}

  /** Returns the identity of what an earlier request with the same key made. */
  Optional<String> saidBefore(Optional<Repeatable> request) throws Refusal {
    Optional<String> answered = request.flatMap(records::answered);
    if (answered.isEmpty()) {
      return Optional.empty();
    }
    String[] digestAndId = answered.get().split(" ", 3);
    if (!digestAndId[0].equals(request.get().digest())) {
      throw new Refusal(
          422, "key_reused", "This Idempotency-Key was used with another body; take a new one.");
    }
    return Optional.of(digestAndId[1]);
  }

  /** Stores and delivers; returns the message's identity. */
  String say(Said said) throws Refusal {
    Optional<String> before = saidBefore(said.repeatable());
    if (before.isPresent()) {
      return before.get();
    }
    try (MessageIds.Ticket ticket = ids.take()) {
      WireMessage message = message(said, ticket.id());
      String key = said.repeatable().map(Repeatable::deliveryKey).orElse(ticket.id());
      ChatEvent event = hearing.posted(said.channel(), message);
      Receipt.Stored receipt =
          accept(new Delivery(key, event, said.raw(), alongside(said, message, key)));
      if (receipt.repeat()) {
        return saidBefore(said.repeatable()).orElse(ticket.id());
      }
      live.message(said.channel(), message);
      return message.id();
    }
  }

  private WireMessage message(Said said, String id) {
    WireMessage message =
        WireMessage.ofPerson(
                id, said.channel().id(), bot.now(), said.user(), said.text(), said.thread())
            .withFiles(said.files());
    return Hearing.isCommand(said.text()) ? message.privately(said.user(), null) : message;
  }

  private List<Write> alongside(Said said, WireMessage message, String key) {
    List<Write> writes = new ArrayList<>(records.writesOfNew(message));
    said.repeatable().ifPresent(request -> writes.add(request.made(message.id(), bot.now())));
    if (!key.equals(message.id())) {
      writes.add(Write.of("d/" + message.id(), key));
    }
    if (!records.isPerson(said.user())) {
      writes.add(ChatRecords.person(said.user()));
    }
    return writes;
  }

  /**
   * One wish to change a message, heard at most once.
   *
   * @param repeatable the sender's key, if there is one
   * @param deliveryKey by which the inbox recognises the wish
   */
  record Wish(Optional<Repeatable> repeatable, String deliveryKey) {}

  void edit(WireMessage message, String text, Wish wish) throws Refusal {
    Instant now = bot.now();
    change(message, wish, m -> standing(m).edited(text, now), hearing::edited);
  }

  /** Deletes; what is gone already is left as it is. */
  void delete(WireMessage message, Wish wish) throws Refusal {
    Instant now = bot.now();
    change(message, wish, m -> m.deleted() ? m : m.gone(), m -> hearing.deleted(m, now));
  }

  /**
   * A reaction of one person.
   *
   * @param user who
   * @param name the emoji's name
   * @param there whether it is to be there
   */
  record Wanted(String user, String name, boolean there) {}

  void react(WireMessage message, Wanted wanted, Wish wish) throws Refusal {
    Instant now = bot.now();
    change(
        message,
        wish,
        m -> standing(m).react(wanted.user(), wanted.name(), wanted.there()),
        m -> hearing.reaction(m, wanted.user(), wanted.name(), wanted.there(), now));
  }

  /** How a message changes; a message that is as wished already is returned itself. */
  private interface Changing {
    WireMessage of(WireMessage now) throws Refusal;
  }

  private static WireMessage standing(WireMessage message) throws Refusal {
    if (message.deleted()) {
      throw new Refusal(409, "message_deleted", "The message has been deleted.");
    }
    return message;
  }

  private void change(
      WireMessage seen, Wish wish, Changing change, Function<WireMessage, ChatEvent> event)
      throws Refusal {
    WireMessage changed;
    synchronized (changing) {
      WireMessage now = records.message(seen.channel(), seen.id()).orElseThrow();
      if (saidBefore(wish.repeatable()).isPresent()) {
        return;
      }
      changed = change.of(now);
      if (changed == now) {
        return;
      }
      List<Write> writes = new ArrayList<>(records.writesOfChanged(changed));
      wish.repeatable().ifPresent(request -> writes.add(request.made(changed.id(), bot.now())));
      accept(new Delivery(wish.deliveryKey(), event.apply(changed), new byte[0], writes));
    }
    bot.tellLive(changed);
  }

  /** Hands a delivery to the inbox; what cannot be stored is asked for again. */
  Receipt.Stored accept(Delivery delivery) throws Refusal {
    Receipt receipt = inbox.accept(delivery);
    if (receipt instanceof Receipt.Stored stored) {
      return stored;
    }
    throw new Refusal(
        503, "not_stored", "Nothing was stored, because the store takes no writes. Try again.");
  }
}
