// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.ActivityTypes;
import com.microsoft.bot.schema.MessageReaction;
import com.microsoft.bot.schema.teams.MessagingExtensionAction;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.FormOpening;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Place;
import dev.muster.chat.PostedCard;
import dev.muster.chat.Profile;
import dev.muster.chat.Quotation;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Memory;
import dev.muster.teams.client.DeepLinks;
import dev.muster.teams.client.Identity;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.client.Places;
import dev.muster.teams.client.Places.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns activities of people into deliveries. Thread-safe; reads memory, writes nothing. */
final class EventDecoder {

  /** Private messages in a channel vanish after 24 hours; an answer later goes to the chat. */
  private static final Duration PRIVATE_LIFE = Duration.ofHours(23);

  /** Somebody who asked for a form is still there for this long. */
  private static final Duration FORM_LIFE = Duration.ofMinutes(15);

  private final Places places;
  private final ActivityWords words;
  private final DeepLinks links;
  private final EditTimes edits;
  private final ReadFirst readFirst;
  private final AlertPlaces alerts;
  private final Identity self;
  private final Surroundings surroundings;
  private final ChosenMessage chosen;

  EventDecoder(Knowledge known, Identity self) {
    this.places = known.places();
    this.words = new ActivityWords(places, self.botId());
    this.links = known.links();
    this.edits = known.edits();
    this.readFirst = known.readFirst();
    this.alerts = known.alerts();
    this.self = self;
    this.surroundings = new Surroundings(places, self);
    this.chosen = new ChosenMessage(links);
  }

  /** Returns whether this is our own doing coming back. */
  boolean isOurs(Heard heard) {
    return self.is(heard.activity().getFrom(), heard.activity());
  }

  /** Returns the deliveries of an activity that is no invoke; several for one with many members. */
  List<Delivery> plain(Heard heard) {
    if (isOurs(heard)) {
      return List.of();
    }
    return switch (heard.activity().getType()) {
      case ActivityTypes.MESSAGE -> List.of(message(heard));
      case ActivityTypes.MESSAGE_UPDATE -> List.of(edited(heard));
      case ActivityTypes.MESSAGE_DELETE -> List.of(deleted(heard));
      case ActivityTypes.MESSAGE_REACTION -> reactions(heard);
      case ActivityTypes.CONVERSATION_UPDATE -> surroundings.changes(heard);
      case ActivityTypes.INSTALLATION_UPDATE -> surroundings.installation(heard);
      default -> List.of();
    };
  }

  /** Returns a command once more, when it is taken for a repeat of words that were read before. */
  Optional<Delivery> readFirst(Delivery repeat) {
    return readFirst.command(repeat);
  }

  private Delivery message(Heard heard) {
    Activity activity = heard.activity();
    MessageRef message = heard.message(activity.getId());
    String key = DeliveryKeys.message(message);
    if (isCommand(heard)) {
      return delivery(heard, key, command(heard, words.ofCommand(activity), Optional.of(message)));
    }
    List<PostedCard> cards = ActivityWords.cards(activity);
    Profile author = author(heard, cards);
    ChatEvent.MessagePosted posted =
        new ChatEvent.MessagePosted(
            heard.at(),
            author,
            heard.place(),
            message,
            words.of(activity),
            Optional.of(links.message(message, heard.conversation().group())),
            ActivityWords.files(activity),
            author.bot() ? cards : List.of(),
            false);
    return delivery(heard, key, posted);
  }

  private Profile author(Heard heard, List<PostedCard> cards) {
    return alerts.author(heard.by(), heard.conversation().id(), !cards.isEmpty());
  }

  private boolean isCommand(Heard heard) {
    if (heard.by().bot()) {
      return false;
    }
    return heard.conversation().kind() == Kind.PERSONAL
        || isTargeted(heard.activity())
        || words.mentionsBot(heard.activity());
  }

  private static boolean isTargeted(Activity activity) {
    JsonNode targeted =
        activity.getRecipient() == null
            ? null
            : activity.getRecipient().getProperties().get("isTargeted");
    return targeted != null && targeted.asBoolean(false);
  }

  private ChatEvent.CommandInvoked command(Heard heard, String text, Optional<MessageRef> message) {
    return new ChatEvent.CommandInvoked(
        heard.at(),
        heard.caller(),
        heard.place(),
        text,
        message,
        reply(heard),
        Optional.of(opening(heard, Optional.empty())));
  }

  /** Returns the message that a message extension was used on, if it was. */
  Optional<Quotation> chosen(Heard heard, MessagingExtensionAction action) {
    return chosen.of(heard, action);
  }

  /** Returns the delivery of a command given by a message extension, which waits for a dialog. */
  Delivery command(Heard heard, Shortcut shortcut, Optional<Quotation> about, FormOpening opening) {
    ChatEvent.CommandInvoked event =
        new ChatEvent.CommandInvoked(
            heard.at(),
            heard.caller(),
            heard.place(),
            shortcut.verb(),
            Optional.empty(),
            reply(heard),
            Optional.of(opening),
            about);
    String key = DeliveryKeys.other(heard.conversation().id(), heard.activity().getId(), "command");
    return delivery(heard, key, event);
  }

  /** Returns the delivery of a press. */
  Delivery press(Heard heard, String token, FormOpening opening) {
    Optional<MessageRef> message =
        Optional.ofNullable(heard.activity().getReplyToId())
            .filter(id -> !id.isBlank())
            .map(heard::message);
    ChatEvent.ButtonPressed event =
        new ChatEvent.ButtonPressed(
            heard.at(),
            heard.caller(),
            new Place(heard.channel(), heard.conversation().name(), heard.root()),
            message,
            token,
            reply(heard),
            Optional.of(opening));
    return delivery(heard, DeliveryKeys.press(token, heard.activity().getId()), event);
  }

  /** Returns the delivery of a form. */
  Delivery submission(Heard heard, String token, Map<String, String> values) {
    ChatEvent.FormSubmitted event =
        new ChatEvent.FormSubmitted(heard.at(), heard.caller(), token, values, reply(heard));
    return delivery(heard, DeliveryKeys.submission(token, heard.activity().getId()), event);
  }

  /** Returns the right to open a form here; {@code dialog} names a call that waits for it. */
  FormOpening opening(Heard heard, Optional<String> dialog) {
    String place = MessageIds.conversation(heard.conversation().id(), heard.root());
    return new FormOpening(
        dialog.map(d -> d + " ").orElse("") + place, heard.ours().plus(FORM_LIFE));
  }

  /** Returns where the person is answered. */
  static ReplyTo reply(Heard heard) {
    return new ReplyTo(
        heard.by().person().ref(),
        heard.channel(),
        Optional.of(MessageIds.conversation(heard.conversation().id(), heard.root())),
        heard.ours().plus(PRIVATE_LIFE),
        Optional.ofNullable(heard.activity().getId()));
  }

  private Delivery edited(Heard heard) {
    MessageRef message = heard.message(heard.activity().getId());
    String now = words.of(heard.activity());
    List<PostedCard> cards = ActivityWords.cards(heard.activity());
    Profile author = author(heard, cards);
    Instant at = edits.of(message, now, heard.at());
    List<Memory.Write> alongside = new ArrayList<>(heard.alongside(places));
    alongside.add(edits.remember(message, now, at));
    return new Delivery(
        DeliveryKeys.edit(message, at),
        new ChatEvent.MessageEdited(at, author, message, now, author.bot() ? cards : List.of()),
        heard.raw(),
        alongside);
  }

  private Delivery deleted(Heard heard) {
    MessageRef message = heard.message(heard.activity().getId());
    return delivery(
        heard,
        DeliveryKeys.deletion(message),
        new ChatEvent.MessageDeleted(heard.at(), Optional.of(heard.by()), message));
  }

  private List<Delivery> reactions(Heard heard) {
    Activity activity = heard.activity();
    List<Delivery> all = new ArrayList<>();
    if (activity.getReplyToId() == null) {
      return all;
    }
    MessageRef message = heard.message(activity.getReplyToId());
    for (MessageReaction added : Listed.of(activity.getReactionsAdded())) {
      String name = ReactionName.of(added.getType());
      all.add(
          delivery(
              heard,
              key(heard, "added-" + name),
              new ChatEvent.ReactionAdded(heard.at(), heard.by(), message, name)));
    }
    for (MessageReaction removed : Listed.of(activity.getReactionsRemoved())) {
      String name = ReactionName.of(removed.getType());
      all.add(
          delivery(
              heard,
              key(heard, "removed-" + name),
              new ChatEvent.ReactionRemoved(heard.at(), heard.by(), message, name)));
    }
    return all;
  }

  private static String key(Heard heard, String what) {
    return DeliveryKeys.other(heard.conversation().id(), heard.activity().getId(), what);
  }

  private Delivery delivery(Heard heard, String key, ChatEvent event) {
    return new Delivery(key, event, heard.raw(), heard.alongside(places));
  }
}
