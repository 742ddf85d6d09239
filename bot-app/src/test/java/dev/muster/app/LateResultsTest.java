// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.app.BotHttp.Answered;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that do what they are asked, lose the reply, and report it later. */
class LateResultsTest {

  private static final String RUNBOOK =
      """
      name: fix
      steps:
        - { id: call, kind: webhook, approval: none, method: POST, url: RECEIVER/fix, timeout: 10s }
        - { id: tell, kind: message, body: "The cache is at {{steps.call.version}}." }
      """;

  private static final String FOLDING =
      """
      name: fold
      steps:
        - { id: call, kind: webhook, approval: none, url: RECEIVER/fold, idempotent: true }
      """;

  @TempDir private Path folder;
  private final Receiver receiver = new Receiver();
  private BotHarness bot;
  private String room;

  @BeforeEach
  void callWhoseReplyIsLost() throws IOException {
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    Files.writeString(runbooks.resolve("fix.yaml"), RUNBOOK.replace("RECEIVER", receiver.url()));
    Files.writeString(runbooks.resolve("fold.yaml"), FOLDING.replace("RECEIVER", receiver.url()));
    bot =
        BotHarness.start(
            folder,
            ManualClock.atNoon(),
            "outbound: { allow: [\"" + receiver.url() + "\"] }\nrunbooks: runbooks/\n");
    receiver.loseReplies(true);
    http().say("ada", "general", "/incident declare! Checkout is down");
    room = http().channelOf("INC-1", "ada");
    bot.settle();
    http().say("ada", room, "/incident runbook fix");
    http().entry("INC-1", "ada", "step_outcome_unknown");
    bot.settle();
  }

  @AfterEach
  void close() {
    bot.close();
    receiver.close();
  }

  private BotHttp http() {
    return bot.http();
  }

  private String hook() {
    return URI.create(receiver.calls().get(0).headers().get("x-muster-callback")).getPath();
  }

  private List<JsonNode> entries(String kind) {
    return http().entries("INC-1", "ada", kind);
  }

  private Answered reports(Map<String, ?> result) {
    Answered answered = http().post(hook(), result);
    bot.settle();
    return answered;
  }

  @Test
  void result_reportedLate_settlesTheStepOnceAndTheRunGoesOn() {
    Map<String, ?> result =
        Map.of(
            "status", "Succeeded",
            "message", "took 45 s\n<!channel> \u202Epassword=hunter2secret token=sk-live4711",
            "outputs", Map.of("version", "1.4.1"));
    String url = receiver.calls().get(0).headers().get("x-muster-callback");
    assertTrue(url.startsWith("http://localhost:" + http().port() + "/hooks/"), url);

    Answered first = reports(result);
    Answered second = reports(Map.of("status", "failed"));

    assertEquals(202, first.status(), first.body());
    assertFalse(first.json().path("duplicate").asBoolean());
    assertEquals(202, second.status());
    assertTrue(second.json().path("duplicate").asBoolean());
    assertEquals(first.json().path("delivery"), second.json().path("delivery"));
    http().message("ada", room, "The cache is at 1.4.1.");
    assertEquals(2, entries("step_succeeded").size());
    assertEquals(0, entries("step_failed").size());
    String reason = entries("step_succeeded").get(0).path("reason").asText();
    assertTrue(
        reason.startsWith("The target reported later that it succeeded: took 45 s "), reason);
    assertTrue(reason.endsWith("token=[redacted token]"), reason);
    assertFalse(reason.contains("hunter2secret") || reason.contains("\u202E"), reason);
    assertTrue(http().newest("ada", room, "it_ran").isEmpty(), "the question is answered");
    assertFalse(http().timeline("INC-1", "ada").toString().contains(hook().substring(7)));
    assertEquals(1, receiver.calls().size());
  }

  @Test
  void addressOrBody_thatIsWrong_changesNothing() {
    String hook = hook();
    String other = hook.substring(0, hook.length() - 1) + (hook.endsWith("A") ? "B" : "A");
    String ok = "{\"status\":\"succeeded\"}";
    for (String wrong : List.of(other, "/hooks/x", hook.replaceFirst("\\.0\\.", ".1."))) {
      assertEquals(404, http().post(wrong, ok).status(), wrong);
      assertEquals("unknown_hook", http().post(wrong, ok).error());
    }
    for (String body :
        List.of(
            "", "[]", "{}", "{\"status\":\"maybe\"}", "{\"status\":1}", ok + ok, "{\"status\":")) {
      Answered answered = http().post(hook, body);
      assertEquals(400, answered.status(), body);
      assertTrue(answered.json().path("message").asText().contains("\"status\""), answered.body());
    }
    assertEquals(413, http().post(hook, "\"" + "x".repeat(5 * 1024 * 1024) + "\"").status());
    assertEquals(0, entries("step_succeeded").size());

    assertEquals(202, http().post(hook, ok).status(), "it is still good for one result");
  }

  @Test
  void result_afterAPersonDecided_isShownAndChangesNothing() {
    http().press("ada", room, "it_ran");
    bot.settle();
    int before = entries("step_failed").size();

    assertEquals(202, reports(Map.of("status", "failed", "message", "no such host")).status());

    assertEquals(before, entries("step_failed").size());
    String noted = entries("note_added").get(0).path("text").asText();
    assertTrue(noted.contains("stands as succeeded"), noted);
    assertTrue(noted.contains("reported later that it failed: no such host"), noted);
    http().message("ada", room, "reported later that it failed: no such host");
  }

  @Test
  void result_afterTheIncidentWasClosed_isWrittenDownAndGoesNoFurther() {
    http().press("ada", room, "it_ran");
    bot.settle();
    http().say("ada", room, "/incident resolve");
    bot.settle();
    http().say("ada", room, "/incident close");
    bot.settle();
    assertEquals("closed", http().incident("INC-1", "ada").path("status").asText());
    int before = http().messages("ada", room).size();
    bot.restart();

    assertEquals(202, reports(Map.of("status", "failed")).status());

    assertEquals(1, entries("note_added").size());
    assertEquals(before, http().messages("ada", room).size());
    assertEquals("closed", http().incident("INC-1", "ada").path("status").asText());
  }

  @Test
  void result_beforeTheNextTryOfAFoldingTarget_endsTheTrying() {
    http().say("ada", room, "/incident runbook fold");
    http().until("the first try", () -> entries("step_outcome_unknown").size() == 2);
    String url = receiver.calls().get(1).headers().get("x-muster-callback");

    http().post(URI.create(url).getPath(), Map.of("status", "succeeded"));
    http().entry("INC-1", "ada", "step_succeeded");
    bot.advance(Duration.ofMinutes(1));
    bot.settle();

    assertEquals(1, entries("step_succeeded").size());
    assertEquals(2, receiver.calls().size());
    assertEquals(0, entries("effect_failed").size());
  }
}
