// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The methods about messages. Slack documentation, chat.postMessage: text beyond 40,000 characters
 * is cut, 50 blocks, 100 attachments, metadata of 8 KB; {@code chat:write.public} is needed where
 * the bot is no member. chat.update: own messages alone, 4,000 characters, metadata stays unless it
 * is replaced. chat.postEphemeral: kept nowhere, for members alone. Every change comes back to the
 * bot as an event.
 */
final class ChatMethods {

  private static final int LONGEST_POST = 40_000;
  private static final int LONGEST_EDIT = 4_000;
  private static final int LARGEST_METADATA = 8_000;
  private static final int MOST_ATTACHMENTS = 100;

  private final Workspace workspace;

  ChatMethods(Workspace workspace) {
    this.workspace = workspace;
  }

  void addTo(Map<String, Function<Call, ObjectNode>> methods) {
    methods.put("chat.postMessage", this::post);
    methods.put("chat.postEphemeral", this::ephemeral);
    methods.put("chat.update", this::update);
    methods.put("chat.delete", this::delete);
    methods.put("chat.getPermalink", this::permalink);
    methods.put("chat.unfurl", this::unfurl);
  }

  private FakeConversation postable(Call call) {
    String where = call.get("channel");
    FakeConversation channel =
        where.startsWith("U") ? workspace.im(where) : workspace.channel(where);
    SlackError.when(channel.archived, "is_archived");
    boolean member = channel.isIm || channel.members.contains(Workspace.BOT_USER);
    SlackError.when(!member && !workspace.scopes.has("chat:write.public"), "not_in_channel");
    return channel;
  }

  private ObjectNode post(Call call) {
    FakeConversation channel = postable(call);
    SlackError.when(call.get("metadata").length() > LARGEST_METADATA, "metadata_too_large");
    Optional<String> thread = call.optional("thread_ts");
    SlackError.when(
        thread.isPresent() && channel.message(thread.get()).isEmpty(), "thread_not_found");
    ObjectNode message = content(call);
    String text = message.path("text").asText();
    String kept = text.substring(0, Math.min(text.length(), LONGEST_POST));
    ObjectNode stored = workspace.newMessage(channel, Workspace.BOT_USER, kept, thread);
    if (message.has("blocks")) {
      stored.set("blocks", message.get("blocks"));
    }
    call.optional("metadata").ifPresent(metadata -> stored.set("metadata", Call.parse(metadata)));
    workspace.did("posted " + stored.path("ts").asText() + " in " + channel.id);
    workspace.echo(channel, stored);
    ObjectNode answer = Call.object();
    answer.put("channel", channel.id).put("ts", stored.path("ts").asText());
    answer.set("message", stored.deepCopy());
    return answer;
  }

  private static ObjectNode content(Call call) {
    boolean empty = call.get("text").isEmpty() && call.get("blocks").isEmpty();
    SlackError.when(empty && call.get("attachments").isEmpty(), "no_text");
    if (!call.get("attachments").isEmpty()) {
      SlackError.when(call.json("attachments").size() > MOST_ATTACHMENTS, "too_many_attachments");
    }
    ObjectNode message = Call.object();
    message.put("text", call.get("text"));
    if (!call.get("blocks").isEmpty()) {
      JsonNode blocks = call.json("blocks");
      BlockRules.check(blocks, 50);
      message.set("blocks", blocks);
    }
    return message;
  }

  private ObjectNode ephemeral(Call call) {
    FakeConversation channel = postable(call);
    SlackError.when(!channel.members.contains(call.get("user")), "user_not_in_channel");
    ObjectNode message = content(call).put("ts", workspace.nextTs());
    workspace.ephemerals.add(new Workspace.Ephemeral(call.get("user"), channel.id, message));
    workspace.did("showed " + call.get("user") + " something in " + channel.id);
    return Call.object().put("message_ts", message.path("ts").asText());
  }

  private ObjectNode own(Call call, String refusal) {
    FakeConversation channel = workspace.channel(call.get("channel"));
    SlackError.when(channel.archived, "is_archived");
    Optional<ObjectNode> message = channel.message(call.get("ts"));
    SlackError.when(message.isEmpty(), "message_not_found");
    SlackError.when(!message.get().path("user").asText().equals(Workspace.BOT_USER), refusal);
    return message.get();
  }

  private ObjectNode update(Call call) {
    ObjectNode message = own(call, "cant_update_message");
    SlackError.when(call.get("text").length() > LONGEST_EDIT, "msg_too_long");
    ObjectNode content = content(call);
    ObjectNode before = message.deepCopy();
    message.put("text", content.path("text").asText());
    message.remove("blocks");
    if (content.has("blocks")) {
      message.set("blocks", content.get("blocks"));
    }
    call.optional("metadata").ifPresent(metadata -> message.set("metadata", Call.parse(metadata)));
    message.putObject("edited").put("user", Workspace.BOT_USER).put("ts", workspace.nextTs());
    workspace.did("changed " + call.get("ts") + " in " + call.get("channel"));
    FakeConversation channel = workspace.channel(call.get("channel"));
    workspace.emit(workspace.payloads.changed(channel, message, before));
    return Call.object().put("channel", call.get("channel")).put("ts", call.get("ts"));
  }

  private ObjectNode delete(Call call) {
    ObjectNode message = own(call, "cant_delete_message");
    FakeConversation channel = workspace.channel(call.get("channel"));
    channel.messages.remove(message);
    workspace.did("deleted " + call.get("ts") + " in " + channel.id);
    workspace.emit(workspace.payloads.deleted(channel, message));
    return Call.object().put("channel", call.get("channel")).put("ts", call.get("ts"));
  }

  private ObjectNode permalink(Call call) {
    FakeConversation channel = workspace.channel(call.get("channel"));
    String ts = call.get("message_ts");
    SlackError.when(channel.message(ts).isEmpty(), "message_not_found");
    return Call.object()
        .put("channel", channel.id)
        .put(
            "permalink",
            "https://acme.slack.com/archives/" + channel.id + "/p" + ts.replace(".", ""));
  }

  /** Slack documentation, chat.unfurl: only links that are in that message. */
  private ObjectNode unfurl(Call call) {
    Optional<ObjectNode> message = workspace.channel(call.get("channel")).message(call.get("ts"));
    SlackError.when(message.isEmpty(), "cannot_find_message");
    JsonNode unfurls = call.json("unfurls");
    SlackError.when(!unfurls.isObject() || unfurls.isEmpty(), "missing_unfurls");
    for (Map.Entry<String, JsonNode> unfurl : unfurls.properties()) {
      SlackError.when(!written(message.get()).contains(unfurl.getKey()), "cannot_unfurl_url");
      BlockRules.check(unfurl.getValue().path("blocks"), 50);
    }
    if (!unfurls.equals(message.get().get("unfurls"))) {
      workspace.did("unfurled " + unfurls.size() + " in " + call.get("ts"));
    }
    message.get().set("unfurls", unfurls);
    return Call.object();
  }

  private static String written(ObjectNode message) {
    return message.path("text").asText().replace("&amp;", "&");
  }
}
