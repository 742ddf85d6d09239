// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

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

  Push event(ObjectNode event) {
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
    return Push.first(Push.Kind.EVENT, envelope);
  }

  ObjectNode message(FakeConversation channel, JsonNode message) {
    ObjectNode event = message.deepCopy();
    event.put("channel", channel.id).put("event_ts", message.path("ts").asText());
    event.put("channel_type", channel.isIm ? "im" : channel.isPrivate ? "group" : "channel");
    return event;
  }

  ObjectNode changed(FakeConversation channel, JsonNode now, JsonNode before) {
    ObjectNode event = hidden(channel, "message_changed");
    event.set("message", now.deepCopy());
    event.set("previous_message", before.deepCopy());
    return event;
  }

  ObjectNode deleted(FakeConversation channel, JsonNode before) {
    ObjectNode event = hidden(channel, "message_deleted");
    event.put("deleted_ts", before.path("ts").asText());
    event.set("previous_message", before.deepCopy());
    return event;
  }

  private ObjectNode hidden(FakeConversation channel, String subtype) {
    String ts = workspace.nextTs();
    return Call.object()
        .put("type", "message")
        .put("subtype", subtype)
        .put("hidden", true)
        .put("channel", channel.id)
        .put("ts", ts)
        .put("event_ts", ts);
  }

  ObjectNode pin(boolean on, String user, FakeConversation channel, String ts) {
    String type = on ? "pin_added" : "pin_removed";
    channel.pins.remove(ts);
    if (on) {
      channel.pins.add(ts);
    }
    ObjectNode event = Call.object().put("type", type).put("user", user);
    event.put("channel_id", channel.id);
    ObjectNode item = event.putObject("item").put("type", "message").put("channel", channel.id);
    item.putObject("message").put("ts", ts);
    return event.put("event_ts", workspace.nextTs());
  }

  ObjectNode reaction(String type, String user, String channel, String ts, String name) {
    ObjectNode event = Call.object().put("type", type).put("user", user).put("reaction", name);
    event.putObject("item").put("type", "message").put("channel", channel).put("ts", ts);
    return event.put("event_ts", workspace.nextTs());
  }

  Push command(String user, FakeConversation channel, String name, String text) {
    ObjectNode fields = Call.object();
    fields.put("token", "verification-token");
    fields.put("team_id", Workspace.TEAM);
    fields.put("team_domain", "acme");
    fields.put("channel_id", channel.id);
    fields.put("channel_name", channel.isPrivate ? "privategroup" : channel.name);
    fields.put("user_id", user);
    fields.put("user_name", workspace.users.get(user));
    fields.put("command", name);
    fields.put("text", text);
    fields.put("api_app_id", Workspace.APP);
    fields.put("is_enterprise_install", "false");
    fields.put("response_url", replyAddress(user, channel));
    fields.put("trigger_id", trigger(user));
    return Push.first(Push.Kind.COMMAND, fields);
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

  ObjectNode membership(String type, String user, FakeConversation channel, boolean invited) {
    ObjectNode event = Call.object().put("type", type).put("user", user);
    if (invited) {
      event.put("inviter", Workspace.BOT_USER);
    }
    return event
        .put("channel", channel.id)
        .put("channel_type", channel.isPrivate ? "G" : "C")
        .put("team", Workspace.TEAM)
        .put("event_ts", workspace.nextTs());
  }

  /** A channel was renamed, archived or brought back by the bot; private ones are groups. */
  ObjectNode channelEvent(String what, FakeConversation channel) {
    ObjectNode event =
        Call.object().put("type", (channel.isPrivate ? "group_" : "channel_") + what);
    if (what.equals("rename")) {
      event.putObject("channel").put("id", channel.id).put("name", channel.name);
    } else {
      event.put("channel", channel.id).put("user", Workspace.BOT_USER);
    }
    return event.put("event_ts", workspace.nextTs());
  }

  ObjectNode pinned(String user, FakeConversation channel, JsonNode message) {
    ObjectNode event = Call.object().put("type", "pin_added").put("user", user);
    event.put("channel_id", channel.id).put("pin_count", channel.pins.size());
    ObjectNode item = event.putObject("item").put("type", "message").put("channel", channel.id);
    item.set("message", message.deepCopy());
    return event.put("event_ts", workspace.nextTs());
  }

  ObjectNode homeOpened(String user) {
    return Call.object()
        .put("type", "app_home_opened")
        .put("user", user)
        .put("channel", workspace.im(user).id)
        .put("tab", "home")
        .put("event_ts", workspace.nextTs());
  }

  ObjectNode linkShared(FakeConversation channel, JsonNode message, String url) {
    ObjectNode event = Call.object().put("type", "link_shared").put("channel", channel.id);
    event.put("user", message.path("user").asText()).put("source", "conversations_history");
    event.put("message_ts", message.path("ts").asText()).put("is_bot_user_member", true);
    event.put("unfurl_id", channel.id + "-" + message.path("ts").asText());
    event.putArray("links").addObject().put("url", url).put("domain", URI.create(url).getHost());
    return event.put("event_ts", workspace.nextTs());
  }

  Push shortcut(String user, String callbackId) {
    ObjectNode payload = interaction("shortcut", user).put("callback_id", callbackId);
    return Push.first(Push.Kind.INTERACTION, payload.put("action_ts", workspace.nextTs()));
  }

  Push messageShortcut(String user, FakeConversation channel, String ts, String callbackId) {
    ObjectNode payload = interaction("message_action", user).put("callback_id", callbackId);
    payload.put("action_ts", workspace.nextTs()).put("message_ts", ts);
    payload.put("response_url", replyAddress(user, channel));
    payload.putObject("channel").put("id", channel.id).put("name", channel.name);
    payload.set("message", channel.message(ts).orElseThrow().deepCopy());
    return Push.first(Push.Kind.INTERACTION, payload);
  }

  /** The newest button of that label that this person sees there. */
  Push pressByLabel(String user, FakeConversation channel, String label) {
    List<ObjectNode> own =
        workspace.ephemerals.stream()
            .filter(e -> e.user().equals(user) && e.channel().equals(channel.id))
            .map(Workspace.Ephemeral::message)
            .toList();
    Optional<Push> ephemeral = newest(own, label).map(m -> ephemeralPress(user, channel, m, label));
    return ephemeral
        .or(
            () ->
                newest(channel.messages, label)
                    .map(m -> press(user, channel, m, button(m, b -> label(b).equals(label)))))
        .orElseThrow(() -> new AssertionError("no button " + label + " in #" + channel.name));
  }

  Push pressByValue(String user, FakeConversation channel, String ts, String value) {
    ObjectNode message = channel.message(ts).orElseThrow();
    JsonNode button = button(message, b -> b.path("value").asText().equals(value));
    return press(user, channel, message, button);
  }

  Push pressAtHome(String user, String label) {
    return pressInView(user, workspace.homes.get(user), label);
  }

  Push pressInView(String user, ObjectNode view, String label) {
    ObjectNode payload = interaction("block_actions", user);
    payload.putObject("container").put("type", "view").put("view_id", view.path("id").asText());
    payload.set("view", view.deepCopy());
    return pressed(payload, button(view, b -> label(b).equals(label)));
  }

  private static Optional<ObjectNode> newest(List<ObjectNode> messages, String label) {
    return messages.stream()
        .filter(m -> !button(m, b -> label(b).equals(label)).isMissingNode())
        .reduce((before, after) -> after);
  }

  private static String label(JsonNode button) {
    return button.path("text").path("text").asText();
  }

  /** Slack leaves the message out when only one person sees it. */
  private Push ephemeralPress(
      String user, FakeConversation channel, ObjectNode message, String label) {
    ObjectNode payload = onMessage(user, channel, message, true);
    return pressed(payload, button(message, b -> label(b).equals(label)));
  }

  private Push press(String user, FakeConversation channel, JsonNode message, JsonNode button) {
    ObjectNode payload = onMessage(user, channel, message, false);
    payload.set("message", message.deepCopy());
    return pressed(payload, button);
  }

  private ObjectNode onMessage(
      String user, FakeConversation channel, JsonNode message, boolean ephemeral) {
    ObjectNode payload = interaction("block_actions", user);
    payload
        .putObject("container")
        .put("type", "message")
        .put("message_ts", message.path("ts").asText())
        .put("channel_id", channel.id)
        .put("is_ephemeral", ephemeral);
    payload.putObject("channel").put("id", channel.id).put("name", channel.name);
    payload.putObject("state").putObject("values");
    return payload.put("response_url", replyAddress(user, channel));
  }

  private Push pressed(ObjectNode payload, JsonNode button) {
    if (button.isMissingNode()) {
      throw new AssertionError("there is no such button");
    }
    ObjectNode action = payload.putArray("actions").addObject();
    action.put("type", "button").put("action_id", button.path("action_id").asText());
    action.put("block_id", "b1").put("value", button.path("value").asText());
    action.set("text", button.path("text").deepCopy());
    action.put("action_ts", workspace.nextTs());
    return Push.first(Push.Kind.INTERACTION, payload);
  }

  private static JsonNode button(JsonNode message, Predicate<JsonNode> wanted) {
    for (JsonNode block : message.path("blocks")) {
      for (JsonNode button : block.path("elements")) {
        if (button.path("type").asText().equals("button") && wanted.test(button)) {
          return button;
        }
      }
    }
    return MissingNode.getInstance();
  }

  /** The end of a block id of ours names the field. */
  static String field(String blockId) {
    return blockId.substring(blockId.indexOf('.') + 1);
  }

  Push submission(String user, ObjectNode view, Map<String, String> values) {
    ObjectNode payload = interaction("view_submission", user);
    ObjectNode shown = view.deepCopy();
    ObjectNode state = shown.putObject("state").putObject("values");
    for (JsonNode block : view.path("blocks")) {
      if (block.path("type").asText().equals("input")) {
        String id = block.path("block_id").asText();
        String label = block.path("label").path("text").asText();
        String typed = values.getOrDefault(field(id), values.get(label));
        JsonNode element = block.path("element");
        state.putObject(id).set(element.path("action_id").asText(), value(element, typed));
      }
    }
    payload.set("view", shown);
    payload.putArray("response_urls");
    return Push.first(Push.Kind.INTERACTION, payload);
  }

  /** What nobody touched keeps what stood there; an empty text was cleared by hand. */
  private static ObjectNode value(JsonNode element, String typed) {
    String type = element.path("type").asText();
    ObjectNode value = Call.object().put("type", type);
    String chosen = typed == null ? initial(element) : typed;
    switch (type) {
      case "static_select", "radio_buttons" -> {
        if (chosen.isEmpty()) {
          value.putNull("selected_option");
        } else {
          value.putObject("selected_option").put("value", chosen);
        }
      }
      case "checkboxes" -> {
        var ticked = value.putArray("selected_options");
        if (chosen.equals("true")) {
          ticked.addObject().put("value", "true");
        }
      }
      case "users_select" -> value.put("selected_user", chosen.isEmpty() ? null : chosen);
      default -> value.put("value", chosen.isEmpty() ? null : chosen);
    }
    return value;
  }

  private static String initial(JsonNode element) {
    return switch (element.path("type").asText()) {
      case "static_select", "radio_buttons" ->
          element.path("initial_option").path("value").asText();
      case "checkboxes" -> element.path("initial_options").path(0).path("value").asText();
      case "users_select" -> element.path("initial_user").asText();
      default -> element.path("initial_value").asText();
    };
  }

  private String trigger(String user) {
    String id = workspace.nextId("19.01.");
    workspace.triggers.put(id, new Workspace.Trigger(user, workspace.now().plus(TRIGGER)));
    return id;
  }

  private String replyAddress(String user, FakeConversation channel) {
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
