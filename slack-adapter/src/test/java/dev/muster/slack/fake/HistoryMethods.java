// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The methods that read what was said, and where the bot is. Slack documentation,
 * conversations.history: newest first, replies left out, at most 999 a page, metadata only when
 * asked for, {@code not_in_channel} where the bot is no member; conversations.replies: the root
 * first; cursors are opaque and a wrong one is {@code invalid_cursor}. A plan that costs nothing
 * hides what is older than 90 days, and {@code is_limited} says so when that hides something.
 */
final class HistoryMethods {

  private static final int LARGEST_PAGE = 999;
  private static final Duration SHOWN_FOR_NOTHING = Duration.ofDays(90);

  private final Workspace workspace;

  HistoryMethods(Workspace workspace) {
    this.workspace = workspace;
  }

  void addTo(Map<String, Function<Call, ObjectNode>> methods) {
    methods.put("conversations.history", this::history);
    methods.put("conversations.replies", this::replies);
    methods.put("users.conversations", this::ownConversations);
    methods.put("conversations.list", this::publicConversations);
  }

  private FakeConversation readable(Call call) {
    FakeConversation channel = workspace.channel(call.get("channel"));
    SlackError.when(
        !channel.isIm && !channel.members.contains(Workspace.BOT_USER), "not_in_channel");
    return channel;
  }

  private ObjectNode history(Call call) {
    FakeConversation channel = readable(call);
    String shownFrom =
        workspace.paidPlan
            ? ""
            : String.valueOf(workspace.now().minus(SHOWN_FOR_NOTHING).getEpochSecond());
    List<ObjectNode> roots =
        channel.messages.stream()
            .filter(m -> m.path("ts").asText().compareTo(shownFrom) >= 0)
            .filter(m -> !m.has("thread_ts") || m.path("thread_ts").equals(m.path("ts")))
            .filter(m -> isWithin(m, call))
            .map(m -> withReplyCount(channel, m))
            .sorted(Comparator.comparing((ObjectNode m) -> m.path("ts").asText()).reversed())
            .toList();
    boolean hidden =
        channel.messages.stream().anyMatch(m -> m.path("ts").asText().compareTo(shownFrom) < 0);
    ObjectNode answer = page(roots, call);
    return hidden ? answer.put("is_limited", true) : answer;
  }

  private static boolean isWithin(ObjectNode message, Call call) {
    String ts = message.path("ts").asText();
    boolean edge = call.flag("inclusive");
    Optional<String> oldest = call.optional("oldest");
    Optional<String> latest = call.optional("latest");
    int least = edge ? 0 : 1;
    return oldest.map(o -> ts.compareTo(o) >= least).orElse(true)
        && latest.map(l -> l.compareTo(ts) >= least).orElse(true);
  }

  private static ObjectNode withReplyCount(FakeConversation channel, ObjectNode root) {
    List<String> replies =
        channel.messages.stream()
            .filter(m -> m.path("thread_ts").equals(root.path("ts")) && m != root)
            .map(m -> m.path("ts").asText())
            .toList();
    return replies.isEmpty()
        ? root
        : root.deepCopy()
            .put("reply_count", replies.size())
            .put("latest_reply", replies.get(replies.size() - 1));
  }

  private ObjectNode replies(Call call) {
    FakeConversation channel = readable(call);
    String root = call.get("ts");
    SlackError.when(channel.message(root).isEmpty(), "thread_not_found");
    List<ObjectNode> thread =
        channel.messages.stream()
            .filter(
                m ->
                    m.path("ts").asText().equals(root)
                        || m.path("thread_ts").asText().equals(root) && isWithin(m, call))
            .toList();
    return page(thread, call);
  }

  private static ObjectNode page(List<ObjectNode> messages, Call call) {
    Page page = Page.of(call, messages.size(), LARGEST_PAGE);
    ObjectNode answer = Call.object();
    ArrayNode shown = answer.putArray("messages");
    for (ObjectNode message : messages.subList(page.from(), page.to())) {
      ObjectNode copy = message.deepCopy();
      if (!call.flag("include_all_metadata")) {
        copy.remove("metadata");
      }
      shown.add(copy);
    }
    answer.put("has_more", page.to() < messages.size());
    return page.mark(answer);
  }

  /** Only public channels are asked for; a bot sees them whether it is inside or not. */
  private ObjectNode publicConversations(Call call) {
    List<FakeConversation> open =
        workspace.channels.values().stream()
            .filter(c -> !c.isIm && !c.isPrivate)
            .filter(c -> !c.archived || !call.flag("exclude_archived"))
            .toList();
    Page page = Page.of(call, open.size(), LARGEST_PAGE);
    ObjectNode answer = Call.object();
    ArrayNode channels = answer.putArray("channels");
    open.subList(page.from(), page.to()).forEach(channel -> channels.add(channel.json()));
    return page.mark(answer);
  }

  private ObjectNode ownConversations(Call call) {
    List<FakeConversation> own =
        workspace.channels.values().stream()
            .filter(c -> !c.isIm && c.members.contains(Workspace.BOT_USER))
            .filter(c -> !c.archived || !call.flag("exclude_archived"))
            .filter(c -> call.get("types").contains(c.isPrivate ? "private" : "public"))
            .toList();
    Page page = Page.of(call, own.size(), LARGEST_PAGE);
    ObjectNode answer = Call.object();
    ArrayNode channels = answer.putArray("channels");
    own.subList(page.from(), page.to()).forEach(channel -> channels.add(channel.json()));
    return page.mark(answer);
  }

  /** A part of a list. */
  private record Page(int from, int to, int all) {

    static Page of(Call call, int all, int largest) {
      int limit = Integer.parseInt(call.optional("limit").orElse("100"));
      SlackError.when(limit < 1 || limit > largest, "invalid_limit");
      String cursor = call.get("cursor");
      SlackError.when(!cursor.matches("|next:[0-9]{1,9}"), "invalid_cursor");
      int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor.substring("next:".length()));
      SlackError.when(from > all, "invalid_cursor");
      return new Page(from, Math.min(all, from + limit), all);
    }

    ObjectNode mark(ObjectNode answer) {
      answer.putObject("response_metadata").put("next_cursor", to < all ? "next:" + to : "");
      return answer;
    }
  }
}
