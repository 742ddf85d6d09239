// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The permissions of Microsoft Graph that the bot uses, what each is for, and what is lost without
 * it. Which call needs which is from Graph's reference of each call.
 */
public enum Scope {
  /** Channels of incidents. */
  CHANNEL_CREATE(
      Of.TEAM,
      Need.ALWAYS,
      "the bot cannot open incident channels",
      "Channel.Create.Group",
      "Channel.Create"),
  /** Names and descriptions of channels. */
  CHANNEL_SETTINGS(
      Of.TEAM,
      Need.ALWAYS,
      "the bot cannot find, rename and describe channels",
      "ChannelSettings.ReadWrite.Group",
      "ChannelSettings.ReadWrite.All"),
  /** Messages of channels. */
  CHANNEL_MESSAGES(
      Of.TEAM,
      Need.USUALLY,
      "the timeline is limited to what mentions the bot, and a post whose answer was lost cannot"
          + " be looked for",
      "ChannelMessage.Read.Group",
      "ChannelMessage.Read.All"),
  /** What a team consented to. */
  TEAM_CONSENT(
      Of.TEAM,
      Need.DECLINABLE,
      "the bot learns what a team consented to only when a call fails",
      "TeamsAppInstallation.Read.Group",
      "TeamsAppInstallation.ReadForTeam.All"),
  /** Closed channels. */
  CHANNEL_ARCHIVE(
      Of.TENANT,
      Need.DECLINABLE,
      "channels of closed incidents are not archived",
      "ChannelSettings.ReadWrite.All"),
  /** Members of groups. */
  GROUP_MEMBERS(
      Of.TENANT,
      Need.DECLINABLE,
      "groups of Entra cannot be invited",
      "GroupMember.Read.All",
      "Group.Read.All",
      "Directory.Read.All"),
  /** Chats of private incidents. */
  CHAT_CREATE(
      Of.PRIVATE_CHATS, Need.USUALLY, "the bot cannot open private incidents", "Chat.Create"),
  /** The app in the chat of a private incident. */
  CHAT_APP(
      Of.PRIVATE_CHATS,
      Need.USUALLY,
      "the bot cannot speak in the chats of private incidents",
      "TeamsAppInstallation.ReadWriteAndConsentSelfForChat.All"),
  /** People in the chat of a private incident. */
  CHAT_MEMBERS(
      Of.PRIVATE_CHATS,
      Need.USUALLY,
      "nobody can be invited into private incidents",
      "ChatMember.ReadWrite.All",
      "Chat.ReadWrite.All"),
  /** Finding a chat again. */
  CHAT_LIST(
      Of.PRIVATE_CHATS,
      Need.DECLINABLE,
      "a private chat whose answer was lost cannot be looked for",
      "Chat.ReadBasic.All",
      "Chat.Read.All",
      "Chat.ReadWrite.All"),
  /** Messages of chats. */
  CHAT_MESSAGES(
      Of.A_CHAT,
      Need.USUALLY,
      "past messages of private incidents cannot be read",
      "ChatMessage.Read.Chat",
      "Chat.Read.All"),
  /** The topic of a chat. */
  CHAT_SETTINGS(
      Of.A_CHAT,
      Need.DECLINABLE,
      "chats of private incidents are not renamed",
      "ChatSettings.ReadWrite.Chat",
      "Chat.ReadWrite.All");

  /** How much depends on a permission. */
  public enum Need {
    /** The product does not do its job without it. */
    ALWAYS,
    /** One feature is off without it. */
    USUALLY,
    /** One feature is off without it, and it may well be declined. */
    DECLINABLE
  }

  /** Who consents to a permission. */
  public enum Of {
    /** The owner of a team, when the app is added to it. */
    TEAM,
    /** Whoever adds the app to a chat. */
    A_CHAT,
    /** An administrator, for the whole tenant. */
    TENANT,
    /** An administrator, for the whole tenant, and only where private incidents have chats. */
    PRIVATE_CHATS
  }

  private final Of of;
  private final Need need;
  private final String loss;
  private final List<String> words;

  Scope(Of of, Need need, String loss, String... words) {
    this.of = of;
    this.need = need;
    this.loss = loss;
    this.words = List.of(words);
  }

  /** Returns the permission that a call needs; empty for calls that need none of these. */
  static Optional<Scope> neededBy(String method, List<String> path) {
    boolean changes = !method.equals("GET");
    if (path.isEmpty()) {
      return Optional.empty();
    }
    return switch (path.get(0)) {
      case "teams" -> Optional.of(ofTeams(path, changes));
      case "chats" -> Optional.of(ofChats(path, changes));
      case "users" -> Optional.of(CHAT_LIST);
      case "groups" -> Optional.of(GROUP_MEMBERS);
      default -> Optional.empty();
    };
  }

  private static Scope ofTeams(List<String> path, boolean changes) {
    if (path.contains("permissionGrants")) {
      return TEAM_CONSENT;
    }
    if (path.contains("messages")) {
      return CHANNEL_MESSAGES;
    }
    String last = path.get(path.size() - 1);
    if (last.equals("archive") || last.equals("unarchive")) {
      return CHANNEL_ARCHIVE;
    }
    return changes && last.equals("channels") ? CHANNEL_CREATE : CHANNEL_SETTINGS;
  }

  private static Scope ofChats(List<String> path, boolean changes) {
    if (path.size() == 1) {
      return CHAT_CREATE;
    }
    return switch (path.get(path.size() - 1)) {
      case "installedApps" -> CHAT_APP;
      case "members" -> CHAT_MEMBERS;
      default -> changes ? CHAT_SETTINGS : CHAT_MESSAGES;
    };
  }

  /** Returns the permission of that name, if it is one of those we ask for. */
  public static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
  }

  /** Returns Microsoft's name of the smallest permission that suffices. */
  public String word() {
    return words.get(0);
  }

  /** Returns whether one of these permissions is this one or includes it. */
  boolean isAmong(Collection<String> granted) {
    return words.stream().anyMatch(granted::contains);
  }

  /** Returns how much depends on it. */
  public Need need() {
    return need;
  }

  /** Returns who consents to it. */
  public Of of() {
    return of;
  }

  /** Returns what happens without it, a sentence for an operator. */
  public String lost() {
    return "Without the permission " + word() + " " + loss + ".";
  }

  /** Returns what happens without it, with the exact mend, in sentences for an operator. */
  public String mend() {
    return lost() + " " + how();
  }

  /** Returns how it is granted, a sentence for an operator. */
  public String how() {
    return switch (of) {
      case TEAM, A_CHAT ->
          "See that the app's manifest lists it under resourceSpecific, and let an owner add the"
              + " app to the team again.";
      case TENANT, PRIVATE_CHATS ->
          "Add it as an application permission of Microsoft Graph on the page \"API permissions\""
              + " of the app's registration in Entra, and grant admin consent.";
    };
  }
}
