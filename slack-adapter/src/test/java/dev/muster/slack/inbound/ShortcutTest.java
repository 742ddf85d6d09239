// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.Slack;
import dev.muster.chat.ChatEvent.ButtonPressed;
import dev.muster.chat.ChatEvent.CommandInvoked;
import dev.muster.chat.ChatEvent.FormSubmitted;
import dev.muster.chat.Quotation;
import dev.muster.slack.client.FormVerbs;
import dev.muster.slack.client.LateWindows;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recorded deliveries of what people do by hand, through Bolt. */
class ShortcutTest {

  private static final long SENT_AT = 1_795_190_144L;

  private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(SENT_AT + 1));
  private final RecordingInbox inbox = new RecordingInbox(new KeyedMemory());
  private final SdkBridge bolt =
      new SdkBridge(
          Slack.getInstance(),
          inbox,
          new AnswerSlot(
              new LateWindows(new FormVerbs(null, clock), new KeyedMemory(), clock), Runnable::run),
          clock);

  @AfterEach
  void close() {
    bolt.close();
  }

  private void push(String body) {
    push(body, "{}");
  }

  private void push(String body, String raw) {
    try {
      bolt.run(body, raw.getBytes(StandardCharsets.UTF_8), SENT_AT);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void command_recorded_isHeardAsTyped() {
    push(Fixture.form(Fixture.body("command.json")));
    CommandInvoked heard = inbox.heard(CommandInvoked.class).get(0);
    assertEquals("declare sev1 \"db down\" & <x>", heard.text());
    assertEquals("U01ALICE", heard.by().person().ref().id());
    assertEquals("alice", heard.by().person().name());
    assertEquals("incidents", heard.place().channelName());
    assertEquals(Instant.ofEpochSecond(SENT_AT), heard.at());
    assertTrue(heard.reply().handle().orElseThrow().startsWith("http://127.0.0.1:3000/_hooks/"));
    assertEquals(Instant.ofEpochSecond(SENT_AT + 4), heard.opening().orElseThrow().expiresAt());
  }

  @Test
  void press_recorded_isOursOnlyByItsName() {
    JsonNode recorded = Fixture.body("block_actions.json");
    push(Fixture.payload(recorded));
    assertEquals(0, inbox.deliveries().size());

    ((ObjectNode) recorded.path("actions").get(0)).put("action_id", "m.ack.0");
    push(Fixture.payload(recorded));

    ButtonPressed heard = inbox.heard(ButtonPressed.class).get(0);
    assertEquals("inc-1", heard.token());
    assertEquals("C02INC/1795190138.000002", heard.message().orElseThrow().toString().substring(6));
    assertEquals(Instant.parse("2026-11-20T15:55:41.590Z"), heard.at());
  }

  @Test
  void form_recordedWithNothingTyped_isHeardEmpty() {
    push(Fixture.payload(Fixture.body("view_submission.json")));
    FormSubmitted heard = inbox.heard(FormSubmitted.class).get(0);
    assertEquals(Map.of(), heard.values());
    assertEquals("{\"x\":1}", heard.token());
  }

  private static ObjectNode shortcut(String type, String callback) {
    ObjectNode payload = (ObjectNode) Fixture.json("{\"type\":\"" + type + "\"}");
    payload.put("callback_id", callback).put("trigger_id", "1.2.3").put("action_ts", "1.5");
    payload.putObject("team").put("id", "T1").put("domain", "acme");
    payload
        .putObject("user")
        .put("id", "U1")
        .put("username", "ada")
        .put("name", "ada")
        .put("team_id", "T1");
    if (type.equals("message_action")) {
      payload.put("message_ts", "1795190138.000002").put("response_url", "https://x.invalid/");
      payload.putObject("channel").put("id", "C1").put("name", "general");
      payload.putObject("message").put("type", "message").put("ts", "1795190138.000002");
    }
    return payload;
  }

  private Quotation chosen(ObjectNode payload) {
    push(Fixture.payload(payload), payload.toString());
    return inbox.heard(CommandInvoked.class).get(0).about().orElseThrow();
  }

  @Test
  void globalShortcut_isTheCommandWithoutAChannel() {
    push(Fixture.payload(shortcut("shortcut", "inc_declare_global")));
    push(Fixture.payload(shortcut("shortcut", "of_another_time")));
    assertEquals(1, inbox.deliveries().size());
    CommandInvoked heard = inbox.heard(CommandInvoked.class).get(0);
    assertEquals("declare", heard.text());
    assertEquals("U1", heard.place().channel().id());
    assertTrue(heard.opening().isPresent());
  }

  @Test
  void messageShortcut_isTheCommandAboutThatMessage() {
    ObjectNode payload = shortcut("message_action", "inc_timeline_add");
    payload.withObject("/message").put("user", "U2").put("text", "db &lt;1&gt;\nis slow");

    Quotation about = chosen(payload);

    assertEquals("timeline add", inbox.heard(CommandInvoked.class).get(0).text());
    assertEquals("db <1>\nis slow", about.text());
    assertEquals("U2", about.author().ref().id());
    assertEquals("1795190138.000002", about.message().id());
    assertEquals(
        Optional.of("https://acme.slack.com/archives/C1/p1795190138000002"), about.permalink());
  }

  @Test
  void messageShortcut_onAnAlertInAThread_quotesItsCards() {
    ObjectNode payload = shortcut("message_action", "inc_declare_message");
    ObjectNode message = payload.withObject("/message").put("text", "").put("bot_id", "B7");
    message.put("username", "Alertmanager").put("thread_ts", "1795190100.000001");
    message.putArray("attachments").addObject().put("title", "HighLatency").put("text", "p99 9 s");

    Quotation about = chosen(payload);

    assertTrue(about.byProgram());
    assertEquals("Alertmanager", about.author().name());
    assertEquals("HighLatency\np99 9 s", about.text());
    assertTrue(about.permalink().orElseThrow().endsWith("?thread_ts=1795190100.000001&cid=C1"));
  }
}
