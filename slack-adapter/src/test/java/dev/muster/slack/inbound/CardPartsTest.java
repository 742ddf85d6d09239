// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.PostedCard;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program's message says part by part, and when it was rewritten. */
class CardPartsTest {

  private final EventDecoder decoder = new EventDecoder(Optional::empty, id -> "");

  private static PostedCard only(String message) {
    List<PostedCard> cards = CardParts.of(Fixture.json(message));
    assertEquals(1, cards.size());
    return cards.get(0);
  }

  @Test
  void attachment_isTakenApart() {
    PostedCard card =
        only(
            """
            {"attachments":[{"title":"a &lt;b&gt;","title_link":"https://a.example/1","text":"see \
            <https://b.example/?x=1&amp;y=2|here>","fallback":"all of it","footer":"Grafana v12",
            "color":"#D63232","fields":[{"title":"Severity","value":"critical"}],
            "actions":[{"type":"button","text":"Silence","url":"https://c.example/"}]}]}\
            """);

    assertEquals("a <b>", card.title());
    assertEquals("https://a.example/1", card.titleUrl());
    assertEquals("all of it", card.summary());
    assertEquals("Grafana v12", card.footer());
    assertEquals(Tone.URGENT, card.tone());
    assertEquals(List.of(new PostedCard.Field("Severity", "critical")), card.fields());
    assertEquals(
        List.of("https://a.example/1", "https://b.example/?x=1&y=2", "https://c.example/"),
        card.links());
  }

  @Test
  void blocks_giveTheSameParts() {
    PostedCard card =
        only(
            """
            {"blocks":[{"type":"header","text":{"type":"plain_text","text":"Down"}},
            {"type":"section","text":{"type":"mrkdwn","text":"It is down."},
             "fields":[{"type":"mrkdwn","text":"*Region*\\neu-west-1"}]},
            {"type":"actions","elements":[{"type":"button","url":"https://a.example/"}]},
            {"type":"rich_text","elements":[{"type":"rich_text_section","elements":[
              {"type":"text","text":"rich"}]}]}]}\
            """);

    assertEquals("Down", card.title());
    assertEquals("It is down.\nrich", card.text());
    assertEquals(List.of(new PostedCard.Field("Region", "eu-west-1")), card.fields());
    assertEquals(List.of("https://a.example/"), card.links());
  }

  @ParameterizedTest
  @CsvSource({
    "danger, URGENT",
    "warning, WARNING",
    "good, GOOD",
    "#36a64f, GOOD",
    "D63232, URGENT",
    "#daa038, WARNING",
    "#439FE0, NEUTRAL",
    "#cccccc, NEUTRAL",
    "nonsense, NEUTRAL"
  })
  void colour_becomesATone(String colour, Tone tone) {
    assertEquals(tone, only("{\"attachments\":[{\"color\":\"" + colour + "\"}]}").tone());
  }

  @Test
  void previewOfALink_isNotTheProgramsWord() {
    JsonNode message =
        Fixture.json(
            "{\"text\":\"see\",\"attachments\":[{\"from_url\":\"https://a\",\"title\":\"A\"}]}");

    assertEquals(List.of(), CardParts.of(message));
    assertEquals("see", CardWords.of(message));
  }

  private static JsonNode change(String before, String now, String edited) {
    ObjectNode payload = (ObjectNode) Fixture.body("event-message-message_changed.json");
    ObjectNode event = (ObjectNode) payload.get("event");
    event.set("message", Fixture.json(program(now, edited)));
    event.set("previous_message", Fixture.json(program(before, "")));
    return payload;
  }

  private static String program(String attachment, String edited) {
    return "{\"type\":\"message\",\"bot_id\":\"B77\",\"text\":\"\",\"ts\":\"1795190152.000005\""
        + edited
        + ",\"attachments\":["
        + attachment
        + "]}";
  }

  @Test
  void card_rewrittenWithoutAMark_isHeard() {
    JsonNode payload = change("{\"title\":\"Triggered\"}", "{\"title\":\"Resolved\"}", "");

    var heard = assertInstanceOf(Decoded.Heard.class, decoder.decode(payload)).delivery();

    ChatEvent.MessageEdited event = (ChatEvent.MessageEdited) heard.event();
    assertEquals("Resolved", event.text());
    assertEquals("Resolved", event.cards().get(0).title());
    assertEquals(true, event.by().bot());
  }

  @Test
  void card_thatGotAPreview_isNotRewritten() {
    JsonNode payload =
        change(
            "{\"title\":\"Triggered\"}",
            "{\"title\":\"Triggered\"},{\"from_url\":\"https://a\",\"title\":\"A\"}",
            "");

    assertEquals(
        "no_edit", assertInstanceOf(Decoded.Ignored.class, decoder.decode(payload)).reason());
  }
}
