// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent.MessageDeleted;
import dev.muster.chat.ChatEvent.MessageEdited;
import dev.muster.chat.ChatEvent.ReactionAdded;
import dev.muster.chat.ChatEvent.ReactionRemoved;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import dev.muster.web.chat.ChatCaller.Answered;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change sent again, because its answer was lost, is heard once. */
final class RepeatedChangesTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  @TempDir private Path folder;
  private TestRuntime runtime;
  private ChatPlatform platform;
  private ChatCaller api;
  private String path;

  @BeforeEach
  void startTheChat() {
    runtime = new TestRuntime(clock, memory, folder);
    platform = new WebChatPlatformFactory().create(new WebChatConfig(List.of()), inbox, runtime);
    platform.start();
    api = new ChatCaller(runtime);
    Map<String, String> body = Map.of("user", "ada", "channel", "general", "text", "one");
    path = "messages/" + api.send("POST", "messages", body).id();
  }

  @AfterEach
  void stopTheChat() {
    platform.close();
    runtime.close();
  }

  private Answered edit(String text, String key) {
    return api.send("PATCH", path, Map.of("user", "ada", "text", text), keyed(key));
  }

  private static Map<String, String> keyed(String key) {
    return key.isEmpty() ? Map.of() : Map.of("Idempotency-Key", key);
  }

  private String text() {
    return api.get("channels/general/messages?as=ada")
        .body()
        .path("items")
        .get(0)
        .path("text")
        .asText();
  }

  @Test
  void edit_sentAgainUnderItsKey_isHeardOnceAndUndoesNothing() {
    Answered first = edit("two", "k1");
    edit("three", "k2");

    Answered again = edit("two", "k1");

    assertEquals(202, again.status());
    assertEquals(first.id(), again.id());
    assertEquals("three", text());
    assertEquals(2, inbox.heard(MessageEdited.class).size());
  }

  @Test
  void edit_toTheSameWords_isHeardOnceAlsoWithoutAKey() {
    edit("two", "");

    assertEquals(202, edit("two", "").status());

    assertEquals(1, inbox.heard(MessageEdited.class).size());
  }

  @Test
  void keysOfAYear_areForgottenAfterAWhile() {
    KeptAnswers kept = new KeptAnswers(memory, clock);
    for (int day = 0; day < 365; day++) {
      clock.advance(Duration.ofDays(1));
      edit("text " + day, "morning " + day);
      edit("late " + day, "evening " + day);
    }
    assertTrue(kept.turn(), "one turn looks at a part");
    assertFalse(kept.turn());

    assertTrue(memory.scan("i/", "", 1_000).size() <= 20);
    Answered repeated = edit("late 364", "evening 364");
    assertEquals(202, repeated.status());
    assertEquals(730, inbox.heard(MessageEdited.class).size());
    assertEquals("key_reused", edit("x", "evening 360").body().path("error").asText());
  }

  @Test
  void key_ofAnotherChange_isRefused() {
    edit("two", "k1");

    assertEquals("key_reused", edit("three", "k1").body().path("error").asText());
    Answered deletion = api.send("DELETE", path, Map.of("user", "ada"), keyed("k1"));

    assertEquals(422, deletion.status());
    assertTrue(inbox.heard(MessageDeleted.class).isEmpty());
  }

  @Test
  void deletion_sentAgain_isHeardOnceAndAnsweredTheSame() {
    for (String key : List.of("k1", "k1", "")) {
      assertEquals(202, api.send("DELETE", path, Map.of("user", "ada"), keyed(key)).status());
    }
    TestRequest inTheQuery =
        TestRequest.of("DELETE", "/api/v1/chat/" + path + "?user=ada", Map.of(), new byte[0]);
    assertEquals(202, api.send(inTheQuery).status());

    assertEquals(1, inbox.heard(MessageDeleted.class).size());
  }

  @Test
  void edit_sentAgainAfterTheDeletion_isAnsweredTheSame() {
    edit("two", "k1");
    api.send("DELETE", path, Map.of("user", "ada"));

    assertEquals(202, edit("two", "k1").status());
    assertEquals(409, edit("three", "k2").status());
    assertEquals(1, inbox.heard(MessageEdited.class).size());
  }

  @Test
  void reaction_sentAgainAfterItWasTakenBack_staysTakenBack() {
    Map<String, String> eyes = Map.of("user", "ada", "name", "eyes");
    api.send("POST", path + "/reactions", eyes, keyed("k1"));
    api.send("DELETE", path + "/reactions", eyes, keyed("k2"));

    assertEquals(202, api.send("POST", path + "/reactions", eyes, keyed("k1")).status());
    assertEquals(202, api.send("DELETE", path + "/reactions", eyes, keyed("k2")).status());

    assertEquals(1, inbox.heard(ReactionAdded.class).size());
    assertEquals(1, inbox.heard(ReactionRemoved.class).size());
  }
}
