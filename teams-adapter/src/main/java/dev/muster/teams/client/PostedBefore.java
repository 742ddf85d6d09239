// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Searches a channel, a chat or a thread for the post of an order by its tag. Of two the older one
 * counts.
 */
final class PostedBefore {

  private static final String READING = "Reading past messages";

  /** Our clock and Microsoft's may differ by this much. */
  private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

  /** 2,000 threads; more than an incident's channel ever has. */
  private static final int MOST_PAGES = 40;

  private final Wires wires;
  private final HomeTeams teams;

  PostedBefore(Wires wires, HomeTeams teams) {
    this.wires = wires;
    this.teams = teams;
  }

  /** Returns the message that carries the order's tag; refused where nobody lets us look. */
  ChatOutcome<Optional<MessageRef>> find(OnceKey key, ChannelRef channel, Optional<String> thread) {
    ChatOutcome<HttpUrl> url = teams.messages(channel.id());
    if (!(url instanceof ChatOutcome.Done<HttpUrl> at)) {
      return url.map(unused -> Optional.empty());
    }
    Instant from = key.firstTriedAt().minus(CLOCKS_DIFFER);
    ChatOutcome<List<JsonNode>> read =
        thread.isPresent() ? replies(at.value(), thread.get()) : since(at.value(), from);
    String appId = wires.identity().appId();
    return read.map(
        all ->
            all.stream()
                .filter(message -> GraphMessage.isTagged(message, appId, key.value()))
                .min(Comparator.comparing(GraphMessage::createdAt))
                .map(message -> GraphMessage.ref(message, channel.id())));
  }

  private ChatOutcome<List<JsonNode>> replies(HttpUrl messages, String root) {
    HttpUrl replies =
        messages
            .newBuilder()
            .query(null)
            .addPathSegment(root)
            .addPathSegment("replies")
            .addQueryParameter("$top", Graph.PAGE)
            .build();
    return wires.graph().list(READING, replies);
  }

  /** Graph lists first what was changed last; a thread counts as changed with its answers. */
  private ChatOutcome<List<JsonNode>> since(HttpUrl messages, Instant from) {
    List<JsonNode> found = new ArrayList<>();
    HttpUrl next = messages;
    for (int pages = 0; next != null && pages < MOST_PAGES; pages++) {
      ChatOutcome<JsonNode> read = wires.graph().then().get(READING, next);
      if (!(read instanceof ChatOutcome.Done<JsonNode> done)) {
        return read.map(unused -> found);
      }
      boolean newer = false;
      for (JsonNode message : done.value().path("value")) {
        found.add(message);
        newer |= !touchedAt(message).isBefore(from);
      }
      next = newer ? HttpUrl.parse(done.value().path(Graph.NEXT).asText("")) : null;
    }
    return new ChatOutcome.Done<>(found);
  }

  private static Instant touchedAt(JsonNode root) {
    Instant touched = GraphMessage.touchedAt(root);
    for (JsonNode reply : root.path("replies")) {
      Instant at = GraphMessage.touchedAt(reply);
      touched = at.isAfter(touched) ? at : touched;
    }
    return touched;
  }
}
