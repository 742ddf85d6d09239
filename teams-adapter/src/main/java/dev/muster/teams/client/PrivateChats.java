// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.pace.Attempts;
import dev.muster.teams.client.Graph.Created;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Opens the group chat of a private incident: a bot cannot post in private channels, and everybody
 * of a team sees its standard ones. Graph makes a chat only with a member in it, so the operator
 * names its owner; and the app must be added to the chat before it can speak there.
 */
public final class PrivateChats {

  private static final String OPENING = "Opening a chat";
  private static final String MEMBER = "#microsoft.graph.aadUserConversationMember";

  /** Clocks of both sides may differ by this much. */
  private static final Duration SLACKNESS = Duration.ofMinutes(1);

  private final Wires wires;
  private final Attempts attempts;

  /** Creates the verbs. */
  public PrivateChats(Wires wires, Attempts attempts) {
    this.wires = wires;
    this.attempts = attempts;
  }

  /** Opens a group chat with its owner and the app in it, once per key. */
  public ChatOutcome<OpenedChannel> open(OnceKey key, ChannelSpec spec) {
    if (!wires.identity().canOpenChats()) {
      return new ChatOutcome.Refused<>(
          "Private incidents need a chat of their own. Set private-owner and catalog-app under"
              + " platforms.teams.");
    }
    String name = ChannelName.of(spec.wantedName(), 1);
    if (attempts.mayBeDone(key)) {
      ChatOutcome<Optional<JsonNode>> found = ours(name, key.firstTriedAt().minus(SLACKNESS));
      if (!(found instanceof ChatOutcome.Done<Optional<JsonNode>> done)) {
        return found.match(
            unused -> null,
            ChatOutcome.RetryLater::as,
            reason -> new ChatOutcome.Unknown<>("It may be open. " + reason),
            ChatOutcome.Unknown::new);
      }
      if (done.value().isPresent()) {
        return withApp(done.value().get(), name);
      }
      Optional<Duration> again = attempts.absent(key, wires.clock().instant());
      if (again.isPresent()) {
        return new ChatOutcome.RetryLater<>(
            "the chat is not there; looking once more", again.get());
      }
    }
    ChatOutcome<OpenedChannel> created = create(name);
    attempts.note(key, created);
    return created;
  }

  private ChatOutcome<OpenedChannel> create(String name) {
    ObjectNode body = Json.object().put("chatType", "group").put("topic", name);
    body.putArray("members").add(member(wires.identity().privateOwner(), "owner"));
    HttpUrl url = wires.graph().at("chats").build();
    ChatOutcome<Created> made = wires.graph().create(OPENING, url, body);
    if (!(made instanceof ChatOutcome.Done<Created> done)) {
      return made.map(unused -> null);
    }
    return done.value().made()
        ? withApp(done.value().body(), name)
        : new ChatOutcome.Refused<>(OPENING + " was refused by Teams. Check private-owner.");
  }

  private ObjectNode member(String person, String role) {
    ObjectNode member = Json.object().put("@odata.type", MEMBER);
    member.putArray("roles").add(role);
    HttpUrl user = wires.graph().at("users").build();
    return member.put("user@odata.bind", user + "('" + person.replace("'", "''") + "')");
  }

  /** A chat has no description, so ours is known by its owner, its topic and when it was made. */
  private ChatOutcome<Optional<JsonNode>> ours(String name, Instant since) {
    HttpUrl url = wires.graph().at("users", wires.identity().privateOwner(), "chats").build();
    ChatOutcome<List<JsonNode>> listed = wires.graph().list("Listing chats", url);
    return listed.map(
        chats ->
            chats.stream()
                .filter(chat -> chat.path("topic").asText("").equals(name))
                .filter(chat -> isSince(chat.path("createdDateTime").asText(""), since))
                .findFirst());
  }

  private static boolean isSince(String created, Instant since) {
    try {
      return !Instant.parse(created).isBefore(since);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private ChatOutcome<OpenedChannel> withApp(JsonNode chat, String name) {
    String id = chat.path("id").asText("");
    if (id.isEmpty()) {
      return new ChatOutcome.Unknown<>(OPENING + " was answered without the chat's id.");
    }
    HttpUrl app =
        wires.graph().at("appCatalogs", "teamsApps", wires.identity().catalogApp()).build();
    ObjectNode body = Json.object().put("teamsApp@odata.bind", app.toString());
    body.putObject("consentedPermissionSet").set("resourceSpecificPermissions", consented());
    HttpUrl url = wires.graph().at("chats", id, "installedApps").build();
    ChatOutcome<Created> added = wires.graph().then().create("Adding the app to a chat", url, body);
    if (!(added instanceof ChatOutcome.Done<Created> done)) {
      return added.match(
          unused -> null,
          later -> new ChatOutcome.Unknown<>(later.reason()),
          ChatOutcome.Refused::new,
          ChatOutcome.Unknown::new);
    }
    boolean there = done.value().made() || done.value().nameTaken();
    if (!there) {
      return new ChatOutcome.Refused<>(
          "The app cannot be added to a chat. Check catalog-app, and that the app package uploaded"
              + " is the one of this version.");
    }
    Instant now = wires.clock().instant();
    Conversation place = new Conversation(id, Kind.GROUP_CHAT, name, "", "", now);
    wires.places().keep(wires.places().remember(place));
    String link = chat.path("webUrl").asText(wires.links().chat(id));
    return new ChatOutcome.Done<>(
        new OpenedChannel(new ChannelRef(MessageIds.PLATFORM, id), name, link));
  }

  /**
   * Exactly what the app's manifest asks of a chat, or Graph refuses (Graph, "add app to chat").
   */
  private static ArrayNode consented() {
    ArrayNode all = Json.array();
    for (Scope scope : Scope.values()) {
      if (scope.of() == Scope.Of.A_CHAT) {
        all.addObject().put("permissionValue", scope.word()).put("permissionType", "Application");
      }
    }
    return all;
  }

  /** Gives a chat another topic. */
  public ChatOutcome<OpenedChannel> rename(Conversation place, String wantedName) {
    String name = ChannelName.of(wantedName, 1);
    HttpUrl url = wires.graph().at("chats", place.id()).build();
    return wires
        .graph()
        .patch("Renaming a chat", url, Json.object().put("topic", name))
        .map(
            unused -> {
              Conversation now =
                  new Conversation(place.id(), Kind.GROUP_CHAT, name, "", "", place.openedAt());
              wires.places().keep(wires.places().remember(now));
              return new OpenedChannel(
                  new ChannelRef(MessageIds.PLATFORM, place.id()),
                  name,
                  wires.links().chat(place.id()));
            });
  }

  /** Adds one person; somebody who is in already counts as added. False: Teams refuses them. */
  ChatOutcome<Boolean> add(String chat, String person) {
    HttpUrl url = wires.graph().at("chats", chat, "members").build();
    ObjectNode body =
        member(person, "owner").put("visibleHistoryStartDateTime", "0001-01-01T00:00:00Z");
    ChatOutcome<Created> added = wires.graph().create("Adding a person to a chat", url, body);
    return added.map(answer -> answer.made() || answer.nameTaken());
  }
}
