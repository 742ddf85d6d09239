// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people do in Slack beyond what every platform knows: commands exactly as Slack escapes them,
 * mentions of the bot, direct messages, shortcuts, presses on messages for their eyes alone.
 */
public final class Hands {

  private final Workspace workspace;
  private final Payloads payloads;
  private final TestRuntime runtime;
  private final ManualClock clock;

  /** Gives people hands in the stand-in's workspace; what they do goes to the runtime's route. */
  public Hands(FakeSlack slack, TestRuntime runtime, ManualClock clock) {
    this.workspace = slack.workspace;
    this.payloads = new Payloads(workspace, slack.base());
    this.runtime = runtime;
    this.clock = clock;
  }

  /** Makes a public channel that the bot is in. */
  public ChannelRef channel(String name) {
    synchronized (workspace) {
      String founder = workspace.userNamed("founder");
      FakeChannel made = workspace.newChannel(name, founder, FakeChannel.Kind.PUBLIC);
      made.members.add(Workspace.BOT_USER);
      return new ChannelRef("slack", made.id);
    }
  }

  /** Returns how the bot is mentioned. */
  public String bot() {
    return "<@" + Workspace.BOT_USER + ">";
  }

  private FakeChannel of(ChannelRef ref) {
    return workspace.channels.get(ref.id());
  }

  /** Sends a slash command whose text is exactly as Slack writes it. */
  public int commands(Person who, ChannelRef where, String escaped) {
    String body;
    synchronized (workspace) {
      body = payloads.command(who.ref().id(), of(where), escaped);
    }
    return form(body);
  }

  /** Posts a message that mentions the bot; Slack says so twice, as mention and as message. */
  public MessageRef mentions(Person who, ChannelRef where, Optional<String> thread, String words) {
    ObjectNode message;
    ObjectNode heard;
    synchronized (workspace) {
      message = workspace.newMessage(of(where), who.ref().id(), bot() + " " + words, thread);
      heard = payloads.message(of(where), message);
    }
    event(heard.deepCopy().put("type", "app_mention"));
    event(heard);
    return new MessageRef(where, message.path("ts").asText());
  }

  /** Edits a message; Slack mentions the bot anew when its name stands in the new text. */
  public void editsMention(Person who, MessageRef message, String words) {
    ObjectNode changed;
    ObjectNode mention;
    synchronized (workspace) {
      FakeChannel channel = of(message.channel());
      ObjectNode now = channel.message(message.id()).orElseThrow();
      ObjectNode before = now.deepCopy();
      now.put("text", bot() + " " + words);
      now.putObject("edited").put("user", who.ref().id()).put("ts", workspace.nextTs());
      changed = payloads.changed(channel, now, before);
      mention = payloads.message(channel, now).put("type", "app_mention");
      mention.put("event_ts", workspace.nextTs());
    }
    event(changed);
    event(mention);
  }

  /** Writes to the bot directly; returns the message. */
  public MessageRef writesToBot(Person who, String text) {
    ObjectNode heard;
    MessageRef ref;
    synchronized (workspace) {
      FakeChannel im = workspace.im(who.ref().id());
      ObjectNode message =
          workspace.newMessage(im, who.ref().id(), payloads.typed(text), Optional.empty());
      heard = payloads.message(im, message);
      ref = new MessageRef(new ChannelRef("slack", im.id), message.path("ts").asText());
    }
    event(heard);
    return ref;
  }

  /** Takes a shortcut from the menu. */
  public int shortcut(Person who, String callback) {
    ObjectNode payload;
    synchronized (workspace) {
      payload = payloads.interaction("shortcut", who.ref().id()).put("callback_id", callback);
      payload.put("action_ts", workspace.nextTs());
    }
    return form(Payloads.form(payload));
  }

  /** Takes a shortcut from the menu of a message. */
  public int shortcut(Person who, String callback, MessageRef message) {
    ObjectNode payload;
    synchronized (workspace) {
      FakeChannel channel = of(message.channel());
      payload = payloads.interaction("message_action", who.ref().id());
      payload.put("callback_id", callback).put("action_ts", workspace.nextTs());
      payload.put("message_ts", message.id());
      payload.put("response_url", replyAddress(who, channel));
      payload.putObject("channel").put("id", channel.id).put("name", channel.name);
      payload.set("message", channel.message(message.id()).orElseThrow().deepCopy());
    }
    return form(Payloads.form(payload));
  }

  private String replyAddress(Person who, FakeChannel channel) {
    String command = payloads.command(who.ref().id(), channel, "");
    for (String field : command.split("&")) {
      if (field.startsWith("response_url=")) {
        return URLDecoder.decode(field.substring("response_url=".length()), StandardCharsets.UTF_8);
      }
    }
    throw new AssertionError("no reply address");
  }

  /** Returns the buttons of what was said for this person alone, newest last: label and token. */
  public Map<String, String> buttonsToldTo(Person who) {
    Map<String, String> found = new LinkedHashMap<>();
    synchronized (workspace) {
      for (JsonNode message : told(who)) {
        for (JsonNode block : message.path("blocks")) {
          for (JsonNode element : block.path("elements")) {
            if (element.path("type").asText().equals("button")) {
              found.put(element.path("text").path("text").asText(), element.path("value").asText());
            }
          }
        }
      }
    }
    return found;
  }

  private List<JsonNode> told(Person who) {
    List<JsonNode> told = new ArrayList<>();
    workspace.ephemerals.stream()
        .filter(e -> e.user().equals(who.ref().id()))
        .forEach(e -> told.add(e.message()));
    workspace.channels.values().stream()
        .filter(c -> c.isIm && c.members.contains(who.ref().id()))
        .forEach(c -> told.addAll(c.messages));
    return told;
  }

  /** Presses a button that was shown to this person alone. */
  public int pressesTold(Person who, ChannelRef where, String token) {
    ObjectNode payload;
    synchronized (workspace) {
      ObjectNode shown = Call.object().put("ts", workspace.nextTs());
      ObjectNode button = Call.object().put("action_id", "m.x.0").put("value", token);
      button.putObject("text").put("type", "plain_text").put("text", "x");
      payload = payloads.press(who.ref().id(), of(where), shown, button);
      payload.withObject("/container").put("is_ephemeral", true);
      payload.remove("message");
    }
    return form(Payloads.form(payload));
  }

  /** Submits a window whose private metadata somebody changed. */
  public int submitsForged(Person who, String metadata) {
    ObjectNode payload;
    synchronized (workspace) {
      payload = payloads.interaction("view_submission", who.ref().id());
      ObjectNode view = payload.putObject("view");
      view.put("id", "V1").put("type", "modal").put("private_metadata", metadata);
      view.putObject("title").put("type", "plain_text").put("text", "Form");
      view.putArray("blocks");
      view.putObject("state").putObject("values");
      payload.putArray("response_urls");
    }
    return form(Payloads.form(payload));
  }

  private void event(ObjectNode event) {
    String body;
    synchronized (workspace) {
      body = payloads.event(event);
    }
    runtime.call(Signed.request(Signed.JSON, body, clock.instant()));
  }

  private int form(String body) {
    RouteAnswer answer = runtime.call(Signed.request(Signed.FORM, body, clock.instant()));
    return TestRequest.status(answer);
  }
}
