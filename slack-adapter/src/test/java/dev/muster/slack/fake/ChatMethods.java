// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The methods about messages. Text beyond 40,000 characters is cut, beyond 4,000 an edit is
 * refused; only own messages can be changed; a thread needs its parent; metadata stays with a
 * message unless it is replaced; an ephemeral message is kept nowhere.
 */
final class ChatMethods {

  private static final int LONGEST_POST = 40_000;
  private static final int LONGEST_EDIT = 4_000;

  private final Workspace workspace;
  private final BiConsumer<FakeChannel, ObjectNode> posted;

  ChatMethods(Workspace workspace, BiConsumer<FakeChannel, ObjectNode> posted) {
    this.workspace = workspace;
    this.posted = posted;
  }

  void addTo(java.util.Map<String, Function<Call, ObjectNode>> methods) {
    methods.put("chat.postMessage", this::post);
    methods.put("chat.postEphemeral", this::ephemeral);
    methods.put("chat.update", this::update);
    methods.put("chat.delete", this::delete);
    methods.put("chat.getPermalink", this::permalink);
    methods.put("chat.unfurl", this::unfurl);
    methods.put("pins.add", this::pin);
    methods.put("reactions.add", this::react);
  }

  private ObjectNode post(Call call) {
    String where = call.get("channel");
    FakeChannel channel = where.startsWith("U") ? workspace.im(where) : workspace.channel(where);
    SlackError.when(channel.archived, "is_archived");
    SlackError.when(call.get("text").isEmpty() && call.get("blocks").isEmpty(), "no_text");
    Optional<String> thread = call.optional("thread_ts");
    SlackError.when(
        thread.isPresent() && channel.message(thread.get()).isEmpty(), "thread_not_found");
    ObjectNode message = content(call);
    String text = message.path("text").asText();
    ObjectNode stored =
        workspace.newMessage(
            channel,
            Workspace.BOT_USER,
            text.substring(0, Math.min(text.length(), LONGEST_POST)),
            thread);
    if (message.has("blocks")) {
      stored.set("blocks", message.get("blocks"));
    }
    call.optional("metadata").ifPresent(metadata -> stored.set("metadata", Call.parse(metadata)));
    posted.accept(channel, stored);
    ObjectNode answer = Call.object();
    answer.put("channel", channel.id).put("ts", stored.path("ts").asText());
    answer.set("message", stored.deepCopy());
    return answer;
  }

  private static ObjectNode content(Call call) {
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
    FakeChannel channel = workspace.channel(call.get("channel"));
    SlackError.when(channel.archived, "is_archived");
    SlackError.when(!channel.members.contains(call.get("user")), "user_not_in_channel");
    ObjectNode message = content(call).put("ts", workspace.nextTs());
    workspace.ephemerals.add(new Workspace.Ephemeral(call.get("user"), channel.id, message));
    return Call.object().put("message_ts", message.path("ts").asText());
  }

  private ObjectNode own(Call call, String refusal) {
    FakeChannel channel = workspace.channel(call.get("channel"));
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
    message.put("text", content.path("text").asText());
    message.remove("blocks");
    if (content.has("blocks")) {
      message.set("blocks", content.get("blocks"));
    }
    message.putObject("edited").put("user", Workspace.BOT_USER).put("ts", workspace.nextTs());
    return Call.object().put("channel", call.get("channel")).put("ts", call.get("ts"));
  }

  private ObjectNode delete(Call call) {
    ObjectNode message = own(call, "cant_delete_message");
    workspace.channel(call.get("channel")).messages.remove(message);
    return Call.object().put("channel", call.get("channel")).put("ts", call.get("ts"));
  }

  private ObjectNode permalink(Call call) {
    FakeChannel channel = workspace.channel(call.get("channel"));
    String ts = call.get("message_ts");
    SlackError.when(channel.message(ts).isEmpty(), "message_not_found");
    return Call.object()
        .put("channel", channel.id)
        .put(
            "permalink",
            "https://acme.slack.com/archives/" + channel.id + "/p" + ts.replace(".", ""));
  }

  private ObjectNode unfurl(Call call) {
    ObjectNode message = any(call.get("channel"), call.get("ts"));
    message.set("unfurls", call.json("unfurls"));
    return Call.object();
  }

  private ObjectNode any(String channel, String ts) {
    Optional<ObjectNode> message = workspace.channel(channel).message(ts);
    SlackError.when(message.isEmpty(), "message_not_found");
    return message.get();
  }

  private ObjectNode pin(Call call) {
    String ts = call.get("timestamp");
    any(call.get("channel"), ts);
    SlackError.when(!workspace.channel(call.get("channel")).pins.add(ts), "already_pinned");
    return Call.object();
  }

  private ObjectNode react(Call call) {
    ObjectNode message = any(call.get("channel"), call.get("timestamp"));
    ArrayNode reactions =
        message.has("reactions")
            ? (ArrayNode) message.get("reactions")
            : message.putArray("reactions");
    for (JsonNode reaction : reactions) {
      SlackError.when(reaction.path("name").asText().equals(call.get("name")), "already_reacted");
    }
    reactions.addObject().put("name", call.get("name")).put("count", 1);
    return Call.object();
  }
}
