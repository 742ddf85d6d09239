// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.PostedCard;
import dev.muster.chat.Profile;
import dev.muster.chat.SharedFile;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatPlatform.Stood;
import dev.muster.chat.spi.ChatPlatform.StoodReaction;
import dev.muster.chat.spi.Delivery;
import dev.muster.teams.client.DeepLinks;
import dev.muster.teams.client.GraphMessage;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.render.PersonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes messages as Microsoft Graph tells them and makes of them what a live connection would have
 * delivered, under the same keys. Thread-safe.
 */
public final class MessageDecoder {

  private final DeepLinks links;
  private final EditTimes edits;
  private final ReadFirst readFirst;
  private final AlertPlaces alerts;
  private final String appId;

  /** Creates a decoder for the app {@code appId}. */
  public MessageDecoder(Knowledge known, String appId) {
    this.links = known.links();
    this.edits = known.edits();
    this.readFirst = known.readFirst();
    this.alerts = known.alerts();
    this.appId = appId;
  }

  /** Returns what a live connection would have delivered for one message, oldest first. */
  public List<Delivery> deliveries(JsonNode message, Conversation place) {
    List<Delivery> all = new ArrayList<>();
    List<PostedCard> cards = CardParts.of(message.path("attachments"));
    Optional<Profile> author =
        author(message).map(by -> alerts.author(by, place.id(), !cards.isEmpty()));
    boolean said = message.path("messageType").asText("message").equals("message");
    if (!said || author.isEmpty() || isOurs(message)) {
      return all;
    }
    MessageRef ref = GraphMessage.ref(message, place.id());
    Optional<Instant> deleted = GraphMessage.deletedAt(message);
    if (deleted.isPresent()) {
      ChatEvent event = new ChatEvent.MessageDeleted(deleted.get(), author, ref);
      all.add(Delivery.of(DeliveryKeys.deletion(ref), event));
      return all;
    }
    all.add(
        new Delivery(
            DeliveryKeys.message(ref),
            posted(message, place, author.get(), ref),
            new byte[0],
            author.get().bot()
                ? List.of()
                : List.of(readFirst.remember(ref, GraphMessage.createdAt(message)))));
    GraphMessage.instant(message.path("lastEditedDateTime"))
        .ifPresent(told -> all.add(edited(message, author.get(), ref, told)));
    return all;
  }

  private Delivery edited(JsonNode message, Profile author, MessageRef ref, Instant told) {
    String words = words(message);
    Instant at = edits.of(ref, words, told);
    return new Delivery(
        DeliveryKeys.edit(ref, at),
        new ChatEvent.MessageEdited(at, author, ref, words, cards(message, author)),
        new byte[0],
        List.of(edits.remember(ref, words, at)));
  }

  /** Returns what stands there now; empty for a message that is gone. */
  Optional<Stood> stood(JsonNode message, String conversation) {
    if (GraphMessage.deletedAt(message).isPresent()) {
      return Optional.empty();
    }
    List<StoodReaction> reactions = new ArrayList<>();
    for (JsonNode reaction : message.path("reactions")) {
      String user = reaction.path("user").path("user").path("id").asText("");
      if (!user.isEmpty()) {
        UserRef who = new UserRef(MessageIds.PLATFORM, user);
        reactions.add(new StoodReaction(ReactionName.of(reaction), who));
      }
    }
    return Optional.of(new Stood(GraphMessage.ref(message, conversation).id(), reactions));
  }

  private ChatEvent posted(JsonNode message, Conversation place, Profile author, MessageRef ref) {
    return new ChatEvent.MessagePosted(
        GraphMessage.createdAt(message),
        author,
        new Place(ref.channel(), place.name(), MessageIds.root(ref)),
        ref,
        words(message),
        Optional.of(links.message(ref, place.group())),
        files(message),
        cards(message, author),
        false);
  }

  private static List<PostedCard> cards(JsonNode message, Profile author) {
    return author.bot() ? CardParts.of(message.path("attachments")) : List.of();
  }

  private boolean isOurs(JsonNode message) {
    String app = message.path("from").path("application").path("id").asText("");
    return !app.isEmpty() && app.equals(appId);
  }

  /** Returns who wrote a message; empty when it does not say so. */
  static Optional<Profile> author(JsonNode message) {
    JsonNode user = message.path("from").path("user");
    JsonNode app = message.path("from").path("application");
    boolean bot = user.path("id").asText("").isEmpty();
    String id = bot ? app.path("id").asText("") : user.path("id").asText("");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    String name = (bot ? app : user).path("displayName").asText("");
    UserRef ref = new UserRef(MessageIds.PLATFORM, bot ? "28:" + id : id);
    return Optional.of(
        new Profile(new Person(ref, name), Optional.empty(), Optional.empty(), bot, false, true));
  }

  /** Returns the words of a message, mentions written neutrally; else those on its cards. */
  static String words(JsonNode message) {
    String typed = typed(message);
    return typed.isEmpty() ? CardParts.words(CardParts.of(message.path("attachments"))) : typed;
  }

  private static String typed(JsonNode message) {
    String content = message.path("body").path("content").asText("");
    if (!message.path("body").path("contentType").asText("").equals("html")) {
      return content.strip();
    }
    Map<String, String> mentions = new HashMap<>();
    for (JsonNode mention : message.path("mentions")) {
      String person = mention.path("mentioned").path("user").path("id").asText("");
      if (!person.isEmpty()) {
        mentions.put(mention.path("id").asText(), PersonValue.neutral(person));
      }
    }
    return TeamsText.of(content, id -> mentions.getOrDefault(id, ""));
  }

  private static List<SharedFile> files(JsonNode message) {
    List<SharedFile> files = new ArrayList<>();
    for (JsonNode attachment : message.path("attachments")) {
      if (attachment.path("contentType").asText("").equals("reference")) {
        String url = attachment.path("contentUrl").asText("");
        String id = attachment.path("id").asText("");
        String name = attachment.path("name").asText("");
        files.add(new SharedFile(id.isEmpty() ? url : id, name, "", 0, url));
      }
    }
    return files;
  }
}
