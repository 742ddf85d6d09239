// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The methods about windows, people and files. A trigger opens one window within three seconds; a
 * window has a title of 24 characters, 100 blocks, and a submit label when it has an input; private
 * metadata has at most 3,000 characters. A file is uploaded in three steps.
 */
final class OtherMethods {

  private final Workspace workspace;
  private final String base;
  private final BiConsumer<FakeChannel, ObjectNode> posted;

  OtherMethods(Workspace workspace, String base, BiConsumer<FakeChannel, ObjectNode> posted) {
    this.workspace = workspace;
    this.base = base;
    this.posted = posted;
  }

  void addTo(Map<String, Function<Call, ObjectNode>> methods) {
    methods.put("auth.test", call -> self());
    methods.put("views.open", this::open);
    methods.put("views.update", this::update);
    methods.put("views.publish", this::publish);
    methods.put("users.info", call -> user(call.get("user"), "user_not_found"));
    methods.put("users.lookupByEmail", this::byEmail);
    methods.put("usergroups.list", call -> groups());
    methods.put("usergroups.users.list", call -> Call.object());
    methods.put("files.getUploadURLExternal", this::uploadPlace);
    methods.put("files.completeUploadExternal", this::completeUpload);
    methods.put("files.info", this::file);
  }

  private static ObjectNode self() {
    return Call.object()
        .put("url", "https://acme.slack.com/")
        .put("team", "acme")
        .put("team_id", Workspace.TEAM)
        .put("user", "muster")
        .put("user_id", Workspace.BOT_USER)
        .put("bot_id", Workspace.BOT);
  }

  private ObjectNode open(Call call) {
    Workspace.Trigger trigger = workspace.triggers.get(call.get("trigger_id"));
    SlackError.when(trigger == null, "invalid_trigger_id");
    SlackError.when(trigger.used, "exchanged_trigger_id");
    SlackError.when(!workspace.now().isBefore(trigger.until), "expired_trigger_id");
    ObjectNode view = checked(call.json("view"), "modal");
    trigger.used = true;
    String id = workspace.nextId("V0");
    view.put("id", id).put("team_id", Workspace.TEAM).put("hash", workspace.nextTs());
    workspace.views.put(id, view);
    workspace.viewOwners.put(id, trigger.user);
    return of(view);
  }

  private ObjectNode update(Call call) {
    ObjectNode open = workspace.views.get(call.get("view_id"));
    SlackError.when(open == null, "not_found");
    ObjectNode view = checked(call.json("view"), "modal");
    view.put("id", call.get("view_id")).put("team_id", Workspace.TEAM);
    view.put("hash", workspace.nextTs());
    workspace.views.put(call.get("view_id"), view);
    return of(view);
  }

  private ObjectNode publish(Call call) {
    ObjectNode view = checked(call.json("view"), "home");
    workspace.homes.put(call.get("user_id"), view);
    return of(view);
  }

  private static ObjectNode of(ObjectNode view) {
    ObjectNode answer = Call.object();
    answer.set("view", view.deepCopy());
    return answer;
  }

  static ObjectNode checked(JsonNode json, String type) {
    SlackError.when(!json.isObject(), "invalid_arguments");
    ObjectNode view = json.deepCopy();
    BlockRules.check(view.path("blocks"), 100);
    SlackError.when(!view.path("type").asText().equals(type), "invalid_arguments");
    if (type.equals("modal")) {
      int title = view.path("title").path("text").asText().length();
      SlackError.when(title < 1 || title > 24, "invalid_arguments");
      SlackError.when(view.path("submit").path("text").asText().length() > 24, "invalid_arguments");
      boolean asks = view.path("blocks").findValuesAsText("type").contains("input");
      SlackError.when(asks && !view.has("submit"), "invalid_arguments");
      SlackError.when(view.path("private_metadata").asText().length() > 3_000, "view_too_large");
    }
    return view;
  }

  private ObjectNode user(String id, String missing) {
    SlackError.when(!workspace.users.containsKey(id), missing);
    String name = workspace.users.get(id);
    ObjectNode answer = Call.object();
    ObjectNode user = answer.putObject("user");
    user.put("id", id).put("name", name).put("real_name", name).put("team_id", Workspace.TEAM);
    user.put("tz", "Europe/Berlin").put("deleted", false);
    user.put("is_bot", id.equals(Workspace.BOT_USER));
    user.putObject("profile").put("display_name", name).put("email", name + "@acme.invalid");
    return answer;
  }

  private ObjectNode byEmail(Call call) {
    String name = call.get("email").replace("@acme.invalid", "");
    Optional<String> id =
        workspace.users.entrySet().stream()
            .filter(user -> user.getValue().equals(name))
            .map(Map.Entry::getKey)
            .findFirst();
    return user(id.orElse(""), "users_not_found");
  }

  private static ObjectNode groups() {
    ObjectNode answer = Call.object();
    answer.putArray("usergroups");
    return answer;
  }

  private ObjectNode uploadPlace(Call call) {
    String id = workspace.nextId("F0");
    ObjectNode file = Call.object();
    file.put("id", id).put("name", call.get("filename")).put("size", call.get("length"));
    workspace.files.put(id, file);
    return Call.object().put("upload_url", base + "upload/" + id).put("file_id", id);
  }

  /** Sharing needs the bytes to have arrived. */
  private ObjectNode completeUpload(Call call) {
    FakeChannel channel = workspace.channel(call.get("channel_id"));
    SlackError.when(channel.archived, "posting_to_channel_denied");
    ObjectNode file = workspace.files.get(call.json("files").path(0).path("id").asText());
    SlackError.when(file == null || !file.has("bytes"), "file_not_found");
    ObjectNode message =
        workspace.newMessage(
            channel, Workspace.BOT_USER, call.get("initial_comment"), Optional.empty());
    message.putArray("files").add(file.deepCopy());
    file.withObject("/shares")
        .withObject("/public")
        .withArray("/" + channel.id)
        .addObject()
        .put("ts", message.path("ts").asText());
    posted.accept(channel, message);
    ObjectNode answer = Call.object();
    answer.putArray("files").add(file.deepCopy());
    return answer;
  }

  private ObjectNode file(Call call) {
    ObjectNode file = workspace.files.get(call.get("file"));
    SlackError.when(file == null, "file_not_found");
    ObjectNode answer = Call.object();
    answer.set("file", file.deepCopy());
    return answer;
  }
}
