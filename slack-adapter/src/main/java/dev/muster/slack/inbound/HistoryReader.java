// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.Gson;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import com.slack.api.util.json.GsonFactory;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform.HistoryPage;
import dev.muster.chat.spi.Delivery;
import dev.muster.chat.spi.Urgency;
import dev.muster.slack.client.ChannelDirectory;
import dev.muster.slack.client.ErrorClass;
import dev.muster.slack.client.Failure;
import dev.muster.slack.client.Identity;
import dev.muster.slack.client.Reply;
import dev.muster.slack.client.SlackApi;
import dev.muster.slack.pace.Ask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads what was said in a channel since an instant, threads included, as the deliveries a live
 * connection would have brought. Slack gives the newest first; we walk back to the beginning of the
 * gap and hand out from there, so that a caller who stops has no hole behind it. Commands are left
 * out: nobody wants a command of an hour ago carried out now. Reactions and deletions are not in
 * Slack's history.
 */
public final class HistoryReader {

  private static final String HISTORY = "conversations.history";
  private static final String REPLIES = "conversations.replies";
  private static final int SLACK_PAGE = 200;

  /** 10,000 messages: more than an incident channel ever misses. */
  private static final int MOST_SLACK_PAGES = 50;

  /** One page of ours. */
  private static final int PAGE = 500;

  private final SlackApi api;
  private final Identity identity;
  private final MessageDecoder decoder;
  private final WalkedSoFar<Walked> soFar = new WalkedSoFar<>();
  private final Gson gson = GsonFactory.createSnakeCase();

  /** Creates the reader. */
  public HistoryReader(SlackApi api, Identity identity, ChannelDirectory directory) {
    this.api = api;
    this.identity = identity;
    this.decoder = new MessageDecoder(identity::ifKnown, directory::nameOf);
  }

  /** Reads one page, oldest first; {@code page} is what the page before named as next. */
  public ChatOutcome<HistoryPage> read(ChannelRef channel, Instant since, Optional<String> page) {
    String oldest = page.orElseGet(() -> Ts.of(since));
    return identity.get().match(self -> read(channel.id(), oldest, self), Failure::outcome);
  }

  /** Reads one message of a channel or of a thread in it. */
  public ChatOutcome<Delivery> one(MessageRef wanted) {
    return identity.get().match(self -> one(wanted, self), Failure::outcome);
  }

  private ChatOutcome<Delivery> one(MessageRef wanted, Identity.Self self) {
    String channel = wanted.channel().id();
    String ts = wanted.id();
    Reply<Walked> found = exactly(channel, ts);
    if (found.failure().isEmpty() && in(found, ts).isEmpty()) {
      found = replies(channel, ts, ts, "");
    }
    if (found.failure().isPresent()) {
      return found.failure().get().outcome();
    }
    return in(found, ts)
        .flatMap(message -> StrictJson.object(gson.toJson(message)))
        .map(json -> decoder.posted(Envelope.ofHistory(self), channel, json))
        .filter(Decoded.Heard.class::isInstance)
        .<ChatOutcome<Delivery>>map(
            heard -> new ChatOutcome.Done<>(((Decoded.Heard) heard).delivery()))
        .orElseGet(() -> new ChatOutcome.Refused<>("the message is gone or nobody's words"));
  }

  private static Optional<Message> in(Reply<Walked> found, String ts) {
    return ((Reply.Got<Walked>) found)
        .body().messages().stream().filter(message -> ts.equals(message.getTs())).findFirst();
  }

  private Reply<Walked> exactly(String channel, String ts) {
    return api.read(
            HISTORY,
            client ->
                client.conversationsHistory(
                    r -> r.channel(channel).oldest(ts).latest(ts).inclusive(true).limit(1)))
        .match(b -> got(b.getMessages(), b.getResponseMetadata()), Reply.Failed::new);
  }

  private ChatOutcome<HistoryPage> read(String channel, String oldest, Identity.Self self) {
    String walk = channel + "/" + oldest;
    Reply<List<Message>> roots =
        walk(HISTORY, at -> soFar.page(walk, at, () -> history(channel, oldest, at)));
    if (roots.failure().isPresent()) {
      return roots.failure().get().outcome();
    }
    List<Message> all = new ArrayList<>();
    for (Message root : ((Reply.Got<List<Message>>) roots).body()) {
      all.add(root);
      if (hasRepliesAfter(root, oldest)) {
        String ts = root.getTs();
        Reply<List<Message>> replies =
            walk(REPLIES, at -> soFar.page(walk, ts + at, () -> replies(channel, ts, oldest, at)));
        if (replies.failure().isPresent()) {
          return replies.failure().get().outcome();
        }
        ((Reply.Got<List<Message>>) replies)
            .body().stream().filter(m -> !m.getTs().equals(root.getTs())).forEach(all::add);
      }
    }
    soFar.ended(walk);
    return new ChatOutcome.Done<>(page(channel, all, self));
  }

  private static boolean hasRepliesAfter(Message root, String oldest) {
    return root.getReplyCount() != null
        && root.getReplyCount() > 0
        && (root.getLatestReply() == null || root.getLatestReply().compareTo(oldest) > 0);
  }

  private HistoryPage page(String channel, List<Message> all, Identity.Self self) {
    all.sort(Comparator.comparing(Message::getTs));
    List<Message> some = all.subList(0, Math.min(PAGE, all.size()));
    Envelope envelope = Envelope.ofHistory(self);
    List<Delivery> deliveries = new ArrayList<>();
    for (Message message : some) {
      StrictJson.object(gson.toJson(message))
          .ifPresent(json -> decode(envelope, channel, json, deliveries));
    }
    Optional<String> next =
        some.size() < all.size()
            ? Optional.of(some.get(some.size() - 1).getTs())
            : Optional.empty();
    return new HistoryPage(deliveries, next);
  }

  private void decode(
      Envelope envelope, String channel, JsonNode message, List<Delivery> deliveries) {
    add(decoder.posted(envelope, channel, message), deliveries);
    decoder.edited(envelope, channel, message).ifPresent(edit -> add(edit, deliveries));
  }

  private static void add(Decoded decoded, List<Delivery> deliveries) {
    if (decoded instanceof Decoded.Heard heard) {
      deliveries.add(heard.delivery());
    }
  }

  private interface Step {
    Reply<Walked> from(String cursor);
  }

  private record Walked(List<Message> messages, String next) {}

  /** Walks all pages. A part of them would be a hole nobody knows of, so it is all or nothing. */
  private static Reply<List<Message>> walk(String method, Step step) {
    List<Message> all = new ArrayList<>();
    String cursor = "";
    for (int n = 0; n < MOST_SLACK_PAGES; n++) {
      Reply<Walked> reply = step.from(cursor);
      if (reply.failure().isPresent()) {
        return new Reply.Failed<>(reply.failure().get());
      }
      Walked walked = ((Reply.Got<Walked>) reply).body();
      all.addAll(walked.messages());
      cursor = walked.next();
      if (cursor.isEmpty()) {
        return new Reply.Got<>(all);
      }
    }
    return new Reply.Failed<>(
        new Failure(ErrorClass.INPUT, method, "too_much_history", Duration.ZERO, "", false));
  }

  private Reply<Walked> history(String channel, String oldest, String cursor) {
    return api.read(
            Ask.of(HISTORY, Urgency.NEWS),
            client ->
                client.conversationsHistory(
                    r ->
                        r.channel(channel)
                            .oldest(oldest)
                            .limit(api.budget().historyPage(SLACK_PAGE))
                            .cursor(cursor)))
        .match(b -> got(b.getMessages(), b.getResponseMetadata()), Reply.Failed::new);
  }

  private Reply<Walked> replies(String channel, String root, String oldest, String cursor) {
    return api.read(
            Ask.of(REPLIES, Urgency.NEWS),
            client ->
                client.conversationsReplies(
                    r ->
                        r.channel(channel)
                            .ts(root)
                            .oldest(oldest)
                            .limit(api.budget().historyPage(SLACK_PAGE))
                            .cursor(cursor)))
        .match(b -> got(b.getMessages(), b.getResponseMetadata()), Reply.Failed::new);
  }

  private static Reply<Walked> got(List<Message> messages, ResponseMetadata metadata) {
    String next = metadata == null ? null : metadata.getNextCursor();
    return new Reply.Got<>(
        new Walked(messages == null ? List.of() : messages, next == null ? "" : next));
  }
}
