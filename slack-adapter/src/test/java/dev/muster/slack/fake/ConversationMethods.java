// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The methods about channels. Names: at most 80 of a-z, 0-9, hyphen and underscore; a name is taken
 * by archived channels too; only members see a private channel; an archived channel takes nothing.
 */
final class ConversationMethods {

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,80}");
  private static final Set<String> RESERVED = Set.of("here", "channel", "everyone", "slackbot");

  private final Workspace workspace;

  ConversationMethods(Workspace workspace) {
    this.workspace = workspace;
  }

  static boolean isLegal(String name) {
    return NAME.matcher(name).matches() && !RESERVED.contains(name);
  }

  void addTo(java.util.Map<String, Function<Call, ObjectNode>> methods) {
    methods.put("conversations.create", this::create);
    methods.put("conversations.rename", this::rename);
    methods.put("conversations.setTopic", this::setTopic);
    methods.put("conversations.setPurpose", this::setPurpose);
    methods.put("conversations.invite", this::invite);
    methods.put("conversations.join", this::join);
    methods.put("conversations.members", this::members);
    methods.put("conversations.info", call -> of(workspace.channel(call.get("channel"))));
    methods.put("conversations.archive", call -> archive(call, true));
    methods.put("conversations.unarchive", call -> archive(call, false));
    methods.put("conversations.open", call -> of(workspace.im(call.get("users"))));
    methods.put("conversations.history", this::history);
    methods.put("conversations.replies", this::replies);
    methods.put("users.conversations", this::ownConversations);
    methods.put("bookmarks.list", this::bookmarks);
    methods.put("bookmarks.add", this::bookmark);
  }

  private static ObjectNode of(FakeChannel channel) {
    ObjectNode answer = Call.object();
    answer.set("channel", channel.json());
    return answer;
  }

  private void checkName(String name) {
    SlackError.when(name.isEmpty(), "invalid_name_required");
    SlackError.when(name.length() > 80, "invalid_name_maxlength");
    SlackError.when(!NAME.matcher(name).matches(), "invalid_name_specials");
    SlackError.when(RESERVED.contains(name), "invalid_name");
    SlackError.when(
        workspace.channels.values().stream().anyMatch(c -> name.equals(c.name)), "name_taken");
  }

  private ObjectNode create(Call call) {
    checkName(call.get("name"));
    FakeChannel.Kind kind =
        call.flag("is_private") ? FakeChannel.Kind.PRIVATE : FakeChannel.Kind.PUBLIC;
    return of(workspace.newChannel(call.get("name"), Workspace.BOT_USER, kind));
  }

  private ObjectNode rename(Call call) {
    FakeChannel channel = writable(call);
    SlackError.when(!channel.creator.equals(Workspace.BOT_USER), "not_authorized");
    if (!channel.name.equals(call.get("name"))) {
      checkName(call.get("name"));
      channel.name = call.get("name");
    }
    return of(channel);
  }

  private FakeChannel writable(Call call) {
    FakeChannel channel = workspace.channel(call.get("channel"));
    SlackError.when(channel.archived, "is_archived");
    return channel;
  }

  private ObjectNode setTopic(Call call) {
    FakeChannel channel = writable(call);
    SlackError.when(!channel.members.contains(Workspace.BOT_USER), "not_in_channel");
    SlackError.when(call.get("topic").length() > 250, "too_long");
    channel.topic = call.get("topic");
    return of(channel);
  }

  private ObjectNode setPurpose(Call call) {
    FakeChannel channel = writable(call);
    SlackError.when(!channel.members.contains(Workspace.BOT_USER), "not_in_channel");
    SlackError.when(call.get("purpose").length() > 250, "too_long");
    channel.purpose = call.get("purpose");
    return of(channel);
  }

  /** One bad person spoils the whole call; a person who is in already does so too. */
  private ObjectNode invite(Call call) {
    FakeChannel channel = writable(call);
    SlackError.when(!channel.members.contains(Workspace.BOT_USER), "not_in_channel");
    List<String> users = Arrays.asList(call.get("users").split(","));
    SlackError.when(users.contains(Workspace.BOT_USER), "cant_invite_self");
    SlackError.when(!workspace.users.keySet().containsAll(users), "user_not_found");
    SlackError.when(users.stream().anyMatch(channel.members::contains), "already_in_channel");
    channel.members.addAll(users);
    return of(channel);
  }

  private ObjectNode join(Call call) {
    FakeChannel channel = writable(call);
    SlackError.when(channel.isPrivate, "method_not_supported_for_channel_type");
    channel.members.add(Workspace.BOT_USER);
    return of(channel);
  }

  private ObjectNode members(Call call) {
    ObjectNode answer = Call.object();
    ArrayNode members = answer.putArray("members");
    workspace.channel(call.get("channel")).members.forEach(members::add);
    return answer;
  }

  private ObjectNode archive(Call call, boolean archived) {
    FakeChannel channel = workspace.channel(call.get("channel"));
    SlackError.when(channel.archived == archived, archived ? "already_archived" : "not_archived");
    channel.archived = archived;
    return Call.object();
  }

  private ObjectNode history(Call call) {
    FakeChannel channel = workspace.channel(call.get("channel"));
    SlackError.when(
        !channel.isIm && !channel.members.contains(Workspace.BOT_USER), "not_in_channel");
    List<ObjectNode> roots =
        channel.messages.stream()
            .filter(m -> !m.has("thread_ts") || m.path("thread_ts").equals(m.path("ts")))
            .filter(m -> isAfter(m, call))
            .map(m -> withReplyCount(channel, m))
            .sorted(Comparator.comparing((ObjectNode m) -> m.path("ts").asText()).reversed())
            .toList();
    return page(roots, call);
  }

  private static boolean isAfter(ObjectNode message, Call call) {
    return call.optional("oldest")
        .map(oldest -> message.path("ts").asText().compareTo(oldest) > 0)
        .orElse(true);
  }

  private static ObjectNode withReplyCount(FakeChannel channel, ObjectNode root) {
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
    FakeChannel channel = workspace.channel(call.get("channel"));
    SlackError.when(channel.message(call.get("ts")).isEmpty(), "thread_not_found");
    List<ObjectNode> thread =
        channel.messages.stream()
            .filter(
                m ->
                    m.path("ts").asText().equals(call.get("ts"))
                        || m.path("thread_ts").asText().equals(call.get("ts")) && isAfter(m, call))
            .toList();
    return page(thread, call);
  }

  /** Pages hold at most {@code limit} messages; metadata is left out unless asked for. */
  private static ObjectNode page(List<ObjectNode> messages, Call call) {
    int limit = Integer.parseInt(call.optional("limit").orElse("100"));
    int from = Integer.parseInt(call.optional("cursor").orElse("0"));
    int to = Math.min(messages.size(), from + limit);
    ObjectNode answer = Call.object();
    ArrayNode page = answer.putArray("messages");
    for (ObjectNode message : messages.subList(from, to)) {
      ObjectNode shown = message.deepCopy();
      if (!call.flag("include_all_metadata")) {
        shown.remove("metadata");
      }
      page.add(shown);
    }
    answer.put("has_more", to < messages.size());
    answer.putObject("response_metadata").put("next_cursor", to < messages.size() ? "" + to : "");
    return answer;
  }

  private ObjectNode ownConversations(Call call) {
    List<FakeChannel> own = new ArrayList<>();
    for (FakeChannel channel : workspace.channels.values()) {
      boolean shown = !channel.archived || !call.flag("exclude_archived");
      if (!channel.isIm && shown && channel.members.contains(Workspace.BOT_USER)) {
        own.add(channel);
      }
    }
    ObjectNode answer = Call.object();
    ArrayNode channels = answer.putArray("channels");
    own.forEach(channel -> channels.add(channel.json()));
    answer.putObject("response_metadata").put("next_cursor", "");
    return answer;
  }

  private ObjectNode bookmarks(Call call) {
    ObjectNode answer = Call.object();
    ArrayNode list = answer.putArray("bookmarks");
    workspace
        .channel(call.get("channel_id"))
        .bookmarks
        .forEach((link, title) -> list.addObject().put("title", title).put("link", link));
    return answer;
  }

  private ObjectNode bookmark(Call call) {
    FakeChannel channel = workspace.channel(call.get("channel_id"));
    SlackError.when(!call.get("link").startsWith("http"), "invalid_link");
    channel.bookmarks.put(call.get("link"), call.get("title"));
    ObjectNode answer = Call.object();
    answer.putObject("bookmark").put("title", call.get("title")).put("link", call.get("link"));
    return answer;
  }
}
