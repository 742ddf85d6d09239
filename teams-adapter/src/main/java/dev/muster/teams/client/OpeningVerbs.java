// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.pace.Attempts;
import dev.muster.teams.client.Graph.Created;
import dev.muster.teams.render.MessageRenderer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Opens standard channels, each order once. A channel of ours carries our tag in its description;
 * by the tag it is found again after a lost reply, and a channel without it is a stranger's,
 * whatever its name.
 */
public final class OpeningVerbs {

  private static final String OPENING = "Opening a channel";

  private final Wires wires;
  private final HomeTeams teams;
  private final FullTeams full;
  private final ChannelVerbs channels;
  private final Attempts attempts;
  private final PromisedChannels promised;

  /** Creates the verb. */
  public OpeningVerbs(
      Wires wires, HomeTeams teams, FullTeams full, ChannelVerbs channels, Attempts attempts) {
    this.wires = wires;
    this.teams = teams;
    this.full = full;
    this.channels = channels;
    this.attempts = attempts;
    this.promised = new PromisedChannels(wires.places());
  }

  /**
   * Opens a channel in the first home team with room, once per key. Lists lag, so that two absences
   * prove little: after a try whose fate is unknown every later one looks, whatever came between.
   */
  public ChatOutcome<OpenedChannel> open(OnceKey key, ChannelSpec spec) {
    if (teams.groups().isEmpty()) {
      return new ChatOutcome.Refused<>(
          "No home team is configured. Write its Entra group id under platforms.teams.teams.");
    }
    boolean unsure = attempts.mayBeDone(key) || promised.has(key);
    if (unsure) {
      ChatOutcome<Optional<OpenedChannel>> found = ours(key);
      if (!(found instanceof ChatOutcome.Done<Optional<OpenedChannel>> done)) {
        return found.match(
            unused -> null,
            ChatOutcome.RetryLater::as,
            reason -> new ChatOutcome.Unknown<>("It may be open. " + reason),
            ChatOutcome.Unknown::new);
      }
      if (done.value().isPresent()) {
        promised.kept(key);
        return new ChatOutcome.Done<>(done.value().get());
      }
      Optional<ChatOutcome<OpenedChannel>> again = lookedForAgain(key);
      if (again.isPresent()) {
        return again.get();
      }
    }
    ChatOutcome<OpenedChannel> created = createWhereThereIsRoom(key, spec);
    promised.note(key, created, wires.clock().instant());
    if (!unsure) {
      attempts.note(key, created);
    }
    return created;
  }

  /** What was promised is waited for; of anything else two absences are proof. */
  private Optional<ChatOutcome<OpenedChannel>> lookedForAgain(OnceKey key) {
    Instant now = wires.clock().instant();
    if (promised.isWaitedFor(key, now)) {
      return Optional.of(
          new ChatOutcome.RetryLater<>(
              "Teams is still making the channel.", PromisedChannels.LOOKED_EVERY, true));
    }
    return promised.has(key)
        ? Optional.empty()
        : attempts
            .absent(key, now)
            .map(
                wait ->
                    new ChatOutcome.RetryLater<>(
                        "the channel is not there; looking once more", wait));
  }

  /** A team that is lost or full is passed over while there is another. */
  private ChatOutcome<OpenedChannel> createWhereThereIsRoom(OnceKey key, ChannelSpec spec) {
    List<String> there =
        teams.groups().stream().filter(group -> !wires.places().isLost(group)).toList();
    for (String group : there.isEmpty() ? teams.groups() : there) {
      if (!full.isFull(group)) {
        ChatOutcome<OpenedChannel> created = create(group, key, spec);
        if (!full.isFull(group)) {
          return created;
        }
      }
    }
    return new ChatOutcome.Refused<>(
        "Every home team is full. Name another under platforms.teams.teams; deleted channels make"
            + " room after 30 days.");
  }

  private ChatOutcome<OpenedChannel> create(String group, OnceKey key, ChannelSpec spec) {
    for (int attempt = 1; attempt <= ChannelVerbs.MOST_NAMES; attempt++) {
      String name = ChannelName.of(spec.wantedName(), attempt);
      ObjectNode body =
          Json.object()
              .put("displayName", name)
              .put("description", ChannelVerbs.description(spec.topic(), tag(key)))
              .put("membershipType", "standard");
      HttpUrl url = wires.graph().at("teams", group, "channels").build();
      Graph graph = attempt == 1 ? wires.graph() : wires.graph().then();
      ChatOutcome<Created> outcome = graph.create(OPENING, url, body);
      if (!(outcome instanceof ChatOutcome.Done<Created> done)) {
        return outcome.map(unused -> null);
      }
      if (done.value().made()) {
        return named(spec, attempt, channels.opened(group, done.value().body(), true));
      }
      if (done.value().pending()) {
        return promise(key);
      }
      if (done.value().teamFull()) {
        full.refused(group);
        return new ChatOutcome.Refused<>("The team is full.");
      }
      if (!done.value().nameTaken()) {
        return new ChatOutcome.Refused<>(OPENING + " was answered with 400: Teams refuses it.");
      }
      if (attempts.mayBeDone(key) && !promised.has(key) && !isAStrangers(group, name, key)) {
        return perhapsOurs(key);
      }
    }
    return new ChatOutcome.Refused<>("Every name near the wanted one is taken.");
  }

  /** People may look for the incident where its name is. */
  private ChatOutcome<OpenedChannel> named(
      ChannelSpec spec, int attempt, ChatOutcome<OpenedChannel> made) {
    if (attempt > 1 && made instanceof ChatOutcome.Done<OpenedChannel> done) {
      full.nameTaken(ChannelName.of(spec.wantedName(), 1), done.value());
    }
    return made;
  }

  private boolean isAStrangers(String group, String name, OnceKey key) {
    return channels.list(group) instanceof ChatOutcome.Done<List<JsonNode>> done
        && done.value().stream()
            .filter(channel -> channel.path("displayName").asText("").equalsIgnoreCase(name))
            .anyMatch(channel -> !isOf(key, channel));
  }

  private static boolean isOf(OnceKey key, JsonNode channel) {
    return channel.path("description").asText("").endsWith(tag(key));
  }

  /** What an earlier try made holds its name before any list shows it. */
  private ChatOutcome<OpenedChannel> perhapsOurs(OnceKey key) {
    promised.assumed(key, wires.clock().instant());
    return new ChatOutcome.Unknown<>("The name is taken, perhaps by the channel of this order.");
  }

  /** A second promise is not believed: people are without a room, and a thread is there at once. */
  private ChatOutcome<OpenedChannel> promise(OnceKey key) {
    if (promised.isAccepted(key)) {
      return new ChatOutcome.Refused<>(
          "Teams accepted the channel twice and did not make it within "
              + PromisedChannels.WAITED_FOR.toSeconds()
              + " seconds.");
    }
    promised.accepted(key, wires.clock().instant());
    return new ChatOutcome.Unknown<>("Teams is still making the channel.");
  }

  private ChatOutcome<Optional<OpenedChannel>> ours(OnceKey key) {
    for (String group : teams.groups()) {
      ChatOutcome<List<JsonNode>> listed = channels.list(group);
      if (!(listed instanceof ChatOutcome.Done<List<JsonNode>> done)) {
        return listed.map(unused -> Optional.empty());
      }
      for (JsonNode channel : done.value()) {
        if (isOf(key, channel)) {
          return channels.opened(group, channel, true).map(Optional::of);
        }
      }
    }
    return new ChatOutcome.Done<>(Optional.empty());
  }

  private static String tag(OnceKey key) {
    return "[" + MessageRenderer.TAG + key.value() + "]";
  }
}
