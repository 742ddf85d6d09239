// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message as it is stored and as it goes over the wire. Absent values are null, because they go
 * over the wire as null.
 *
 * @param id its identity; greater than those of all earlier messages, as text
 * @param channel the channel's identity; over the wire its name now, see {@link WireChannel}
 * @param at when it was posted, ISO-8601
 * @param author who wrote it
 * @param bot whether the bot wrote it
 * @param text its words, as typed
 * @param thread the message it hangs under; null for none
 * @param editedAt when it was last edited; null for never
 * @param deleted whether it was deleted; its words are gone then
 * @param visibleTo the only person who sees it; null when all do
 * @param inReplyTo the command or press it answers; null for none
 * @param reactions reactions with those who gave them
 * @param files what was attached
 * @param mentions who is notified
 * @param pinned whether it is pinned
 * @param tone {@code neutral good warning urgent}
 * @param card the card of a message of the bot; null for a plain line
 */
record WireMessage(
    String id,
    String channel,
    String at,
    String author,
    boolean bot,
    String text,
    String thread,
    String editedAt,
    boolean deleted,
    String visibleTo,
    String inReplyTo,
    List<Reaction> reactions,
    List<WireFile> files,
    List<String> mentions,
    boolean pinned,
    String tone,
    WireCard card) {

  WireMessage {
    reactions = List.copyOf(reactions);
    files = List.copyOf(files);
    mentions = List.copyOf(mentions);
  }

  /**
   * A reaction.
   *
   * @param name the emoji's name
   * @param users who gave it
   */
  record Reaction(String name, List<String> users) {}

  /**
   * An attached file.
   *
   * @param id its identity
   * @param name its name as given
   * @param mediaType its declared media type
   * @param size in bytes
   * @param url its address, relative to the program's
   */
  record WireFile(String id, String name, String mediaType, long size, String url) {}

  static WireMessage ofPerson(
      String id, String channel, Instant at, String author, String text, Optional<String> thread) {
    return new WireMessage(
        id,
        channel,
        at.toString(),
        author,
        false,
        text,
        thread.orElse(null),
        null,
        false,
        null,
        null,
        List.of(),
        List.of(),
        Mentions.in(text),
        false,
        "neutral",
        null);
  }

  /** Returns the message as it is read in a channel, by the name that has now. */
  WireMessage shownIn(WireChannel where) {
    return where.name().equals(channel)
        ? this
        : new WireMessage(
            id,
            where.name(),
            at,
            author,
            bot,
            text,
            thread,
            editedAt,
            deleted,
            visibleTo,
            inReplyTo,
            reactions,
            files,
            mentions,
            pinned,
            tone,
            card);
  }

  Instant when() {
    return Instant.parse(at);
  }

  boolean isSeenBy(String viewer) {
    return visibleTo == null || visibleTo.equals(viewer);
  }

  /** Returns whether it makes a channel unread: what the bot says to one person alone, does too. */
  boolean isNewsTo(String viewer) {
    return !deleted && (visibleTo == null || (bot && visibleTo.equals(viewer)));
  }

  WireMessage with(WireCard otherCard, String otherText, String otherTone, List<String> notified) {
    return new WireMessage(
        id, channel, at, author, bot, otherText, thread, editedAt, deleted, visibleTo, inReplyTo,
        reactions, files, notified, pinned, otherTone, otherCard);
  }

  WireMessage privately(String only, String answered) {
    return new WireMessage(
        id, channel, at, author, bot, text, thread, editedAt, deleted, only, answered, reactions,
        files, mentions, pinned, tone, card);
  }

  WireMessage withFiles(List<WireFile> other) {
    return new WireMessage(
        id, channel, at, author, bot, text, thread, editedAt, deleted, visibleTo, inReplyTo,
        reactions, other, mentions, pinned, tone, card);
  }

  /** Returns this message with other words; itself when they are the same. */
  WireMessage edited(String otherText, Instant now) {
    if (text.equals(otherText)) {
      return this;
    }
    return new WireMessage(
        id,
        channel,
        at,
        author,
        bot,
        otherText,
        thread,
        now.toString(),
        deleted,
        visibleTo,
        inReplyTo,
        reactions,
        files,
        Mentions.in(otherText),
        pinned,
        tone,
        card);
  }

  WireMessage gone() {
    return new WireMessage(
        id, channel, at, author, bot, "", thread, editedAt, true, visibleTo, inReplyTo, List.of(),
        List.of(), List.of(), false, "neutral", null);
  }

  WireMessage withPin() {
    return new WireMessage(
        id, channel, at, author, bot, text, thread, editedAt, deleted, visibleTo, inReplyTo,
        reactions, files, mentions, true, tone, card);
  }

  boolean hasReaction(String user, String name) {
    return reactions.stream().anyMatch(r -> r.name().equals(name) && r.users().contains(user));
  }

  /** Returns this message with one reaction added or taken back; itself when it is so already. */
  WireMessage react(String user, String name, boolean there) {
    if (hasReaction(user, name) == there) {
      return this;
    }
    List<Reaction> now = new ArrayList<>();
    boolean known = false;
    for (Reaction reaction : reactions) {
      List<String> users = new ArrayList<>(reaction.users());
      if (reaction.name().equals(name)) {
        known = true;
        users.remove(user);
        if (there) {
          users.add(user);
        }
      }
      if (!users.isEmpty()) {
        now.add(new Reaction(reaction.name(), List.copyOf(users)));
      }
    }
    if (there && !known) {
      now.add(new Reaction(name, List.of(user)));
    }
    return new WireMessage(
        id, channel, at, author, bot, text, thread, editedAt, deleted, visibleTo, inReplyTo, now,
        files, mentions, pinned, tone, card);
  }
}
