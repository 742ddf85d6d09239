// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The permissions of the bot's token, what each is for, and what is lost without it. What each
 * method and event needs is from Slack's documentation of scopes.
 */
public enum Scope {
  /** Slash command and shortcuts. */
  COMMANDS("commands", Need.ALWAYS, "/incident and shortcuts", "nobody can give a command"),
  /** Everything the bot says. */
  CHAT_WRITE("chat:write", Need.ALWAYS, "every message and card", "the bot cannot post"),
  /** Announcements where the bot is no member. */
  CHAT_WRITE_PUBLIC(
      "chat:write.public",
      Need.USUALLY,
      "announcements in a public channel without joining it",
      "somebody must invite the bot to the channel of announcements"),
  /** Channels of incidents. */
  CHANNELS_MANAGE(
      "channels:manage",
      Need.ALWAYS,
      "opening, naming, archiving incident channels and inviting people",
      "the bot cannot open incident channels"),
  /** Names, members and events of channels. */
  CHANNELS_READ(
      "channels:read",
      Need.ALWAYS,
      "finding its channels, and hearing of renames, members and archiving",
      "the bot cannot find its channels"),
  /** Messages of channels. */
  CHANNELS_HISTORY(
      "channels:history",
      Need.ALWAYS,
      "the timeline, and looking whether a post was made",
      "there is no timeline of messages"),
  /** Joining public channels. */
  CHANNELS_JOIN(
      "channels:join",
      Need.DECLINABLE,
      "joining public alert channels, and coming back when somebody removed the bot",
      "somebody must write /invite @muster in each alert channel"),
  /** Channels of private incidents. */
  GROUPS_WRITE(
      "groups:write",
      Need.ALWAYS,
      "channels of private incidents",
      "the bot cannot open private incidents"),
  /** Names and members of private channels. */
  GROUPS_READ(
      "groups:read",
      Need.ALWAYS,
      "the same as channels:read, for private incidents",
      "the bot cannot find its private channels"),
  /** Messages of private channels. */
  GROUPS_HISTORY(
      "groups:history",
      Need.ALWAYS,
      "the timeline of private incidents",
      "there is no timeline of private incidents"),
  /** Direct messages to the bot. */
  IM_HISTORY(
      "im:history",
      Need.USUALLY,
      "commands written to the bot in a direct message",
      "direct messages to the bot are not heard"),
  /** Direct messages of the bot. */
  IM_WRITE(
      "im:write",
      Need.USUALLY,
      "calling people, briefings, private answers and the news of `subscribe` by direct message",
      "people are called in channels only, subscribers hear nothing"),
  /** Mentions of the bot. */
  APP_MENTIONS_READ(
      "app_mentions:read",
      Need.USUALLY,
      "@muster in threads, where Slack has no slash commands",
      "there are no commands in threads"),
  /** Profiles. */
  USERS_READ(
      "users:read",
      Need.ALWAYS,
      "names, time zones, and who is a guest, a bot or deactivated",
      "people appear without their names"),
  /** E-mail addresses. */
  USERS_READ_EMAIL(
      "users:read.email",
      Need.DECLINABLE,
      "finding people by e-mail address, as in /incident commander ada@example.com",
      "people are found by mention only"),
  /** User groups. */
  USERGROUPS_READ(
      "usergroups:read",
      Need.DECLINABLE,
      "inviting a user group such as @payments",
      "groups cannot be invited by their handle"),
  /** Reactions of people. */
  REACTIONS_READ(
      "reactions:read",
      Need.USUALLY,
      "marking a message with :pushpin: for the timeline",
      "messages are marked by the shortcut only"),
  /** The bot's reactions. */
  REACTIONS_WRITE(
      "reactions:write",
      Need.USUALLY,
      "the receipt under a message that went to the timeline",
      "there are no receipts"),
  /** Pins of people. */
  PINS_READ(
      "pins:read",
      Need.USUALLY,
      "hearing that somebody pinned or unpinned a message",
      "pins are not on the timeline"),
  /** The bot's pins. */
  PINS_WRITE("pins:write", Need.USUALLY, "pinning the incident's card", "the card is not pinned"),
  /** Existing bookmarks. */
  BOOKMARKS_READ(
      "bookmarks:read",
      Need.USUALLY,
      "seeing whether a bookmark is already there",
      "bookmarks are not set"),
  /** The bot's bookmarks. */
  BOOKMARKS_WRITE(
      "bookmarks:write",
      Need.USUALLY,
      "the link to the incident's page at the head of its channel",
      "the link is on the card only"),
  /** Files of people. */
  FILES_READ(
      "files:read",
      Need.USUALLY,
      "names and sizes of shared files on the timeline",
      "shared files are known by their ids"),
  /** The bot's files. */
  FILES_WRITE(
      "files:write",
      Need.USUALLY,
      "the postmortem's draft and exports as files",
      "files are linked instead of posted"),
  /** Links to Muster's pages that people post. */
  LINKS_READ(
      "links:read",
      Need.USUALLY,
      "noticing links to Muster's pages",
      "links to Muster's pages show nothing"),
  /** Cards below such links. */
  LINKS_WRITE(
      "links:write",
      Need.USUALLY,
      "a card below a link to Muster's pages",
      "links to Muster's pages show nothing");

  /** How much depends on a permission. */
  public enum Need {
    /** The product does not do its job without it. */
    ALWAYS,
    /** One feature is off without it. */
    USUALLY,
    /** One feature is off without it, and the person who installs the app may decline it. */
    DECLINABLE
  }

  private final String word;
  private final Need need;
  private final String reason;
  private final String loss;

  Scope(String word, Need need, String reason, String loss) {
    this.word = word;
    this.need = need;
    this.reason = reason;
    this.loss = loss;
  }

  /** Returns the scope of that name, if Muster asks for it. */
  public static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word.equals(word)).findFirst();
  }

  /** Returns those that are not among the granted ones, the most needed first. */
  public static List<Scope> missing(Collection<String> granted) {
    return Arrays.stream(values())
        .filter(scope -> !granted.contains(scope.word))
        .sorted(Comparator.comparing(Scope::need))
        .toList();
  }

  /** Returns Slack's name of it. */
  public String word() {
    return word;
  }

  /** Returns how much depends on it. */
  public Need need() {
    return need;
  }

  /** Returns what it is for, part of a sentence. */
  public String reason() {
    return reason;
  }

  /** Returns what happens without it, with the exact mend, in sentences for an operator. */
  public String mend() {
    return lost() + " Add it on the app's page \"OAuth & Permissions\" and install the app again.";
  }

  /** Returns what happens without it, a sentence for an operator. */
  public String lost() {
    return "Without the scope " + word + " " + loss + ".";
  }
}
