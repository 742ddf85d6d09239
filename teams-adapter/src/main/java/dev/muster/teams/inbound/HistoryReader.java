// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import dev.muster.chat.spi.ChatPlatform.HistoryPage;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.pace.Recent;
import dev.muster.teams.client.HomeTeams;
import dev.muster.teams.client.MessageIds;
import dev.muster.teams.client.Places.Conversation;
import dev.muster.teams.client.Places.Kind;
import dev.muster.teams.client.Wires;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/**
 * Reads past messages through Graph to fill a gap. Graph tells the newest first; we tell the oldest
 * first. A caller who comes back after Graph asked to wait finds what was read before. Any thread
 * may call.
 */
public final class HistoryReader {

  /** A page of a channel that is read again and again. */
  private static final String LITTLE = "10";

  /** Deliveries handed over at once. */
  private static final int AT_ONCE = 200;

  /** Walks that wait for Graph; forgetting one costs calls alone. */
  private static final int MOST_WALKS = 20;

  /** What is older and not shown is gone. */
  private static final Duration NEW = Duration.ofMinutes(1);

  private static final Duration NOT_YET = Duration.ofSeconds(5);

  private static final String READING = "Reading past messages";

  private final Wires wires;
  private final HomeTeams teams;
  private final MessageDecoder messages;
  private final ReadFirst readFirst;
  private final Predicate<ChannelRef> gapAlone;
  private final Map<String, HistoryWalk> walks = new Recent<>(MOST_WALKS);

  /**
   * Creates the reader.
   *
   * @param gapAlone channels of which nothing before the gap is looked at, because they are large
   *     and nobody keeps what was said there
   */
  public HistoryReader(
      Wires wires, HomeTeams teams, Knowledge known, Predicate<ChannelRef> gapAlone) {
    this.wires = wires;
    this.teams = teams;
    this.messages = new MessageDecoder(known, wires.identity().appId());
    this.readFirst = known.readFirst();
    this.gapAlone = gapAlone;
  }

  /** Returns one page of deliveries since an instant; {@code page} is the key to go on behind. */
  public ChatOutcome<HistoryPage> read(ChannelRef channel, Instant since, Optional<String> page) {
    ChatOutcome<HttpUrl> first = teams.messages(channel.id());
    if (!(first instanceof ChatOutcome.Done<HttpUrl> at)) {
      return first.map(unused -> null);
    }
    String key = channel.id() + "/" + since;
    HistoryWalk walk = walk(key, at.value(), since, !gapAlone.test(channel));
    synchronized (walk) {
      ChatOutcome<Nothing> gone = walk.goOn();
      if (gone instanceof ChatOutcome.RetryLater<Nothing>) {
        return gone.map(unused -> null);
      }
      HistoryPage answer =
          gone instanceof ChatOutcome.Done<Nothing> ? page(walk, channel, since, page) : null;
      if (answer == null || answer.next().isEmpty()) {
        forget(key);
      }
      return gone.map(unused -> answer);
    }
  }

  /** Forgets, a few at each call, what was read so long ago that nobody tells of it any more. */
  public void tidy() {
    readFirst.tidy(wires.clock().instant());
  }

  private HistoryWalk walk(String key, HttpUrl first, Instant since, boolean further) {
    synchronized (walks) {
      return walks.computeIfAbsent(key, k -> new HistoryWalk(wires.graph(), first, since, further));
    }
  }

  private void forget(String key) {
    synchronized (walks) {
      walks.remove(key);
    }
  }

  /** Returns Graph's time as of its last answer; empty before the first. */
  Optional<Instant> theirTime() {
    return wires.graph().theirTime();
  }

  /** Returns a walk over what is newest in a channel that is read again and again. */
  ChatOutcome<HistoryWalk> newest(ChannelRef channel, Instant since) {
    return teams
        .messages(channel.id())
        .map(
            url ->
                new HistoryWalk(
                    wires.graph(),
                    url.newBuilder().setQueryParameter("$top", LITTLE).build(),
                    since,
                    false));
  }

  /** Returns what a walk found and happened since an instant, oldest first. */
  List<Delivery> deliveries(HistoryWalk walk, ChannelRef channel, Instant since) {
    Conversation place = place(channel.id());
    List<Delivery> all = new ArrayList<>();
    walk.found().forEach(message -> all.addAll(messages.deliveries(message, place)));
    return all.stream()
        .filter(delivery -> !delivery.event().at().isBefore(since))
        .sorted(
            Comparator.comparing((Delivery delivery) -> delivery.event().at())
                .thenComparing(Delivery::key))
        .toList();
  }

  private HistoryPage page(
      HistoryWalk walk, ChannelRef channel, Instant since, Optional<String> after) {
    List<Delivery> sorted = deliveries(walk, channel, since);
    int from = after.map(key -> behind(sorted, key)).orElse(0);
    int end = Math.min(from + AT_ONCE, sorted.size());
    return end < sorted.size()
        ? new HistoryPage(sorted.subList(from, end), Optional.of(sorted.get(end - 1).key()))
        : new HistoryPage(
            sorted.subList(from, end),
            Optional.empty(),
            Optional.of(walk.standing(messages, channel.id())));
  }

  /** One that is not there any more begins anew; what is told twice is known by its key. */
  private static int behind(List<Delivery> sorted, String key) {
    return sorted.stream().map(Delivery::key).toList().indexOf(key) + 1;
  }

  private Conversation place(String channel) {
    ChatOutcome<String> group = groupOf(channel);
    Conversation known = teams.conversation(channel);
    return new Conversation(
        known.id(),
        known.kind(),
        known.name(),
        known.team(),
        group instanceof ChatOutcome.Done<String> g ? g.value() : "",
        known.openedAt());
  }

  /** Reads one message of a channel, a thread or a group chat. */
  public ChatOutcome<Delivery> one(MessageRef wanted) {
    String channel = wanted.channel().id();
    Conversation place = teams.conversation(channel);
    ChatOutcome<HttpUrl> all = teams.messages(channel);
    if (!(all instanceof ChatOutcome.Done<HttpUrl> at)) {
      return all.map(unused -> null);
    }
    HttpUrl.Builder url = at.value().newBuilder().query(null);
    MessageIds.root(wanted).ifPresent(root -> url.addPathSegment(root).addPathSegment("replies"));
    url.addPathSegment(MessageIds.id(wanted));
    ChatOutcome<JsonNode> read = wires.graph().get(READING, url.build());
    if (!(read instanceof ChatOutcome.Done<JsonNode> done)) {
      return isNew(wanted) && isNotThere(read)
          ? new ChatOutcome.RetryLater<>("Graph does not show the message yet", NOT_YET)
          : read.map(unused -> null);
    }
    return messages.deliveries(done.value(), place).stream()
        .filter(delivery -> delivery.event() instanceof ChatEvent.MessagePosted)
        .findFirst()
        .<ChatOutcome<Delivery>>map(ChatOutcome.Done::new)
        .orElseGet(() -> new ChatOutcome.Refused<>("the message is gone or nobody's words"));
  }

  private static boolean isNotThere(ChatOutcome<JsonNode> read) {
    return read.refusedFor(ChatOutcome.Cause.MESSAGE_GONE)
        || read.refusedFor(ChatOutcome.Cause.OTHER);
  }

  /** Graph may show a message later than Teams delivers it; the id of a message is its time. */
  private boolean isNew(MessageRef message) {
    String id = MessageIds.id(message);
    return id.matches("\\d{13}")
        && wires.clock().instant().isBefore(Instant.ofEpochMilli(Long.parseLong(id)).plus(NEW));
  }

  private ChatOutcome<String> groupOf(String channel) {
    return teams.conversation(channel).kind() == Kind.CHANNEL
        ? teams.group(channel)
        : new ChatOutcome.Done<>("");
  }
}
