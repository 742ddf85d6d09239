// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Cause;
import dev.muster.teams.client.Connector.Target;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;

/** Knows which team a channel belongs to, and how a conversation is reached. Thread-safe. */
public final class HomeTeams {

  private static final Duration ASKED_ANEW = Duration.ofSeconds(2);

  /** Until somebody adds the app; what waits goes out soon after. */
  private static final Duration CALLED_SINCE = Duration.ofSeconds(10);

  private static final Set<Cause> TOO_EARLY =
      Set.of(Cause.PERMISSION, Cause.NOT_A_MEMBER, Cause.CHANNEL_GONE);

  private final Wires wires;
  private final Map<String, String> general = new ConcurrentHashMap<>();

  /** Creates it; asks nothing yet. */
  public HomeTeams(Wires wires) {
    this.wires = wires;
  }

  /** Returns the Entra groups of the teams whose channels the bot opens, in order. */
  public List<String> groups() {
    return wires.identity().homeTeams();
  }

  /** Returns what is known of a conversation; of one never heard of, that it is a channel. */
  public Conversation conversation(String id) {
    return wires
        .places()
        .conversation(id)
        .orElseGet(() -> new Conversation(id, kind(id), "", "", "", Instant.EPOCH));
  }

  private static Kind kind(String id) {
    return id.startsWith("a:") ? Kind.PERSONAL : Kind.CHANNEL;
  }

  /** Returns how a conversation, or a thread in it, is reached; not before Teams has called. */
  public ChatOutcome<Target> target(String channel, String conversation) {
    Optional<String> address = wires.places().address(channel);
    if (address.isEmpty() && wires.places().hasHeard()) {
      return new ChatOutcome.Refused<>(
          "The address that Teams named is not on service-url-hosts. Add its host if it is one of"
              + " Microsoft's.");
    }
    return address.isPresent()
        ? new ChatOutcome.Done<>(new Target(address.get(), conversation))
        : new ChatOutcome.RetryLater<>(
            "Teams has not called yet, and its own address is not on service-url-hosts. Add"
                + " smba.trafficmanager.net, or add the app to a team so that Teams calls.",
            CALLED_SINCE);
  }

  /**
   * Returns the outcome of saying something. Before Teams has ever called, the app is in no team
   * and no chat, so that a refusal says only that it is too early.
   */
  <T> ChatOutcome<T> untilCalled(ChatOutcome<T> outcome) {
    boolean early = !wires.places().hasHeard() && TOO_EARLY.stream().anyMatch(outcome::refusedFor);
    return early
        ? new ChatOutcome.RetryLater<>(
            "Teams has not called yet. Add the app to a team or write to it.", CALLED_SINCE)
        : outcome;
  }

  /** Returns the Entra group of the team that a channel belongs to. */
  public ChatOutcome<String> group(String channel) {
    Conversation place = conversation(channel);
    if (!place.group().isEmpty()) {
      return new ChatOutcome.Done<>(place.group());
    }
    if (place.team().isEmpty()) {
      return groups().isEmpty()
          ? new ChatOutcome.Refused<>("The team of this channel is not known.")
          : new ChatOutcome.Done<>(groups().get(0));
    }
    Optional<String> known = wires.places().group(place.team());
    return known.isPresent() ? new ChatOutcome.Done<>(known.get()) : asked(place);
  }

  private ChatOutcome<String> asked(Conversation place) {
    Optional<String> address = wires.places().address(place.id());
    if (address.isEmpty()) {
      return new ChatOutcome.Refused<>("The team of this channel is not known.");
    }
    ChatOutcome<String> group = wires.connector().group(address.get(), place.team());
    if (group instanceof ChatOutcome.Done<String> done) {
      if (done.value().isEmpty()) {
        return new ChatOutcome.Refused<>("The app is not in the team of this channel any more.");
      }
      wires.places().keep(wires.places().rememberTeam(place.team(), done.value()));
    }
    return group;
  }

  /** Returns the id of a team's general channel, where every member of the team can be found. */
  ChatOutcome<String> generalChannel(String group) {
    String known = general.get(group);
    if (known != null) {
      return new ChatOutcome.Done<>(known);
    }
    ChatOutcome<JsonNode> read =
        wires
            .graph()
            .get(
                "Reading the general channel",
                wires.graph().at("teams", group, "primaryChannel").build());
    String id =
        read instanceof ChatOutcome.Done<JsonNode> done ? done.value().path("id").asText("") : "";
    if (read instanceof ChatOutcome.Done<JsonNode> && id.isEmpty()) {
      return new ChatOutcome.RetryLater<>("The general channel came without its id.", ASKED_ANEW);
    }
    if (!id.isEmpty()) {
      general.put(group, id);
    }
    return read.map(unused -> id);
  }

  /** Returns where Graph lists what was said in a channel or chat; refused where it does not. */
  public ChatOutcome<HttpUrl> messages(String channel) {
    return switch (conversation(channel).kind()) {
      case PERSONAL ->
          new ChatOutcome.Refused<>("Teams lets no app read back its chat with one person.");
      case GROUP_CHAT ->
          new ChatOutcome.Done<>(
              wires
                  .graph()
                  .at("chats", channel, "messages")
                  .addQueryParameter("$top", Graph.PAGE)
                  .build());
      case CHANNEL ->
          group(channel)
              .map(
                  group ->
                      wires
                          .graph()
                          .at("teams", group, "channels", channel, "messages")
                          .addQueryParameter("$top", Graph.PAGE)
                          .addQueryParameter("$expand", "replies")
                          .build());
    };
  }
}
