// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What people and other apps do in the stand-in's workspace. Each act reaches the app by the line
 * before the method returns; what the bot posts goes back to it as an event on a thread of its own,
 * see {@link #settle()}. People and channels are named by their names or ids, and people are made
 * on first use. One object for one {@link FakeSlack}; any thread may call.
 */
public final class SlackPeople {

  private final FakeSlack slack;
  private final Workspace workspace;
  private final SlackSight sight;
  private final Payloads payloads;
  private final PushLine line;

  /** Lets people of {@code slack} be heard by the app behind {@code line}. */
  public SlackPeople(FakeSlack slack, PushLine line) {
    this(slack, line, line);
  }

  /**
   * Lets people of {@code slack} be heard by the app behind {@code line}, and the app's own acts by
   * the one behind {@code echoes}, so that a test can tell the two apart.
   */
  public SlackPeople(FakeSlack slack, PushLine line, PushLine echoes) {
    this.slack = slack;
    this.workspace = slack.workspace;
    this.sight = new SlackSight(workspace);
    this.payloads = workspace.payloads;
    this.line = line;
    slack.listen(event -> event(() -> event, echoes));
  }

  private <T> T alone(Supplier<T> work) {
    synchronized (workspace) {
      return work.get();
    }
  }

  /** Tells the app something. */
  Pushed event(Supplier<ObjectNode> made) {
    return event(made, line);
  }

  /** Slack sends only the events that the manifest asks for. */
  private Pushed event(Supplier<ObjectNode> made, PushLine by) {
    ObjectNode event = alone(made);
    return workspace.scopes.hears(event)
        ? by.push(alone(() -> payloads.event(event)))
        : Pushed.NOBODY;
  }

  private FakeConversation channelOf(String nameOrId) {
    return workspace
        .find(nameOrId)
        .orElseThrow(() -> new AssertionError("there is no channel " + nameOrId));
  }

  /** Returns what the members see. */
  public SlackSight sight() {
    return sight;
  }

  /** Waits until the bot's own messages so far have been sent back to it. */
  public void settle() {
    slack.settle();
  }

  /**
   * Sends nothing more of the bot's own acts to it, and waits until what is on its way is there.
   */
  public void hush() {
    slack.listen(event -> {});
    slack.settle();
  }

  /** Returns a person's id. */
  public String person(String name) {
    return alone(() -> workspace.user(name));
  }

  /** Makes a public channel that the bot and those people are in, and returns its id. */
  public String channel(String name, String... members) {
    return make(name, FakeConversation.Kind.PUBLIC, true, members);
  }

  /** Makes a private channel that the bot and those people are in, and returns its id. */
  public String privateChannel(String name, String... members) {
    return make(name, FakeConversation.Kind.PRIVATE, true, members);
  }

  /** Makes a channel without the bot, and returns its id. */
  public String strangersChannel(String name, boolean isPrivate, String... members) {
    FakeConversation.Kind kind =
        isPrivate ? FakeConversation.Kind.PRIVATE : FakeConversation.Kind.PUBLIC;
    return make(name, kind, false, members);
  }

  private String make(String name, FakeConversation.Kind kind, boolean withBot, String... members) {
    return alone(
        () -> {
          FakeConversation made = workspace.newChannel(name, workspace.user("stranger"), kind);
          for (String member : members) {
            made.members.add(workspace.user(member));
          }
          if (withBot) {
            made.members.add(Workspace.BOT_USER);
          }
          return made.id;
        });
  }

  /** Puts a person into a channel without telling the app. */
  public void admits(String person, String channel) {
    alone(() -> channelOf(channel).members.add(workspace.user(person)));
  }

  /** Returns the push of a message that was never posted, for tests of what must not be heard. */
  public Push unheard(String person, String channel, String text) {
    return alone(
        () -> {
          ObjectNode message = Call.object().put("type", "message").put("text", text);
          message.put("user", workspace.user(person)).put("ts", workspace.nextTs());
          return payloads.event(payloads.message(channelOf(channel), message));
        });
  }

  /** Lets a person come into a channel. */
  public Pushed joins(String person, String channel) {
    return membership("member_joined_channel", person, channel);
  }

  /** Lets a person leave a channel. */
  public Pushed leaves(String person, String channel) {
    return membership("member_left_channel", person, channel);
  }

  private Pushed membership(String type, String person, String channel) {
    return event(
        () -> {
          FakeConversation where = channelOf(channel);
          String user = workspace.user(person);
          if (type.equals("member_joined_channel")) {
            where.members.add(user);
          } else {
            where.members.remove(user);
          }
          return payloads.membership(type, user, where, false);
        });
  }

  /** Lets a person post; returns the message's time. */
  public String types(String person, String channel, String text) {
    return says(person, channel, Optional.empty(), text);
  }

  /** Lets a person answer in a thread; returns the message's time. */
  public String replies(String person, String channel, String root, String text) {
    return says(person, channel, Optional.of(root), text);
  }

  /**
   * Lets a person post. A text with the bot's name in it is sent twice, as a message and as a
   * mention, the way Slack does.
   */
  public String says(String person, String channel, Optional<String> thread, String text) {
    String typed = alone(() -> payloads.typed(text));
    ObjectNode message =
        alone(
            () -> workspace.newMessage(channelOf(channel), workspace.user(person), typed, thread));
    event(() -> payloads.message(channelOf(channel), message));
    if (typed.contains("<@" + Workspace.BOT_USER + ">") && !alone(() -> channelOf(channel).isIm)) {
      event(() -> payloads.message(channelOf(channel), message).put("type", "app_mention"));
    }
    return message.path("ts").asText();
  }

  /** Lets a person write to the bot alone; returns the message's time. */
  public String writesToBot(String person, String text) {
    return types(person, alone(() -> workspace.im(workspace.user(person)).id), text);
  }

  /**
   * Lets another app post, as alerts arrive in a channel: often with an empty text and everything
   * in the attachments.
   *
   * @param app the app's name
   * @param attachments a JSON array; empty for none
   * @return the message's time
   */
  public String postsAs(String app, String channel, String text, String attachments) {
    ObjectNode message =
        alone(
            () -> workspace.newBotMessage(channelOf(channel), app, text, Optional.of(attachments)));
    event(() -> payloads.message(channelOf(channel), message));
    return message.path("ts").asText();
  }

  /** Lets a person change the words of a message; Slack tells when in whole seconds. */
  public Pushed edits(String person, String channel, String ts, String text) {
    return event(
        () -> {
          ObjectNode now = channelOf(channel).message(ts).orElseThrow();
          ObjectNode before = now.deepCopy();
          now.put("text", payloads.typed(text));
          String whole = workspace.now().getEpochSecond() + ".000000";
          now.putObject("edited").put("user", workspace.user(person)).put("ts", whole);
          return payloads.changed(channelOf(channel), now, before);
        });
  }

  /** Lets a message be deleted. */
  public Pushed deletes(String channel, String ts) {
    return event(
        () -> {
          FakeConversation where = channelOf(channel);
          ObjectNode before = where.message(ts).orElseThrow();
          where.messages.remove(before);
          return payloads.deleted(where, before);
        });
  }

  /** Lets a person react; {@code name} without colons. */
  public Pushed reacts(String person, String channel, String ts, String name) {
    return reaction("reaction_added", person, channel, ts, name);
  }

  /** Lets a person take a reaction back. */
  public Pushed takesBack(String person, String channel, String ts, String name) {
    return reaction("reaction_removed", person, channel, ts, name);
  }

  private Pushed reaction(String type, String person, String channel, String ts, String name) {
    return event(
        () -> {
          FakeConversation where = channelOf(channel);
          String user = workspace.user(person);
          where
              .message(ts)
              .ifPresent(m -> FakeReactions.set(m, user, name, type.equals("reaction_added")));
          return payloads.reaction(type, user, where.id, ts, name);
        });
  }

  /** Takes the bot out of a channel without telling it. */
  public void removesBot(String channel) {
    alone(() -> channelOf(channel).members.remove(Workspace.BOT_USER));
  }

  /** Lets a person pin a message, or take it off the pins. */
  public Pushed pins(String person, String channel, String ts, boolean on) {
    return event(() -> payloads.pin(on, workspace.user(person), channelOf(channel), ts));
  }

  /** Pushes an event as it is, in Slack's envelope. */
  public Pushed pushes(ObjectNode event) {
    return event(event::deepCopy);
  }

  /** Lets a person run a slash command, such as {@code /incident declare db is down}. */
  public Pushed runs(String person, String channel, String commandLine) {
    String[] parts = commandLine.split(" ", 2);
    String text = parts.length == 2 ? parts[1] : "";
    return line.push(
        alone(
            () ->
                payloads.command(
                    workspace.user(person), channelOf(channel), parts[0], payloads.typed(text))));
  }

  /** Lets a person press the newest button of that label that they see in a channel. */
  public Pushed presses(String person, String channel, String label) {
    return line.push(
        alone(
            () -> {
              String user = workspace.user(person);
              FakeConversation where = channelOf(channel);
              return payloads.pressByLabel(user, where, label);
            }));
  }

  /** Lets a person press the button of that value on one message. */
  public Pushed pressesValue(String person, String channel, String ts, String value) {
    return line.push(
        alone(() -> payloads.pressByValue(workspace.user(person), channelOf(channel), ts, value)));
  }

  /** Lets a person press a button on their Home tab. */
  public Pushed pressesAtHome(String person, String label) {
    return line.push(alone(() -> payloads.pressAtHome(workspace.user(person), label)));
  }

  /** Lets a person press a button in the window they opened last. */
  public Pushed pressesInWindow(String person, String label) {
    var windows = sight.windowsOf(person);
    String id = windows.get(windows.size() - 1).id();
    return line.push(
        alone(() -> payloads.pressInView(workspace.user(person), workspace.views.get(id), label)));
  }

  /** Lets a person open the app's Home tab. */
  public Pushed opensHome(String person) {
    return event(() -> payloads.homeOpened(workspace.user(person)));
  }

  /** Lets a person choose a global shortcut. */
  public Pushed chooses(String person, String callbackId) {
    return line.push(alone(() -> payloads.shortcut(workspace.user(person), callbackId)));
  }

  /** Lets a person choose a shortcut on a message. */
  public Pushed choosesOn(String person, String channel, String ts, String callbackId) {
    return line.push(
        alone(
            () ->
                payloads.messageShortcut(
                    workspace.user(person), channelOf(channel), ts, callbackId)));
  }

  /** Lets a person post a link of ours, which Slack asks the app to unfold. */
  public Pushed sharesLink(String person, String channel, String url) {
    ObjectNode message =
        alone(
            () ->
                workspace.newMessage(
                    channelOf(channel), workspace.user(person), "<" + url + ">", Optional.empty()));
    event(() -> payloads.message(channelOf(channel), message));
    return event(() -> payloads.linkShared(channelOf(channel), message, url));
  }

  /**
   * Lets a person submit the window they opened last; see {@link #submits(String, String, Map)}.
   */
  public Map<String, String> submits(String person, Map<String, String> values) {
    var windows = sight.windowsOf(person);
    if (windows.isEmpty()) {
      throw new AssertionError("no window is open for " + person);
    }
    return submits(person, windows.get(windows.size() - 1).id(), values);
  }

  /**
   * Lets a person submit a window. An empty answer closes it; an error stands beside its input;
   * another view takes its place.
   *
   * @param values what was typed, by the input's label or the end of its block id
   * @return sentences beside inputs, by the end of the block id; empty when the window closed
   */
  public Map<String, String> submits(String person, String view, Map<String, String> values) {
    ObjectNode open = alone(() -> workspace.views.get(view));
    Pushed pushed =
        line.push(alone(() -> payloads.submission(workspace.user(person), open, values)));
    return alone(() -> after(open, pushed));
  }

  private Map<String, String> after(ObjectNode open, Pushed pushed) {
    String id = open.path("id").asText();
    Map<String, String> errors = new LinkedHashMap<>();
    if (pushed.body().isEmpty()) {
      if (pushed.isAcknowledged()) {
        workspace.views.remove(id);
      }
      return errors;
    }
    JsonNode json = Call.parse(pushed.body());
    if (json.path("response_action").asText().equals("errors")) {
      Set<String> inputs = Set.copyOf(new OpenWindow(id, open).inputs());
      for (Map.Entry<String, JsonNode> error : json.path("errors").properties()) {
        SlackError.when(!inputs.contains(error.getKey()), "unknown block");
        errors.put(Payloads.field(error.getKey()), error.getValue().asText());
      }
    } else if (json.path("response_action").asText().equals("update")) {
      ObjectNode update = ViewMethods.checked(json.path("view"), "modal");
      workspace.views.put(id, update.put("id", id));
    } else if (json.path("response_action").asText().equals("clear")) {
      workspace.views.remove(id);
    }
    return errors;
  }
}
