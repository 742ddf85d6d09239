// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.bot.schema.Activity;
import com.microsoft.bot.schema.Attachment;
import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.ForSome;
import dev.muster.chat.Button;
import dev.muster.chat.MessageRef;
import dev.muster.chat.UserRef;
import dev.muster.teams.render.MessageRenderer;
import dev.muster.teams.render.TypedHere;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Shows some people more on a card than the others. Everybody's card says whose client asks us for
 * another one when it is looked at, and that one is answered from memory, without the core: Teams
 * waits for it before it shows the card. Thread-safe.
 */
public final class OwnViews {

  /** The verb of the call by which a client asks for its own card. */
  public static final String VERB = "view";

  /** "userIds: at most 60"; more people hold no roles. */
  private static final int MOST_PEOPLE = 60;

  private final Places places;

  /** Creates them over what is remembered. */
  public OwnViews(Places places) {
    this.places = places;
  }

  /** Lets the clients of those who see more ask for their card. */
  public void offer(Activity activity, BotMessage message) {
    List<UserRef> people = people(message);
    for (Attachment attachment :
        people.isEmpty() ? List.<Attachment>of() : activity.getAttachments()) {
      if (attachment.getContent() instanceof ObjectNode card) {
        refresh(people).ifPresent(refresh -> card.set("refresh", refresh));
      }
    }
  }

  private static List<UserRef> people(BotMessage message) {
    return message.forSome().stream()
        .flatMap(some -> some.people().stream())
        .filter(person -> person.platform().equals(MessageIds.PLATFORM))
        .limit(MOST_PEOPLE)
        .toList();
  }

  /** Teams knows them here by the bot's id of them alone. */
  private Optional<ObjectNode> refresh(List<UserRef> people) {
    ArrayNode ids = Json.array();
    people.forEach(person -> places.botUser(person.id()).ifPresent(ids::add));
    if (ids.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode refresh = Json.object();
    ObjectNode action = refresh.putObject("action").put("type", "Action.Execute");
    action.put("title", "Refresh").put("verb", VERB).putObject("data");
    refresh.set("userIds", ids);
    return Optional.of(refresh);
  }

  /** Remembers what each is shown from now on; a message that shows all the same is forgotten. */
  public void keep(MessageRef shown, BotMessage neutral) {
    BotMessage message = TypedHere.in(shown.channel().id(), neutral);
    List<UserRef> people = people(message);
    String key = MessageIds.key(shown);
    if (people.isEmpty()) {
      places.keepView(key, Optional.empty());
      return;
    }
    ObjectNode row = Json.object();
    people.forEach(person -> row.withArrayProperty("people").add(person.id()));
    row.set("card", card(message, people));
    row.set("more", card(more(message), people));
    places.keepView(key, Optional.of(row));
  }

  private ObjectNode card(BotMessage message, List<UserRef> people) {
    ObjectNode card = MessageRenderer.card(message, Optional.empty());
    refresh(people).ifPresent(refresh -> card.set("refresh", refresh));
    return card;
  }

  private static BotMessage more(BotMessage message) {
    List<Button> all = new ArrayList<>(message.buttons());
    message.forSome().map(ForSome::buttons).ifPresent(all::addAll);
    return message.withButtons(all);
  }

  /** Returns the card of a message for whoever asks; empty when all are shown the same. */
  public Optional<JsonNode> of(MessageRef shown, String person) {
    return places
        .view(MessageIds.key(shown))
        .map(
            row -> {
              for (JsonNode each : row.path("people")) {
                if (each.asText().equals(person)) {
                  return row.path("more");
                }
              }
              return row.path("card");
            });
  }
}
