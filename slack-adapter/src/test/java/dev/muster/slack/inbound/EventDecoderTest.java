// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.spi.Delivery;
import dev.muster.slack.client.Identity;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Recorded events and the odd ones, decoded. */
class EventDecoderTest {

  private final EventDecoder decoder = new EventDecoder(Optional::empty, id -> "");

  private Delivery heard(JsonNode payload) {
    return assertInstanceOf(Decoded.Heard.class, decoder.decode(payload)).delivery();
  }

  private String ignored(JsonNode payload) {
    return assertInstanceOf(Decoded.Ignored.class, decoder.decode(payload)).reason();
  }

  private static ObjectNode message(String fields) {
    ObjectNode payload = (ObjectNode) Fixture.body("event-message.json");
    ObjectNode event = (ObjectNode) payload.get("event");
    event.setAll((ObjectNode) Fixture.json(fields));
    return payload;
  }

  @Test
  void message_recorded_isHeardWithPlainWords() {
    Delivery delivery = heard(Fixture.body("event-message.json"));
    ChatEvent.MessagePosted event = (ChatEvent.MessagePosted) delivery.event();
    assertEquals("<@slack:U0BOT0001> hello & <b> \"q\" ünï", event.text());
    assertEquals("U01ALICE", event.by().person().ref().id());
    assertEquals("1795190138.000001", event.message().id());
    assertEquals(Instant.parse("2026-11-20T15:55:38.000001Z"), event.at());
    assertEquals("m/T0ACME001/C02INC/1795190138.000001", delivery.key());
  }

  @Test
  void words_beginningWithThousandsOfMentions_areHeardAndOverflowNoStack() {
    ObjectNode payload = message("{\"type\":\"app_mention\"}");
    String text = "<@U0BOT0001>".repeat(8_000) + " status";
    ((ObjectNode) payload.get("event")).put("text", text).remove("blocks");

    ChatEvent event = heard(payload).event();

    assertEquals("status", ((ChatEvent.CommandInvoked) event).text());
  }

  @Test
  void edit_inAChannelOfSpaces_isIncompleteAndBreaksNothing() {
    ObjectNode payload = (ObjectNode) Fixture.body("event-message-message_changed.json");
    ((ObjectNode) payload.get("event")).put("channel", "\r\n");
    assertEquals("incomplete", ignored(payload));
  }

  @Test
  void edit_recorded_isHeardAsNewWordsOfTheSameMessage() {
    Delivery delivery = heard(Fixture.body("event-message-message_changed.json"));
    ChatEvent.MessageEdited event = (ChatEvent.MessageEdited) delivery.event();
    assertEquals("edited", event.text());
    assertEquals("1795190152.000005", event.message().id());
    assertEquals("U01ALICE", event.by().person().ref().id());
    String edit = "e/T0ACME001/C02INC/1795190152.000005/1795190152.000006/";
    assertTrue(delivery.key().startsWith(edit), delivery.key());
    assertTrue(delivery.key().length() > edit.length(), delivery.key());
  }

  @Test
  void twoEdits_ofOneSecond_areTwo_andEachIsItselfWhenItComesAgain() {
    ObjectNode payload = (ObjectNode) Fixture.body("event-message-message_changed.json");
    ObjectNode now = (ObjectNode) payload.get("event").get("message");
    String first = heard(payload).key();
    assertEquals(first, heard(payload).key());
    now.put("text", "edited once more");
    assertNotEquals(first, heard(payload).key());
  }

  @Test
  void change_withoutAnEditOfTheWords_isIgnored() {
    ObjectNode payload = (ObjectNode) Fixture.body("event-message-message_changed.json");
    ObjectNode now = (ObjectNode) payload.get("event").get("message");
    now.put("text", "no mention");
    assertEquals("no_edit", ignored(payload));
    now.put("text", "other").remove("edited");
    assertEquals("no_edit", ignored(payload));
  }

  @Test
  void tombstone_ofAThreadRoot_isADeletion() {
    ObjectNode payload = (ObjectNode) Fixture.body("event-message-message_changed.json");
    ((ObjectNode) payload.get("event").get("message")).put("subtype", "tombstone");
    assertInstanceOf(ChatEvent.MessageDeleted.class, heard(payload).event());
  }

  @Test
  void own_message_isKnownByUserAppOrProfile() {
    assertEquals("own_message", ignored(message("{\"user\":\"U0BOT0001\"}")));
    assertEquals("own_message", ignored(message("{\"app_id\":\"A0BOTAPP1\",\"bot_id\":\"B1\"}")));
    assertEquals(
        "own_message",
        ignored(message("{\"bot_id\":\"B1\",\"bot_profile\":{\"app_id\":\"A0BOTAPP1\"}}")));
  }

  @Test
  void otherProgram_withAttachment_isHeardWithTheWordsOfItsCard() {
    ObjectNode payload =
        message("{\"subtype\":\"bot_message\",\"bot_id\":\"B0ALERTS1\",\"username\":\"am\"}");
    ObjectNode event = (ObjectNode) payload.get("event");
    event.remove("user");
    event.put("text", "");
    JsonNode recorded = Fixture.body("slack-chat.postMessage-FIRING1.json");
    event.set("attachments", recorded.path("attachments"));

    ChatEvent.MessagePosted heard = (ChatEvent.MessagePosted) heard(payload).event();

    assertTrue(heard.by().bot());
    assertEquals("B0ALERTS1", heard.by().person().ref().id());
    assertEquals("am", heard.by().person().name());
    assertTrue(heard.text().contains("FIRING"), heard.text());
  }

  @Test
  void thread_root_isNotInAThread() {
    ChatEvent.MessagePosted root =
        (ChatEvent.MessagePosted) heard(message("{\"thread_ts\":\"1795190138.000001\"}")).event();
    assertEquals(Optional.empty(), root.place().thread());
    ChatEvent.MessagePosted reply =
        (ChatEvent.MessagePosted) heard(message("{\"thread_ts\":\"1795190000.000009\"}")).event();
    assertEquals(Optional.of("1795190000.000009"), reply.place().thread());
  }

  @Test
  void mention_ofTheBotWithinAMessage_isItsName() {
    Identity.Self self =
        new Identity.Self(
            "T0ACME001",
            "U0BOT0001",
            "B1",
            "muster",
            "https://x.slack.com/",
            Set.of(),
            Optional.empty());
    EventDecoder knowing = new EventDecoder(() -> Optional.of(self), id -> "");
    ObjectNode payload = message("{\"text\":\"ask <@U0BOT0001> or <@U01ALICE>\"}");

    Delivery delivery = ((Decoded.Heard) knowing.decode(payload)).delivery();

    assertEquals(
        "ask @muster or <@slack:U01ALICE>", ((ChatEvent.MessagePosted) delivery.event()).text());
  }

  @Test
  void mention_ofTheBot_isACommandBesideTheMessage() {
    ObjectNode mention =
        message("{\"type\":\"app_mention\",\"text\":\"<@U0BOT0001> severity 1 now\"}");
    Delivery command = heard(mention);
    ChatEvent.CommandInvoked event = (ChatEvent.CommandInvoked) command.event();
    assertEquals("severity 1 now", event.text());
    assertEquals(Optional.empty(), event.opening());
    assertNotEquals(heard(Fixture.body("event-message.json")).key(), command.key());
  }

  @Test
  void directMessage_isACommandButNotFromPrograms() {
    ChatEvent.CommandInvoked event =
        (ChatEvent.CommandInvoked)
            heard(message("{\"channel_type\":\"im\",\"text\":\"list open\"}")).event();
    assertEquals("list open", event.text());
    assertEquals(
        "from_a_program", ignored(message("{\"channel_type\":\"im\",\"bot_id\":\"B77\"}")));
  }

  @Test
  void externalPerson_isMarked() {
    ChatEvent.MessagePosted event =
        (ChatEvent.MessagePosted) heard(message("{\"user_team\":\"T0OTHER01\"}")).event();
    assertTrue(event.by().external());
    ChatEvent.MessagePosted ours =
        (ChatEvent.MessagePosted) heard(message("{\"user_team\":\"T0ACME001\"}")).event();
    assertFalse(ours.by().external());
  }

  @Test
  void event_withoutId_isKeyedByItsBody() {
    ObjectNode payload =
        message(
            "{\"type\":\"reaction_added\",\"reaction\":\"pushpin\","
                + "\"item\":{\"type\":\"message\",\"channel\":\"C1\",\"ts\":\"1.000001\"}}");
    Set<String> keys = Set.of(heard(payload).key(), heard(payload.without("event_id")).key());
    assertEquals(2, keys.size());
    assertEquals(heard(payload).key(), heard(payload.deepCopy()).key());
  }

  @Test
  void channel_renamedArchivedDeleted_isHeard() {
    ChatEvent.ChannelChanged renamed =
        (ChatEvent.ChannelChanged)
            heard(
                    message(
                        "{\"type\":\"channel_rename\",\"channel\":{\"id\":\"C9\",\"name\":\"n\"}}"))
                .event();
    assertEquals("n", renamed.name());
    assertEquals("C9", renamed.channel().id());
    ChatEvent.ChannelChanged archived =
        (ChatEvent.ChannelChanged)
            heard(message("{\"type\":\"group_archive\",\"channel\":\"G9\"}")).event();
    assertEquals(ChatEvent.ChannelChanged.Change.ARCHIVED, archived.change());
  }
}
