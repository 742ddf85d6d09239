// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform.HistoryPage;
import dev.muster.chat.spi.Delivery;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import dev.muster.teams.inbound.HistoryReader;
import dev.muster.teams.inbound.MessageIds;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * Reads past messages through Graph: to fill a gap, and to find a message of ours whose answer was
 * lost. Graph tells the newest first; we tell the oldest first.
 */
final class History {

  /** Graph's largest page of messages. */
  private static final String PAGE = "50";

  /** Roots read at most for one call: 20 pages. */
  private static final int MOST_PAGES = 20;

  /** Deliveries handed over at once. */
  private static final int AT_ONCE = 200;

  /** Clocks of both sides may differ by this much. */
  private static final Duration SLACKNESS = Duration.ofSeconds(60);

  private static final String NOT_READABLE =
      "Teams lets no app read back its chat with one person.";

  private static final String READING = "Reading past messages";

  private final Wires wires;
  private final HomeTeams teams;
  private final HistoryReader messages;

  History(Wires wires, HomeTeams teams) {
    this.wires = wires;
    this.teams = teams;
    this.messages = new HistoryReader(wires.links(), wires.config().appId());
  }

  /** Returns one page of deliveries since an instant; {@code page} is the instant to go on from. */
  ChatOutcome<HistoryPage> read(ChannelRef channel, Instant since, Optional<String> page) {
    if (teams.conversation(channel.id()).kind() == Kind.PERSONAL) {
      return new ChatOutcome.Refused<>(NOT_READABLE);
    }
    Instant from = page.map(History::instant).orElse(since);
    ChatOutcome<List<JsonNode>> read = since(channel.id(), from);
    if (!(read instanceof ChatOutcome.Done<List<JsonNode>> done)) {
      return read.map(unused -> null);
    }
    ChatOutcome<String> group = groupOf(channel.id());
    Conversation known = teams.conversation(channel.id());
    Conversation place =
        new Conversation(
            known.id(),
            known.kind(),
            known.name(),
            known.team(),
            group instanceof ChatOutcome.Done<String> g ? g.value() : "",
            known.openedAt());
    List<Delivery> all = new ArrayList<>();
    done.value().forEach(message -> all.addAll(messages.deliveries(message, place)));
    List<Delivery> sorted =
        all.stream()
            .filter(delivery -> !delivery.event().at().isBefore(from))
            .sorted(Comparator.comparing(delivery -> delivery.event().at()))
            .toList();
    return new ChatOutcome.Done<>(window(sorted));
  }

  /** Reads one message of a channel, a thread or a group chat. */
  ChatOutcome<Delivery> one(MessageRef wanted) {
    String channel = wanted.channel().id();
    Conversation place = teams.conversation(channel);
    if (place.kind() == Kind.PERSONAL) {
      return new ChatOutcome.Refused<>(NOT_READABLE);
    }
    ChatOutcome<HttpUrl> all = messagesUrl(channel);
    if (!(all instanceof ChatOutcome.Done<HttpUrl> at)) {
      return all.map(unused -> null);
    }
    HttpUrl.Builder url = at.value().newBuilder().query(null);
    MessageIds.root(wanted).ifPresent(root -> url.addPathSegment(root).addPathSegment("replies"));
    url.addPathSegment(MessageIds.id(wanted));
    ChatOutcome<JsonNode> read = wires.graph().get(READING, url.build());
    if (!(read instanceof ChatOutcome.Done<JsonNode> done)) {
      return read.map(unused -> null);
    }
    return messages.deliveries(done.value(), place).stream()
        .filter(delivery -> delivery.event() instanceof ChatEvent.MessagePosted)
        .findFirst()
        .<ChatOutcome<Delivery>>map(ChatOutcome.Done::new)
        .orElseGet(() -> new ChatOutcome.Refused<>("the message is gone or nobody's words"));
  }

  private ChatOutcome<String> groupOf(String channel) {
    return teams.conversation(channel).kind() == Kind.CHANNEL
        ? teams.group(channel)
        : new ChatOutcome.Done<>("");
  }

  private static HistoryPage window(List<Delivery> sorted) {
    if (sorted.size() <= AT_ONCE) {
      return new HistoryPage(sorted, Optional.empty());
    }
    Instant next = sorted.get(AT_ONCE).event().at();
    boolean moves = next.isAfter(sorted.get(0).event().at());
    int end = moves ? AT_ONCE : sorted.size();
    return new HistoryPage(
        sorted.subList(0, end), moves ? Optional.of(next.toString()) : Optional.empty());
  }

  private static Instant instant(String page) {
    try {
      return Instant.parse(page);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("not a page of this history", e);
    }
  }

  /** Looks for the message made for an order; empty when it is surely not there. */
  ChatOutcome<Optional<MessageRef>> find(
      ChannelRef channel, Optional<String> thread, String tag, Instant firstTriedAt) {
    if (teams.conversation(channel.id()).kind() == Kind.PERSONAL) {
      return new ChatOutcome.Unknown<>(NOT_READABLE);
    }
    ChatOutcome<List<JsonNode>> read = since(channel.id(), firstTriedAt.minus(SLACKNESS), thread);
    return read.map(
        all ->
            all.stream()
                .filter(message -> messages.isTagged(message, tag))
                .min(Comparator.comparing(HistoryReader::createdAt))
                .map(message -> HistoryReader.ref(message, channel.id())));
  }

  private ChatOutcome<List<JsonNode>> since(String channel, Instant from, Optional<String> thread) {
    if (thread.isEmpty()) {
      return since(channel, from);
    }
    ChatOutcome<HttpUrl> url = messagesUrl(channel);
    if (!(url instanceof ChatOutcome.Done<HttpUrl> at)) {
      return url.map(unused -> List.of());
    }
    HttpUrl replies =
        at.value()
            .newBuilder()
            .query(null)
            .addPathSegment(thread.get())
            .addPathSegment("replies")
            .addQueryParameter("$top", PAGE)
            .build();
    return wires.graph().list(READING, replies);
  }

  private ChatOutcome<HttpUrl> messagesUrl(String channel) {
    if (teams.conversation(channel).kind() == Kind.GROUP_CHAT) {
      return new ChatOutcome.Done<>(
          wires.graph().at("chats", channel, "messages").addQueryParameter("$top", PAGE).build());
    }
    return teams
        .group(channel)
        .map(
            group ->
                wires
                    .graph()
                    .at("teams", group, "channels", channel, "messages")
                    .addQueryParameter("$top", PAGE)
                    .addQueryParameter("$expand", "replies")
                    .build());
  }

  /** Reads roots and their replies, newest first, until a whole page is older than wanted. */
  private ChatOutcome<List<JsonNode>> since(String channel, Instant from) {
    ChatOutcome<HttpUrl> first = messagesUrl(channel);
    if (!(first instanceof ChatOutcome.Done<HttpUrl> at)) {
      return first.map(unused -> List.of());
    }
    List<JsonNode> all = new ArrayList<>();
    HttpUrl url = at.value();
    for (int page = 0; page < MOST_PAGES && url != null; page++) {
      ChatOutcome<JsonNode> read = wires.graph().get(READING, url);
      if (!(read instanceof ChatOutcome.Done<JsonNode> done)) {
        return read.map(unused -> List.of());
      }
      boolean newer = collect(done.value().path("value"), from, all);
      url = newer ? HttpUrl.parse(done.value().path("@odata.nextLink").asText("")) : null;
    }
    return new ChatOutcome.Done<>(List.copyOf(all));
  }

  private static boolean collect(JsonNode roots, Instant from, List<JsonNode> all) {
    boolean newer = false;
    for (JsonNode root : roots) {
      all.add(root);
      root.path("replies").forEach(all::add);
      newer |= touchedAt(root).compareTo(from) >= 0;
    }
    return newer;
  }

  /** Graph orders roots by when anything in their thread last changed. */
  private static Instant touchedAt(JsonNode root) {
    try {
      return Instant.parse(root.path("lastModifiedDateTime").asText(""));
    } catch (DateTimeException e) {
      return HistoryReader.createdAt(root);
    }
  }
}
