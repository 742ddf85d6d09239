// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything a workspace of the stand-in holds. Callers lock it. */
final class Workspace {

  static final String TEAM = "T0ACME001";
  static final String APP = "A0BOTAPP1";
  static final String BOT_USER = FakeSlack.BOT_USER;
  static final String BOT = "B0BOT0001";

  final Map<String, FakeConversation> channels = new LinkedHashMap<>();
  final Map<String, String> users = new LinkedHashMap<>();
  final Map<String, Trigger> triggers = new LinkedHashMap<>();
  final Map<String, ReplyAddress> replyAddresses = new LinkedHashMap<>();
  final Map<String, ObjectNode> views = new LinkedHashMap<>();
  final Map<String, String> viewOwners = new LinkedHashMap<>();
  final Map<String, ObjectNode> homes = new LinkedHashMap<>();
  final Map<String, ObjectNode> files = new LinkedHashMap<>();
  final Map<String, String> bots = new LinkedHashMap<>();
  final List<Ephemeral> ephemerals = new ArrayList<>();

  /** What the people's profiles say besides the usual, by id. */
  final Map<String, ObjectNode> traits = new LinkedHashMap<>();

  final Map<String, Group> groups = new LinkedHashMap<>();
  final Scopes scopes = new Scopes();
  final Ledger ledger = new Ledger();
  final Payloads payloads;
  boolean paidPlan = true;
  boolean homeTab = true;

  private final InstantSource clock;
  private final Consumer<ObjectNode> events;
  private int lastNumber;

  /** Creates an empty workspace whose events about the bot's own acts go to {@code events}. */
  Workspace(InstantSource clock, String base, Consumer<ObjectNode> events) {
    this.clock = clock;
    this.events = events;
    this.payloads = new Payloads(this, base);
    users.put(BOT_USER, "muster");
  }

  /** A user group. */
  record Group(String handle, List<String> members) {}

  /** Notes in the ledger what the present call changes. */
  void did(String what) {
    ledger.did(what);
  }

  /** Tells the app something; a copy, as it is now. */
  void emit(ObjectNode event) {
    events.accept(event.deepCopy());
  }

  /** Slack documentation, message events: an app hears its own messages too. */
  void echo(FakeConversation channel, ObjectNode message) {
    emit(payloads.message(channel, message));
  }

  boolean trait(String user, String name) {
    return traits.containsKey(user) && traits.get(user).path(name).asBoolean(false);
  }

  /**
   * Slack documentation, conversations.invite: why one person cannot come in; empty if they can.
   */
  String inviteError(String user, FakeConversation channel) {
    if (user.equals(BOT_USER)) {
      return "cant_invite_self";
    }
    if (!users.containsKey(user)) {
      return "user_not_found";
    }
    if (trait(user, "deleted")) {
      return "cant_invite";
    }
    if (trait(user, "is_ultra_restricted")) {
      return "user_is_restricted";
    }
    if (traits.containsKey(user) && traits.get(user).has("team_id")) {
      return "org_user_not_in_team";
    }
    return channel.members.contains(user) ? "already_in_channel" : "";
  }

  /** A right to open a form: three seconds, once. */
  static final class Trigger {
    final String user;
    final Instant until;
    boolean used;

    Trigger(String user, Instant until) {
      this.user = user;
      this.until = until;
    }
  }

  /** A reply address: half an hour, five times. */
  static final class ReplyAddress {
    final String user;
    final String channel;
    final Instant until;
    int used;

    ReplyAddress(String user, String channel, Instant until) {
      this.user = user;
      this.channel = channel;
      this.until = until;
    }
  }

  /** A message for one person's eyes; Slack does not store it. */
  record Ephemeral(String user, String channel, ObjectNode message) {}

  Instant now() {
    return clock.instant();
  }

  String nextId(String prefix) {
    return prefix + String.format("%07d", ++lastNumber);
  }

  /** A message time is unique in its channel and sorts as text. */
  String nextTs() {
    return now().getEpochSecond() + "." + String.format("%06d", ++lastNumber);
  }

  FakeConversation channel(String id) {
    FakeConversation channel = channels.get(id);
    SlackError.when(
        channel == null || channel.isPrivate && !channel.members.contains(BOT_USER),
        "channel_not_found");
    return channel;
  }

  FakeConversation newChannel(String name, String creator, FakeConversation.Kind kind) {
    FakeConversation channel =
        new FakeConversation(nextId("C0"), name, creator, kind, now().getEpochSecond());
    channels.put(channel.id, channel);
    return channel;
  }

  /** The direct conversation of the bot with one person. */
  FakeConversation im(String user) {
    SlackError.when(!users.containsKey(user), "user_not_found");
    Optional<FakeConversation> open =
        channels.values().stream().filter(c -> c.isIm && c.members.contains(user)).findFirst();
    if (open.isPresent()) {
      return open.get();
    }
    FakeConversation im =
        new FakeConversation(
            nextId("D0"), "", BOT_USER, FakeConversation.Kind.IM, now().getEpochSecond());
    im.members.add(user);
    channels.put(im.id, im);
    return im;
  }

  /** Adds a message of a person or of the bot. */
  ObjectNode newMessage(
      FakeConversation channel, String user, String text, Optional<String> thread) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", "message").put("user", user).put("text", text).put("ts", nextTs());
    message.put("team", TEAM);
    if (user.equals(BOT_USER)) {
      message.put("bot_id", BOT).put("app_id", APP);
    }
    thread.ifPresent(root -> message.put("thread_ts", root));
    channel.messages.add(message);
    return message;
  }

  /** Adds a message of another app; Slack gives it no user but a bot. */
  ObjectNode newBotMessage(
      FakeConversation channel, String app, String text, Optional<String> attachments) {
    ObjectNode message = JsonNodeFactory.instance.objectNode();
    message.put("type", "message").put("subtype", "bot_message").put("text", text);
    message.put("ts", nextTs()).put("username", app).put("bot_id", botNamed(app));
    message.put("app_id", "A" + botNamed(app).substring(1));
    attachments
        .filter(json -> !json.isEmpty())
        .ifPresent(json -> message.set("attachments", Call.parse(json)));
    channel.messages.add(message);
    return message;
  }

  private String botNamed(String app) {
    return bots.computeIfAbsent(app, name -> nextId("B0"));
  }

  /** Finds a channel by id or name, whoever may see it. */
  Optional<FakeConversation> find(String nameOrId) {
    String wanted = nameOrId.startsWith("#") ? nameOrId.substring(1) : nameOrId;
    return Optional.ofNullable(channels.get(wanted))
        .or(() -> channels.values().stream().filter(c -> wanted.equals(c.name)).findFirst());
  }

  /** Returns the id of a person given by id or name; unknown names become people. */
  String user(String nameOrId) {
    return users.containsKey(nameOrId) ? nameOrId : userNamed(nameOrId);
  }

  String userNamed(String name) {
    return users.entrySet().stream()
        .filter(user -> user.getValue().equals(name))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseGet(
            () -> {
              String id = nextId("U0");
              users.put(id, name);
              return id;
            });
  }
}
