// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import com.slack.api.methods.RequestFormBuilder;
import com.slack.api.methods.request.conversations.ConversationsHistoryRequest;
import com.slack.api.model.File;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import dev.muster.chat.spi.Urgency;
import dev.muster.slack.client.Reply;
import dev.muster.slack.client.SlackApi;
import dev.muster.slack.pace.Ask;
import java.util.List;
import java.util.Optional;
import okhttp3.FormBody;

/** The calls that read a channel, each for one page of Slack's. Any thread may call. */
final class HistoryCalls {

  private static final String HISTORY = "conversations.history";
  private static final String REPLIES = "conversations.replies";
  private static final int SLACK_PAGE = 200;

  private final SlackApi api;

  HistoryCalls(SlackApi api) {
    this.api = api;
  }

  /**
   * One page of Slack's.
   *
   * @param messages as Slack gives them: the newest first in a channel, the oldest in a thread
   * @param next where the next page begins; empty at the end
   * @param limited whether the workspace's plan hides older messages
   */
  record Page(List<Message> messages, String next, boolean limited) {}

  /** Some workspaces let an app read little at a time. */
  private int pageSize() {
    return api.budget().historyPage(SLACK_PAGE);
  }

  /**
   * Reads what stands outside threads, the newest first, whatever its age.
   *
   * @param before only what is older than this time of Slack's; empty for all
   */
  Reply<Page> channel(String channel, String before, String cursor) {
    FormBody.Builder form =
        RequestFormBuilder.toForm(
            ConversationsHistoryRequest.builder()
                .channel(channel)
                .latest(before.isEmpty() ? null : before)
                .limit(pageSize())
                .cursor(cursor)
                .build());
    return api.read(Ask.of(HISTORY, Urgency.NEWS), form, HistoryAnswer.class)
        .match(
            b -> got(b.getMessages(), b.getResponseMetadata(), b.isLimited()), Reply.Failed::new);
  }

  /** Reads a thread with its root. */
  Reply<Page> thread(String channel, String root, String cursor) {
    return api.read(
            Ask.of(REPLIES, Urgency.NEWS),
            client ->
                client.conversationsReplies(
                    r -> r.channel(channel).ts(root).limit(pageSize()).cursor(cursor)))
        .match(b -> got(b.getMessages(), b.getResponseMetadata()), Reply.Failed::new);
  }

  /** Reads the message of exactly that time, outside threads. */
  Reply<Page> exactly(String channel, String ts) {
    return api.read(
            HISTORY,
            client ->
                client.conversationsHistory(
                    r -> r.channel(channel).oldest(ts).latest(ts).inclusive(true).limit(1)))
        .match(b -> got(b.getMessages(), b.getResponseMetadata()), Reply.Failed::new);
  }

  /** Reads the message of exactly that time inside a thread. */
  Reply<Page> exactlyInThread(String channel, String ts) {
    return api.read(
            REPLIES,
            client ->
                client.conversationsReplies(
                    r -> r.channel(channel).ts(ts).oldest(ts).limit(SLACK_PAGE)))
        .match(b -> got(b.getMessages(), b.getResponseMetadata()), Reply.Failed::new);
  }

  /** Reads what is known of a file; empty when Slack does not tell. */
  Optional<File> file(String id) {
    return api.read(Ask.of("files.info", Urgency.NEWS), client -> client.filesInfo(r -> r.file(id)))
        .match(body -> Optional.ofNullable(body.getFile()), failure -> Optional.empty());
  }

  private static Reply<Page> got(List<Message> messages, ResponseMetadata metadata) {
    return got(messages, metadata, false);
  }

  private static Reply<Page> got(
      List<Message> messages, ResponseMetadata metadata, boolean limited) {
    String next = metadata == null ? null : metadata.getNextCursor();
    return new Reply.Got<>(
        new Page(messages == null ? List.of() : messages, next == null ? "" : next, limited));
  }
}
