// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.Urgency;
import dev.muster.slack.pace.Ask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Searches a channel or thread for the post of an order by its mark. Of two, as a frozen process
 * may leave behind, the younger is deleted and the older one counts.
 */
final class PostedBefore {

  /** Our clock and Slack's may differ by this much. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

  private static final int PAGE = 200;
  private static final int MOST_PAGES = 5;

  private final SlackApi api;
  private final Identity identity;

  PostedBefore(SlackApi api, Identity identity) {
    this.api = api;
    this.identity = identity;
  }

  /** Returns the id of the message that carries the order's mark. */
  Reply<Optional<String>> find(OnceKey key, ChannelRef channel, Optional<String> thread) {
    return identity.get().match(self -> find(key, channel, thread, self), Reply.Failed::new);
  }

  private Reply<Optional<String>> find(
      OnceKey key, ChannelRef channel, Optional<String> thread, Identity.Self self) {
    List<String> found = new ArrayList<>();
    String oldest = seconds(key.firstTriedAt().minus(CLOCKS_DIFFER));
    String cursor = "";
    for (int n = 0; n < MOST_PAGES; n++) {
      Reply<Page> reply = page(new Search(channel.id(), thread, oldest, key.urgency()), cursor);
      if (reply.failure().isPresent()) {
        return new Reply.Failed<>(reply.failure().get());
      }
      Page page = ((Reply.Got<Page>) reply).body();
      page.messages().stream()
          .filter(m -> self.userId().equals(m.getUser()) && key.value().equals(mark(m)))
          .forEach(m -> found.add(m.getTs()));
      cursor = page.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
    found.sort(Comparator.naturalOrder());
    found.stream().skip(1).forEach(ts -> delete(channel, ts));
    return new Reply.Got<>(found.stream().findFirst());
  }

  private void delete(ChannelRef channel, String ts) {
    api.write("chat.delete", client -> client.chatDelete(r -> r.channel(channel.id()).ts(ts)));
  }

  private static String mark(Message message) {
    Message.Metadata metadata = message.getMetadata();
    boolean ours =
        metadata != null
            && MessageVerbs.METADATA_TYPE.equals(metadata.getEventType())
            && metadata.getEventPayload() != null;
    return ours ? String.valueOf(metadata.getEventPayload().get(MessageVerbs.METADATA_KEY)) : "";
  }

  private Reply<Page> page(Search search, String cursor) {
    Urgency urgency = search.urgency();
    Optional<String> thread = search.thread();
    return thread.isPresent()
        ? api.read(
                Ask.of("conversations.replies", urgency),
                client ->
                    client.conversationsReplies(
                        r ->
                            r.channel(search.channel())
                                .ts(thread.get())
                                .oldest(search.oldest())
                                .limit(api.budget().historyPage(PAGE))
                                .cursor(cursor)
                                .includeAllMetadata(true)))
            .match(
                b -> new Reply.Got<>(Page.of(b.getMessages(), b.getResponseMetadata())),
                Reply.Failed::new)
        : api.read(
                Ask.of("conversations.history", urgency),
                client ->
                    client.conversationsHistory(
                        r ->
                            r.channel(search.channel())
                                .oldest(search.oldest())
                                .limit(api.budget().historyPage(PAGE))
                                .cursor(cursor)
                                .includeAllMetadata(true)))
            .match(
                b -> new Reply.Got<>(Page.of(b.getMessages(), b.getResponseMetadata())),
                Reply.Failed::new);
  }

  private static String seconds(Instant at) {
    return at.getEpochSecond() + ".000000";
  }

  private record Search(String channel, Optional<String> thread, String oldest, Urgency urgency) {}

  private record Page(List<Message> messages, String next) {

    static Page of(List<Message> messages, ResponseMetadata metadata) {
      String next = metadata == null ? null : metadata.getNextCursor();
      return new Page(messages == null ? List.of() : messages, next == null ? "" : next);
    }
  }
}
