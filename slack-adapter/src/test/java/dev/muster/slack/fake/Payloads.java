// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Makes the bodies that Slack pushes, in the shapes that were recorded: events as JSON in an
 * envelope, commands as a form, everything else as JSON in the form field {@code payload}. A
 * trigger lives three seconds, a reply address thirty minutes.
 */
final class Payloads {

  private static final Duration TRIGGER = Duration.ofSeconds(3);
  private static final Duration REPLY = Duration.ofMinutes(30);

  private final Workspace workspace;
  private final String base;

  Payloads(Workspace workspace, String base) {
    this.workspace = workspace;
    this.base = base;
  }

  String event(ObjectNode event) {
    ObjectNode envelope = Call.object();
    envelope.put("token", "verification-token").put("team_id", Workspace.TEAM);
    envelope.put("api_app_id", Workspace.APP);
    envelope.set("event", event);
    envelope.put("type", "event_callback").put("event_id", workspace.nextId("Ev"));
    envelope.put("event_time", workspace.now().getEpochSecond());
    envelope
        .putArray("authorizations")
        .addObject()
        .put("team_id", Workspace.TEAM)
        .put("user_id", Workspace.BOT_USER)
        .put("is_bot", true);
    envelope.put("is_ext_shared_channel", false);
    return envelope.toString();
  }

  ObjectNode message(FakeChannel channel, JsonNode message) {
    ObjectNode event = message.deepCopy();
    event.put("channel", channel.id).put("event_ts", message.path("ts").asText());
    event.put("channel_type", channel.isIm ? "im" : channel.isPrivate ? "group" : "channel");
    return event;
  }

  ObjectNode changed(FakeChannel channel, JsonNode now, JsonNode before) {
    ObjectNode event = hidden(channel, "message_changed");
    event.set("message", now.deepCopy());
    event.set("previous_message", before.deepCopy());
    return event;
  }

  ObjectNode deleted(FakeChannel channel, JsonNode before) {
    ObjectNode event = hidden(channel, "message_deleted");
    event.put("deleted_ts", before.path("ts").asText());
    event.set("previous_message", before.deepCopy());
    return event;
  }

  private ObjectNode hidden(FakeChannel channel, String subtype) {
    String ts = workspace.nextTs();
    return Call.object()
        .put("type", "message")
        .put("subtype", subtype)
        .put("hidden", true)
        .put("channel", channel.id)
        .put("ts", ts)
        .put("event_ts", ts);
  }

  ObjectNode reaction(String type, String user, String channel, String ts, String name) {
    ObjectNode event = Call.object().put("type", type).put("user", user).put("reaction", name);
    event.putObject("item").put("type", "message").put("channel", channel).put("ts", ts);
    return event.put("event_ts", workspace.nextTs());
  }

  String command(String user, FakeChannel channel, String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("token", "verification-token");
    fields.put("team_id", Workspace.TEAM);
    fields.put("team_domain", "acme");
    fields.put("channel_id", channel.id);
    fields.put("channel_name", channel.isPrivate ? "privategroup" : channel.name);
    fields.put("user_id", user);
    fields.put("user_name", workspace.users.get(user));
    fields.put("command", "/incident");
    fields.put("text", text);
    fields.put("api_app_id", Workspace.APP);
    fields.put("is_enterprise_install", "false");
    fields.put("response_url", replyAddress(user, channel));
    fields.put("trigger_id", trigger(user));
    return form(fields);
  }

  ObjectNode interaction(String type, String user) {
    ObjectNode payload = Call.object().put("type", type).put("api_app_id", Workspace.APP);
    payload.put("token", "verification-token").put("is_enterprise_install", false);
    payload.putObject("team").put("id", Workspace.TEAM).put("domain", "acme");
    payload
        .putObject("user")
        .put("id", user)
        .put("username", workspace.users.get(user))
        .put("name", workspace.users.get(user))
        .put("team_id", Workspace.TEAM);
    return payload.put("trigger_id", trigger(user));
  }

  ObjectNode press(String user, FakeChannel channel, JsonNode message, JsonNode button) {
    ObjectNode payload = interaction("block_actions", user);
    payload
        .putObject("container")
        .put("type", "message")
        .put("message_ts", message.path("ts").asText())
        .put("channel_id", channel.id)
        .put("is_ephemeral", false);
    payload.putObject("channel").put("id", channel.id).put("name", channel.name);
    payload.set("message", message.deepCopy());
    payload.putObject("state").putObject("values");
    payload.put("response_url", replyAddress(user, channel));
    ObjectNode action = payload.putArray("actions").addObject();
    action.put("type", "button").put("action_id", button.path("action_id").asText());
    action.put("block_id", "b1").put("value", button.path("value").asText());
    action.set("text", button.path("text").deepCopy());
    action.put("action_ts", workspace.nextTs());
    return payload;
  }

  ObjectNode submission(String user, ObjectNode view, Map<String, String> values) {
    ObjectNode payload = interaction("view_submission", user);
    ObjectNode shown = view.deepCopy();
    ObjectNode state = shown.putObject("state").putObject("values");
    for (JsonNode block : view.path("blocks")) {
      if (block.path("type").asText().equals("input")) {
        String id = block.path("block_id").asText();
        String typed = values.get(id.substring(id.indexOf('.') + 1));
        JsonNode element = block.path("element");
        state.putObject(id).set(element.path("action_id").asText(), value(element, typed));
      }
    }
    payload.set("view", shown);
    payload.putArray("response_urls");
    return payload;
  }

  private static ObjectNode value(JsonNode element, String typed) {
    String type = element.path("type").asText();
    ObjectNode value = Call.object().put("type", type);
    switch (type) {
      case "static_select" -> {
        if (typed == null) {
          value.putNull("selected_option");
        } else {
          value.putObject("selected_option").put("value", typed);
        }
      }
      case "checkboxes" -> {
        var chosen = value.putArray("selected_options");
        if ("true".equals(typed)) {
          chosen.addObject().put("value", "true");
        }
      }
      case "users_select" -> value.put("selected_user", typed);
      default -> value.put("value", typed);
    }
    return value;
  }

  static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String form(ObjectNode payload) {
    return form(Map.of("payload", payload.toString()));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String trigger(String user) {
    String id = workspace.nextId("19.01.");
    workspace.triggers.put(id, new Workspace.Trigger(user, workspace.now().plus(TRIGGER)));
    return id;
  }

  private String replyAddress(String user, FakeChannel channel) {
    String id = workspace.nextId("r");
    workspace.replyAddresses.put(
        id, new Workspace.ReplyAddress(user, channel.id, workspace.now().plus(REPLY)));
    return base + "hooks/response/" + id;
  }

  /** What the client makes of typed text: three escapes, and mentions by id. */
  String typed(String text) {
    String out = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    for (Map.Entry<String, String> user : Map.copyOf(workspace.users).entrySet()) {
      out = out.replace("@" + user.getValue(), "<@" + user.getKey() + ">");
    }
    return out;
  }
}
