// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Codes as Microsoft's documentation writes them, and as Teams was seen to write them. */
final class ErrorClassTest {

  @Test
  void of_codesInAnySpelling_areKnown() {
    assertEquals(
        Optional.of(ErrorClass.NOT_IN_CONVERSATION), ErrorClass.of("BotNotInConversationRoster"));
    assertEquals(Optional.of(ErrorClass.WRITES_BLOCKED), ErrorClass.of("Message Writes Blocked"));
    assertEquals(
        Optional.of(ErrorClass.MESSAGE_GONE), ErrorClass.of("activityNotFoundInConversation"));
    assertEquals(Optional.empty(), ErrorClass.of("NotFound"));
    assertEquals(Optional.empty(), ErrorClass.of(""));
  }

  @Test
  void notFound_byWhatWasAskedFor_isChannelMessageOrNeither() {
    List<String> channel = List.of("v1.0", "teams", "g", "channels", "19:c");
    assertEquals(Optional.of(ErrorClass.CONVERSATION_GONE), ErrorClass.notFound(channel));
    assertEquals(
        Optional.of(ErrorClass.CONVERSATION_GONE),
        ErrorClass.notFound(List.of("teams", "g", "channels", "19:c", "archive")));
    assertEquals(
        Optional.of(ErrorClass.CONVERSATION_GONE),
        ErrorClass.notFound(List.of("chats", "19:x", "messages")));
    assertEquals(
        Optional.of(ErrorClass.MESSAGE_GONE),
        ErrorClass.notFound(
            List.of("teams", "g", "channels", "c", "messages", "1", "replies", "2")));
    assertEquals(Optional.empty(), ErrorClass.notFound(List.of("teams", "g", "channels")));
    assertEquals(Optional.empty(), ErrorClass.notFound(List.of("chats", "19:x", "members")));
    assertEquals(Optional.empty(), ErrorClass.notFound(List.of("users")));
  }
}
