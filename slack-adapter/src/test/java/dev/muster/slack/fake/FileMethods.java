// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Files, in the three steps of Slack's documentation (files.getUploadURLExternal, the bytes,
 * files.completeUploadExternal): the length must be right, a file is shared once, and only a
 * channel the bot may post to takes it.
 */
final class FileMethods {

  private final Workspace workspace;
  private final String base;

  FileMethods(Workspace workspace, String base) {
    this.workspace = workspace;
    this.base = base;
  }

  void addTo(Map<String, Function<Call, ObjectNode>> methods) {
    methods.put("files.getUploadURLExternal", this::uploadPlace);
    methods.put("files.completeUploadExternal", this::completeUpload);
    methods.put("files.info", this::file);
  }

  private ObjectNode uploadPlace(Call call) {
    SlackError.when(!call.get("length").matches("[1-9][0-9]{0,9}"), "invalid_arguments", "length");
    SlackError.when(call.get("alt_txt").length() > 1_000, "alt_txt_too_large");
    String id = workspace.nextId("F0");
    ObjectNode file = Call.object().put("id", id).put("name", call.get("filename"));
    workspace.files.put(id, file.put("size", Long.parseLong(call.get("length"))));
    return Call.object().put("upload_url", base + "upload/" + id).put("file_id", id);
  }

  private ObjectNode completeUpload(Call call) {
    FakeConversation channel = workspace.channel(call.get("channel_id"));
    SlackError.when(channel.archived, "posting_to_channel_denied");
    SlackError.when(
        !call.get("initial_comment").isEmpty() && !call.get("blocks").isEmpty(),
        "initial_comment_and_blocks_provided");
    ObjectNode file = workspace.files.get(call.json("files").path(0).path("id").asText());
    SlackError.when(file == null || !file.has("bytes"), "file_not_found");
    SlackError.when(
        file.path("bytes").asLong() != file.path("size").asLong(), "file_update_failed");
    JsonNode title = call.json("files").path(0).path("title");
    ObjectNode message =
        workspace.newMessage(
            channel, Workspace.BOT_USER, call.get("initial_comment"), call.optional("thread_ts"));
    message.putArray("files").add(file.deepCopy().put("title", title.asText()));
    share(file, channel, message);
    workspace.did("shared " + file.path("id").asText() + " in " + channel.id);
    workspace.echo(channel, message);
    ObjectNode answer = Call.object();
    answer.putArray("files").add(file.deepCopy());
    return answer;
  }

  private static void share(ObjectNode file, FakeConversation channel, ObjectNode message) {
    file.withObject("/shares")
        .withObject(channel.isPrivate || channel.isIm ? "/private" : "/public")
        .withArray("/" + channel.id)
        .addObject()
        .put("ts", message.path("ts").asText());
  }

  private ObjectNode file(Call call) {
    Optional<ObjectNode> file = Optional.ofNullable(workspace.files.get(call.get("file")));
    SlackError.when(file.isEmpty(), "file_not_found");
    ObjectNode answer = Call.object();
    answer.set("file", file.get().deepCopy());
    return answer;
  }
}
