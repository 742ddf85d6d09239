// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.spi.ChatOutcome.Cause;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an error code of the Bot Connector or of Graph means for what to do next. The codes are
 * those of "Status codes from agent conversational APIs" in Microsoft's documentation of Teams;
 * they come in several spellings, so case and blanks do not count.
 */
enum ErrorClass {
  /** The app was removed from the channel, chat or team, or never added. */
  NOT_IN_CONVERSATION(
      Cause.NOT_A_MEMBER,
      ": the app is not in that channel or chat.",
      "botnotinconversationroster"),
  /** The channel is archived, or moderated; or the person has blocked or removed the app. */
  WRITES_BLOCKED(
      Cause.CHANNEL_GONE,
      ": nobody may write there. The channel is archived or closed for posting, or the person has"
          + " blocked the app.",
      "messagewritesblocked",
      "conversationblockedbyuser"),
  /** A person who never added the app cannot be written to alone. */
  NOT_INSTALLED_FOR_PERSON(
      Cause.OTHER,
      ": the person has not added the app in Teams. Ask them to, or let an administrator install it"
          + " for everybody by a setup policy.",
      "forbiddenoperationexception"),
  /** An administrator of the tenant switched the app off: nothing works until it is allowed. */
  DISABLED_BY_ADMIN(
      Cause.CREDENTIALS,
      ": an administrator of the tenant has blocked the app. Allow it in the Teams admin center"
          + " under Manage apps.",
      "botdisabledbyadmin"),
  /** The channel or chat is not there any more. */
  CONVERSATION_GONE(
      Cause.CHANNEL_GONE, ": the channel or chat is not there any more.", "conversationnotfound"),
  /** The message is not there any more. */
  MESSAGE_GONE(
      Cause.MESSAGE_GONE,
      ": the message is not there any more.",
      "activitynotfoundinconversation",
      "messagenotfound");

  private final Cause cause;
  private final String mend;
  private final String[] codes;

  ErrorClass(Cause cause, String mend, String... codes) {
    this.cause = cause;
    this.mend = mend;
    this.codes = codes;
  }

  /** Sorts an error code; empty for codes that say no more than their HTTP status. */
  static Optional<ErrorClass> of(String code) {
    String plain = code.replace(" ", "").toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(kind -> Arrays.asList(kind.codes).contains(plain))
        .findFirst();
  }

  /**
   * Sorts a 404 of Graph, which has one code for everything, by what was asked for.
   *
   * @param path the segments of the address
   * @return empty when the path names more than a channel, a chat or a message
   */
  static Optional<ErrorClass> notFound(List<String> path) {
    int last = path.size() - 1;
    boolean verb = last > 0 && Set.of("archive", "unarchive", "messages").contains(path.get(last));
    int kind = verb ? last - 2 : last - 1;
    String of = kind < 0 ? "" : path.get(kind);
    return switch (of) {
      case "channels", "chats" -> Optional.of(CONVERSATION_GONE);
      case "messages", "replies" -> Optional.of(MESSAGE_GONE);
      default -> Optional.empty();
    };
  }

  /** Returns what stands in the way. */
  Cause cause() {
    return cause;
  }

  /** Returns the rest of the sentence, with what can be done. */
  String mend() {
    return mend;
  }
}
