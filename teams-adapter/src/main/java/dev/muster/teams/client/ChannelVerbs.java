// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.teams.client.Graph.Created;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import dev.muster.teams.render.MessageRenderer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/**
 * Finds, renames, describes and archives standard channels through Graph. Every call may be
 * repeated without harm.
 */
public final class ChannelVerbs {

  /** Names tried before giving up: the wanted one and numbered ones behind it. */
  static final int MOST_NAMES = 20;

  /** Longest description that Graph is known to take. */
  private static final int LONGEST_TOPIC = 900;

  /** So long a channel is known by its name; only those that the operator names are looked up. */
  private static final Duration FOUND_LASTS = Duration.ofMinutes(10);

  private final Wires wires;
  private final HomeTeams teams;
  private final Map<String, Found> found = new ConcurrentHashMap<>();

  /** Creates the verbs. */
  public ChannelVerbs(Wires wires, HomeTeams teams) {
    this.wires = wires;
    this.teams = teams;
  }

  ChatOutcome<List<JsonNode>> list(String group) {
    HttpUrl url = wires.graph().at("teams", group, "channels").build();
    return wires.graph().list("Listing channels", url);
  }

  /** Remembers a channel as Graph shows it; {@code byUs} when the bot made it. */
  ChatOutcome<OpenedChannel> opened(String group, JsonNode channel, boolean byUs) {
    String id = channel.path("id").asText("");
    String name = channel.path("displayName").asText("");
    if (id.isEmpty()) {
      return new ChatOutcome.Unknown<>("Opening a channel was answered without the channel's id.");
    }
    Optional<Conversation> before = wires.places().conversation(id);
    Instant at =
        before.map(Conversation::openedAt).orElse(byUs ? wires.clock().instant() : Instant.EPOCH);
    String team = before.map(Conversation::team).orElse("");
    Conversation place = new Conversation(id, Kind.CHANNEL, name, team, group, at);
    wires.places().keep(wires.places().remember(place));
    String url = channel.path("webUrl").asText(wires.links().channel(id, name, group));
    return new ChatOutcome.Done<>(new OpenedChannel(ref(id), name, url));
  }

  private static ChannelRef ref(String id) {
    return new ChannelRef(MessageIds.PLATFORM, id);
  }

  /** Our tag stands behind the topic, so that the channel is known again. */
  static String description(String topic, String tag) {
    String short1 =
        topic.length() > LONGEST_TOPIC ? topic.substring(0, LONGEST_TOPIC - 1) + "…" : topic;
    return (short1 + " " + tag).strip();
  }

  /**
   * Returns the channel of that name in the home teams; lists them, unless it was found a moment
   * ago.
   */
  public ChatOutcome<OpenedChannel> find(String name) {
    String wanted = name.startsWith("#") ? name.substring(1) : name;
    Optional<OpenedChannel> known =
        Optional.ofNullable(found.get(key(wanted))).filter(this::holds).map(Found::channel);
    if (known.isPresent()) {
      return new ChatOutcome.Done<>(known.get());
    }
    ChatOutcome<OpenedChannel> looked = lookUp(wanted);
    if (looked instanceof ChatOutcome.Done<OpenedChannel> done) {
      found.put(key(wanted), new Found(done.value(), wires.clock().instant()));
    }
    return looked;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** A channel that was found by its name. */
  private record Found(OpenedChannel channel, Instant at) {}

  private boolean holds(Found found) {
    Duration age = Duration.between(found.at(), wires.clock().instant());
    String id = found.channel().channel().id();
    boolean named =
        wires
            .places()
            .conversation(id)
            .filter(place -> place.name().equals(found.channel().name()))
            .isPresent();
    return named && !age.isNegative() && age.compareTo(FOUND_LASTS) < 0;
  }

  private ChatOutcome<OpenedChannel> lookUp(String wanted) {
    for (String group : teams.groups()) {
      ChatOutcome<List<JsonNode>> listed = list(group);
      if (!(listed instanceof ChatOutcome.Done<List<JsonNode>> done)) {
        return listed.map(unused -> null);
      }
      for (JsonNode channel : done.value()) {
        if (channel.path("displayName").asText("").equalsIgnoreCase(wanted)) {
          return opened(group, channel, false);
        }
      }
    }
    return new ChatOutcome.Refused<>(
        "There is no channel " + wanted + " in the home teams. Make one, or name another.");
  }

  /** Gives a channel the wanted name, or the nearest that is free. */
  public ChatOutcome<OpenedChannel> rename(Conversation place, String wantedName) {
    ChatOutcome<HttpUrl> url = url(place.id());
    if (!(url instanceof ChatOutcome.Done<HttpUrl> at)) {
      return url.map(unused -> null);
    }
    for (int attempt = 1; attempt <= MOST_NAMES; attempt++) {
      String name = ChannelName.of(wantedName, attempt);
      ObjectNode body = Json.object().put("displayName", name);
      Graph graph = attempt == 1 ? wires.graph() : wires.graph().then();
      ChatOutcome<Created> outcome = graph.patch("Renaming a channel", at.value(), body);
      if (!(outcome instanceof ChatOutcome.Done<Created> done)) {
        return outcome.map(unused -> null);
      }
      if (!done.value().nameTaken()) {
        return renamed(place, name);
      }
    }
    return new ChatOutcome.Refused<>("Every name near the wanted one is taken.");
  }

  private ChatOutcome<OpenedChannel> renamed(Conversation place, String name) {
    return teams
        .group(place.id())
        .map(
            group -> {
              Conversation now =
                  new Conversation(
                      place.id(), Kind.CHANNEL, name, place.team(), group, place.openedAt());
              wires.places().keep(wires.places().remember(now));
              String url = wires.links().channel(place.id(), name, group);
              return new OpenedChannel(ref(place.id()), name, url);
            });
  }

  /** Teams has no topic; the description is the nearest, and our tag stays at its end. */
  public ChatOutcome<Nothing> describe(String channel, String topic) {
    ChatOutcome<HttpUrl> url = url(channel);
    if (!(url instanceof ChatOutcome.Done<HttpUrl> at)) {
      return url.map(unused -> Nothing.NOTHING);
    }
    ChatOutcome<JsonNode> read = wires.graph().get("Reading a channel", at.value());
    if (!(read instanceof ChatOutcome.Done<JsonNode> done)) {
      return read.map(unused -> Nothing.NOTHING);
    }
    String before = done.value().path("description").asText("");
    int tag = before.lastIndexOf("[" + MessageRenderer.TAG);
    String now = description(topic, tag < 0 ? "" : before.substring(tag));
    return wires
        .graph()
        .then()
        .patch("Describing a channel", at.value(), Json.object().put("description", now))
        .map(unused -> Nothing.NOTHING);
  }

  /** Archives or brings back; a channel that is so already counts as done. */
  public ChatOutcome<Nothing> archive(String channel, boolean archived) {
    ChatOutcome<HttpUrl> url = url(channel);
    if (!(url instanceof ChatOutcome.Done<HttpUrl> at)) {
      return url.map(unused -> Nothing.NOTHING);
    }
    ChatOutcome<JsonNode> read = wires.graph().get("Reading a channel", at.value());
    if (!(read instanceof ChatOutcome.Done<JsonNode> done)) {
      return read.map(unused -> Nothing.NOTHING);
    }
    if (done.value().path("isArchived").asBoolean(false) == archived) {
      return ChatOutcome.done();
    }
    HttpUrl verb =
        at.value().newBuilder().addPathSegment(archived ? "archive" : "unarchive").build();
    return wires
        .graph()
        .then()
        .act(archived ? "Archiving a channel" : "Bringing a channel back", verb, Json.object())
        .map(
            unused -> {
              believe(channel);
              return Nothing.NOTHING;
            });
  }

  /** From now on a refusal means what it says, and not that the channel is too new. */
  private void believe(String channel) {
    Conversation was = teams.conversation(channel);
    Conversation now =
        new Conversation(channel, was.kind(), was.name(), was.team(), was.group(), Instant.EPOCH);
    wires.places().keep(wires.places().remember(now));
  }

  private ChatOutcome<HttpUrl> url(String channel) {
    return teams
        .group(channel)
        .map(group -> wires.graph().at("teams", group, "channels", channel).build());
  }
}
