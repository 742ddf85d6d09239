// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.gson.Gson;
import com.slack.api.model.Message;
import com.slack.api.util.json.GsonFactory;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform.HistoryPage;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.pace.Recent;
import dev.muster.slack.client.ChannelDirectory;
import dev.muster.slack.client.Failure;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.Reply;
import dev.muster.slack.client.SlackApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads what was said in a channel since an instant, threads included, as the deliveries a live
 * connection would have brought, and what stands there now. Slack gives the newest first; we walk
 * back to the beginning of the gap and hand out from there, so that a caller who stops has no hole
 * behind it. A caller who comes back after Slack asked to wait finds what was read before. Commands
 * are left out: nobody wants a command of an hour ago carried out now. Any thread may call.
 */
public final class HistoryReader {

  /** One page of ours. */
  private static final int PAGE = 500;

  /**
   * What Slack pushes may be minutes old: it tries for the third time after six. Its clock need not
   * be ours either. What is read twice is recognised by its key.
   */
  private static final Duration LATE = Duration.ofMinutes(6);

  /** Nothing before the gap is kept of a channel of alerts, so an old one is better not read. */
  private static final Duration LATE_ALERT = Duration.ofMinutes(1);

  /** Walks that wait for Slack; forgetting one costs calls alone. */
  private static final int MOST_WALKS = 20;

  private final HistoryCalls calls;
  private final Identity identity;
  private final MessageDecoder decoder;
  private final Predicate<ChannelRef> gapAlone;
  private final Gson gson = GsonFactory.createSnakeCase();
  private final Map<String, HistoryWalk> walks = new Recent<>(MOST_WALKS);

  /**
   * Creates the reader.
   *
   * @param gapAlone channels of which nothing before the gap is looked at, because they are large
   *     and nobody keeps what was said there
   */
  public HistoryReader(
      SlackApi api, Identity identity, ChannelDirectory directory, Predicate<ChannelRef> gapAlone) {
    this.calls = new HistoryCalls(api);
    this.identity = identity;
    this.decoder = new MessageDecoder(identity::ifKnown, directory::nameOf);
    this.gapAlone = gapAlone;
  }

  /** Reads one page, oldest first; {@code page} is what the page before named as next. */
  public ChatOutcome<HistoryPage> read(ChannelRef channel, Instant since, Optional<String> page) {
    String from = Ts.of(since.minus(gapAlone.test(channel) ? LATE_ALERT : LATE));
    return identity
        .get()
        .match(self -> read(channel, from, page.orElse(""), self), Failure::outcome);
  }

  private ChatOutcome<HistoryPage> read(
      ChannelRef channel, String since, String after, Identity.Self self) {
    String key = channel.id() + "/" + since;
    HistoryWalk walk = walk(key, channel, since);
    synchronized (walk) {
      Optional<Failure> stopped = walk.goOn();
      if (stopped.isPresent()) {
        ChatOutcome<HistoryPage> outcome = stopped.get().outcome();
        if (outcome instanceof ChatOutcome.Refused<HistoryPage>) {
          forget(key);
        }
        return outcome;
      }
      HistoryPage page = page(channel.id(), walk, since, after, self);
      if (page.next().isEmpty()) {
        forget(key);
      }
      return new ChatOutcome.Done<>(page);
    }
  }

  private HistoryWalk walk(String key, ChannelRef channel, String since) {
    synchronized (walks) {
      return walks.computeIfAbsent(
          key, k -> new HistoryWalk(calls, channel.id(), since, !gapAlone.test(channel)));
    }
  }

  private void forget(String key) {
    synchronized (walks) {
      walks.remove(key);
    }
  }

  private HistoryPage page(
      String channel, HistoryWalk walk, String since, String after, Identity.Self self) {
    Envelope envelope = Envelope.ofHistory(self);
    List<Delivery> deliveries = new ArrayList<>();
    int taken = 0;
    for (Map.Entry<String, Message> entry : walk.found().entrySet()) {
      if (entry.getKey().compareTo(after) > 0) {
        if (taken++ == PAGE) {
          return new HistoryPage(deliveries, Optional.of(before(walk, entry.getKey())));
        }
        StrictJson.object(gson.toJson(entry.getValue()))
            .ifPresent(json -> decode(envelope, channel, since, json, deliveries));
      }
    }
    return new HistoryPage(deliveries, Optional.empty(), walk.standing(self.userId()));
  }

  private static String before(HistoryWalk walk, String ts) {
    return walk.found().keySet().stream()
        .takeWhile(earlier -> earlier.compareTo(ts) < 0)
        .reduce("", (one, other) -> other);
  }

  /** What was said before the gap was heard, but perhaps not how it was changed since. */
  private void decode(
      Envelope envelope,
      String channel,
      String since,
      JsonNode message,
      List<Delivery> deliveries) {
    if (StrictJson.text(message, "ts").compareTo(since) > 0) {
      add(decoder.posted(envelope, channel, message), deliveries);
    }
    if (StrictJson.text(message, "edited", "ts").compareTo(since) > 0) {
      decoder.edited(envelope, channel, message).ifPresent(edit -> add(edit, deliveries));
    }
  }

  private static void add(Decoded decoded, List<Delivery> deliveries) {
    if (decoded instanceof Decoded.Heard heard) {
      deliveries.add(heard.delivery());
    }
  }

  /** Reads one message of a channel or of a thread in it. */
  public ChatOutcome<Delivery> one(MessageRef wanted) {
    return identity.get().match(self -> one(wanted, self), Failure::outcome);
  }

  private ChatOutcome<Delivery> one(MessageRef wanted, Identity.Self self) {
    String channel = wanted.channel().id();
    String ts = wanted.id();
    Reply<HistoryCalls.Page> found = calls.exactly(channel, ts);
    if (found.failure().isEmpty() && in(found, ts).isEmpty()) {
      found = calls.exactlyInThread(channel, ts);
    }
    if (found.failure().isPresent()) {
      return found.failure().get().outcome();
    }
    return in(found, ts)
        .flatMap(message -> StrictJson.object(gson.toJson(message)))
        .map(json -> decoder.posted(Envelope.ofHistory(self), channel, withFiles(json)))
        .filter(Decoded.Heard.class::isInstance)
        .<ChatOutcome<Delivery>>map(
            heard -> new ChatOutcome.Done<>(((Decoded.Heard) heard).delivery()))
        .orElseGet(() -> new ChatOutcome.Refused<>("the message is gone or nobody's words"));
  }

  /**
   * Puts in what Slack tells of a file only when asked; what it keeps back still stays as it is.
   */
  private JsonNode withFiles(JsonNode message) {
    if (!(message.path("files") instanceof ArrayNode files)) {
      return message;
    }
    for (int i = 0; i < files.size(); i++) {
      if (MessageDecoder.isKeptBack(files.get(i))) {
        int place = i;
        calls
            .file(StrictJson.text(files.get(i), "id"))
            .flatMap(file -> StrictJson.object(gson.toJson(file)))
            .ifPresent(file -> files.set(place, file));
      }
    }
    return message;
  }

  private static Optional<Message> in(Reply<HistoryCalls.Page> found, String ts) {
    return ((Reply.Got<HistoryCalls.Page>) found)
        .body().messages().stream().filter(message -> ts.equals(message.getTs())).findFirst();
  }
}
