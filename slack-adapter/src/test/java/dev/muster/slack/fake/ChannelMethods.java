// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The methods that make and change channels. Slack documentation, conversations.create: at most 80
 * of a-z, 0-9, hyphen and underscore; an archived channel keeps its name. conversations.rename: the
 * creator alone. conversations.invite: at most 100 people, one bad person spoils the whole call
 * unless it is forced. setTopic, setPurpose: 250 characters. An archived channel takes nothing.
 */
final class ChannelMethods {

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,80}");
  private static final Set<String> RESERVED = Set.of("here", "channel", "everyone", "slackbot");
  private static final String JOINED = "member_joined_channel";
  private static final int MOST_INVITED = 100;

  private final Workspace workspace;

  ChannelMethods(Workspace workspace) {
    this.workspace = workspace;
  }

  static boolean isLegal(String name) {
    return NAME.matcher(name).matches() && !RESERVED.contains(name);
  }

  void addTo(Map<String, Function<Call, ObjectNode>> methods) {
    methods.put("conversations.create", this::create);
    methods.put("conversations.rename", this::rename);
    methods.put("conversations.setTopic", call -> describe(call, "topic"));
    methods.put("conversations.setPurpose", call -> describe(call, "purpose"));
    methods.put("conversations.invite", this::invite);
    methods.put("conversations.kick", this::kick);
    methods.put("conversations.join", this::join);
    methods.put("conversations.leave", this::leave);
    methods.put("conversations.archive", call -> archive(call, true));
    methods.put("conversations.unarchive", call -> archive(call, false));
    methods.put("conversations.open", this::open);
    methods.put("conversations.info", call -> of(workspace.channel(call.get("channel"))));
    methods.put("conversations.members", this::members);
  }

  private static ObjectNode of(FakeConversation channel) {
    ObjectNode answer = Call.object();
    answer.set("channel", channel.json());
    return answer;
  }

  private void checkName(String name) {
    SlackError.when(name.length() > 80, "invalid_name_maxlength");
    SlackError.when(!NAME.matcher(name).matches(), "invalid_name_specials");
    SlackError.when(RESERVED.contains(name), "invalid_name");
    SlackError.when(
        workspace.channels.values().stream().anyMatch(c -> name.equals(c.name)), "name_taken");
  }

  private ObjectNode create(Call call) {
    checkName(call.get("name"));
    FakeConversation.Kind kind =
        call.flag("is_private") ? FakeConversation.Kind.PRIVATE : FakeConversation.Kind.PUBLIC;
    FakeConversation made = workspace.newChannel(call.get("name"), Workspace.BOT_USER, kind);
    workspace.did("created #" + made.name + " as " + made.id);
    workspace.emit(workspace.payloads.membership(JOINED, Workspace.BOT_USER, made, false));
    return of(made);
  }

  private ObjectNode rename(Call call) {
    FakeConversation channel = writable(call);
    SlackError.when(!channel.creator.equals(Workspace.BOT_USER), "not_authorized");
    if (!channel.name.equals(call.get("name"))) {
      checkName(call.get("name"));
      workspace.did("renamed #" + channel.name + " to #" + call.get("name"));
      channel.name = call.get("name");
      workspace.emit(workspace.payloads.channelEvent("rename", channel));
    }
    return of(channel);
  }

  private FakeConversation writable(Call call) {
    FakeConversation channel = workspace.channel(call.get("channel"));
    SlackError.when(channel.archived, "is_archived");
    return channel;
  }

  private FakeConversation joined(Call call) {
    FakeConversation channel = writable(call);
    SlackError.when(!channel.members.contains(Workspace.BOT_USER), "not_in_channel");
    return channel;
  }

  private ObjectNode describe(Call call, String what) {
    FakeConversation channel = joined(call);
    String text = call.get(what);
    SlackError.when(text.length() > 250, "too_long");
    String before = what.equals("topic") ? channel.topic : channel.purpose;
    if (!before.equals(text)) {
      workspace.did("set the " + what + " of " + channel.id);
    }
    if (what.equals("topic")) {
      channel.topic = text;
    } else {
      channel.purpose = text;
    }
    return of(channel);
  }

  private ObjectNode invite(Call call) {
    FakeConversation channel = joined(call);
    List<String> users = Arrays.asList(call.get("users").split(","));
    SlackError.when(users.size() > MOST_INVITED, "too_many_users");
    for (String user : users) {
      String wrong = workspace.inviteError(user, channel);
      SlackError.when(!wrong.isEmpty() && !call.flag("force"), wrong);
      if (wrong.isEmpty()) {
        workspace.did("invited " + user + " to " + channel.id);
      }
    }
    for (String user : users) {
      if (workspace.inviteError(user, channel).isEmpty()) {
        channel.members.add(user);
        workspace.emit(workspace.payloads.membership(JOINED, user, channel, true));
      }
    }
    return of(channel);
  }

  private ObjectNode kick(Call call) {
    FakeConversation channel = joined(call);
    SlackError.when(call.get("user").equals(Workspace.BOT_USER), "cant_kick_self");
    SlackError.when(!channel.members.remove(call.get("user")), "not_in_channel");
    workspace.did("removed " + call.get("user") + " from " + channel.id);
    return Call.object();
  }

  private ObjectNode join(Call call) {
    FakeConversation channel = writable(call);
    SlackError.when(channel.isPrivate || channel.isIm, "method_not_supported_for_channel_type");
    if (channel.members.add(Workspace.BOT_USER)) {
      workspace.did("joined " + channel.id);
      workspace.emit(workspace.payloads.membership(JOINED, Workspace.BOT_USER, channel, false));
    }
    return of(channel);
  }

  private ObjectNode leave(Call call) {
    FakeConversation channel = joined(call);
    SlackError.when(channel.members.size() == 1, "last_member");
    channel.members.remove(Workspace.BOT_USER);
    workspace.did("left " + channel.id);
    return Call.object();
  }

  private ObjectNode members(Call call) {
    ObjectNode answer = Call.object();
    ArrayNode members = answer.putArray("members");
    workspace.channel(call.get("channel")).members.forEach(members::add);
    return answer;
  }

  private ObjectNode archive(Call call, boolean archived) {
    FakeConversation channel = workspace.channel(call.get("channel"));
    SlackError.when(channel.archived == archived, archived ? "already_archived" : "not_archived");
    channel.archived = archived;
    workspace.did((archived ? "archived " : "unarchived ") + channel.id);
    workspace.emit(workspace.payloads.channelEvent(archived ? "archive" : "unarchive", channel));
    return Call.object();
  }

  private ObjectNode open(Call call) {
    String user = call.get("users");
    SlackError.when(user.split(",").length > 8, "too_many_users");
    SlackError.when(workspace.trait(user, "deleted"), "user_disabled");
    return of(workspace.im(user));
  }
}
