// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.fake;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Every call to Microsoft's side that the adapter makes, for arming and counting. */
public enum FakeCall {
  /** Signing in for a token. */
  SIGN_IN("login", "POST */oauth2/v2.0/token"),
  /** Where the keys of inbound tokens are. */
  READ_METADATA("openid", "GET configuration"),
  /** The keys of inbound tokens. */
  READ_KEYS("openid", "GET keys"),
  /** A message into a conversation. */
  SEND("connector", "POST v3/conversations/*/activities"),
  /** A message that one member alone sees. */
  SEND_TARGETED("connector", "POST v3/conversations/*/activities", true),
  /** A change of a message. */
  UPDATE("connector", "PUT v3/conversations/*/activities/*"),
  /** A change of what one member alone sees. */
  UPDATE_TARGETED("connector", "PUT v3/conversations/*/activities/*", true),
  /** A deletion. */
  DELETE("connector", "DELETE v3/conversations/*/activities/*"),
  /** The chat with one person. */
  OPEN_DIRECT("connector", "POST v3/conversations"),
  /** One member. */
  GET_MEMBER("connector", "GET v3/conversations/*/members/*"),
  /** All members. */
  LIST_MEMBERS("connector", "GET v3/conversations/*/pagedmembers"),
  /** What a team is. */
  GET_TEAM("connector", "GET v3/teams/*"),
  /** A new channel. */
  CREATE_CHANNEL("graph", "POST teams/*/channels"),
  /** The channels of a team. */
  LIST_CHANNELS("graph", "GET teams/*/channels"),
  /** One channel. */
  GET_CHANNEL("graph", "GET teams/*/channels/*"),
  /** A channel's name or description. */
  CHANGE_CHANNEL("graph", "PATCH teams/*/channels/*"),
  /** A channel put away. */
  ARCHIVE("graph", "POST teams/*/channels/*/archive"),
  /** A channel brought back. */
  UNARCHIVE("graph", "POST teams/*/channels/*/unarchive"),
  /** The general channel of a team. */
  GET_PRIMARY_CHANNEL("graph", "GET teams/*/primaryChannel"),
  /** What a team consented to. */
  LIST_GRANTS("graph", "GET teams/*/permissionGrants"),
  /** The threads of a channel. */
  LIST_MESSAGES("graph", "GET teams/*/channels/*/messages"),
  /** The answers in a thread. */
  LIST_REPLIES("graph", "GET teams/*/channels/*/messages/*/replies"),
  /** One root of a channel. */
  GET_MESSAGE("graph", "GET teams/*/channels/*/messages/*"),
  /** One answer of a thread. */
  GET_REPLY("graph", "GET teams/*/channels/*/messages/*/replies/*"),
  /** A new group chat. */
  CREATE_CHAT("graph", "POST chats"),
  /** The chats of a person. */
  LIST_CHATS("graph", "GET users/*/chats"),
  /** The app into a chat. */
  INSTALL_APP("graph", "POST chats/*/installedApps"),
  /** A person into a chat. */
  ADD_MEMBER("graph", "POST chats/*/members"),
  /** A chat's topic. */
  RENAME_CHAT("graph", "PATCH chats/*"),
  /** The messages of a chat. */
  LIST_CHAT_MESSAGES("graph", "GET chats/*/messages"),
  /** One message of a chat. */
  GET_CHAT_MESSAGE("graph", "GET chats/*/messages/*"),
  /** The people of a group. */
  LIST_GROUP_MEMBERS("graph", "GET groups/*/members");

  private final String side;
  private final String method;
  private final List<String> path;
  private final boolean targeted;

  FakeCall(String side, String call) {
    this(side, call, false);
  }

  FakeCall(String side, String call, boolean targeted) {
    this.side = side;
    this.method = call.substring(0, call.indexOf(' '));
    this.path = List.of(call.substring(call.indexOf(' ') + 1).split("/"));
    this.targeted = targeted;
  }

  /** Returns which call that is; empty for one that the adapter is not known to make. */
  static Optional<FakeCall> of(String side, Exchange call) {
    boolean alone = call.query().contains("isTargetedActivity=true");
    return Arrays.stream(values())
        .filter(each -> each.side.equals(side) && each.targeted == alone)
        .filter(each -> call.is(each.method, each.path.toArray(String[]::new)))
        .findFirst();
  }

  /** Returns whether it changes something that people see. */
  public boolean changes() {
    return !method.equals("GET") && this != SIGN_IN;
  }

  /** Returns the words of its path in order, without what differs from call to call. */
  public String words() {
    return String.join(" ", path.stream().filter(part -> !part.equals("*")).toList());
  }
}
