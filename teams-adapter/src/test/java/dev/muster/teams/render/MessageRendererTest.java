// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.bot.schema.Activity;
import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Form;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cards say what was meant, read as typed, and stay within their size. */
final class MessageRendererTest {

  private static ObjectNode card(BotMessage message) {
    return MessageRenderer.card(message, Optional.empty());
  }

  private static BotMessage message() {
    return BotMessage.card("SEV2 INC-1 is investigating.", "INC-1 Checkout");
  }

  @Test
  void card_always_namesItsVersionAndAFullSentence() {
    JsonNode card = card(message());

    assertEquals("AdaptiveCard", card.path("type").asText());
    assertEquals("1.5", card.path("version").asText());
    assertEquals("SEV2 INC-1 is investigating.", card.path("fallbackText").asText());
    assertEquals("SEV2 INC-1 is investigating.", MessageRenderer.summary(message()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*a* _b_ ~c~ `d` # e > f [g](http://h.invalid) \\ \\* {i} (j)",
        "<at>ada</at> <b>x</b> <!channel> @ada",
        "- one\n- two\n1. three\n+ four",
        "{{DATE(2026-01-01T00:00:00Z)}} {{TIME(2026-01-01T00:00:00Z)}}",
        "first\nsecond\n\nfourth",
        "emoji 🔥 and \u200fright-to-left"
      })
  void words_withMarkup_areReadAsTyped(String words) {
    ObjectNode card = card(BotMessage.line(words));

    assertEquals(words.replace("\n\n", "\n"), Reading.card(card).words().replace("\n\n", "\n"));
    assertFalse(card.path("body").toString().contains("<at>"));
    assertFalse(card.path("body").toString().contains("{{"));
  }

  @Test
  void instant_shown_isLocalWithUtcBesideIt() {
    Instant at = Instant.parse("2026-11-20T14:05:06.789Z");
    BotMessage message = message().withFacts(List.of(new Fact("Started", Phrase.of(at))));

    String value = card(message).at("/body/1/facts/0/value").asText();

    assertEquals(
        "{{DATE(2026-11-20T14:05:06Z, SHORT)}} {{TIME(2026-11-20T14:05:06Z)}}"
            + " (2026-11-20 14:05 UTC)",
        value);
  }

  @Test
  void link_toTheWeb_isALinkAndAnyOtherIsText() {
    Section section =
        new Section(
            "",
            Phrase.of(
                new Span.Link("page", "https://muster.example/a_(b)"),
                new Span.Words(" "),
                new Span.Link("bad", "javascript:alert(1)")),
            Section.Style.PLAIN);

    String text =
        card(message().withSections(List.of(section))).at("/body/1/items/0/text").asText();

    assertTrue(text.startsWith("[page](https://muster.example/a_%28b%29) "), text);
    assertFalse(text.contains("](javascript"), text);
  }

  @Test
  void mention_named_hasTheEntityWithExactlyItsText() {
    Person odd = new Person(new UserRef("teams", "aad-1"), "Ada <\"&> Ünï");
    ObjectNode card = card(message().withMentions(List.of(odd)));

    JsonNode entity = card.at("/msteams/entities/0");

    assertEquals(List.of("aad-1"), Reading.card(card).notified());
    assertEquals("mention", entity.path("type").asText());
    assertEquals("<at>Ada \" Ünï</at>", entity.path("text").asText());
  }

  @Test
  void form_inAMessage_isToldByAFullSentence() {
    Form form = new Form("t", "Declare an incident", "Declare", "Posts.", List.of());

    Activity activity = CardActivity.of("28:bot", "19:room", form);

    String sentence = "The form “Declare an incident” is open for you.";
    assertEquals(sentence, activity.getSummary());
    JsonNode card = (JsonNode) activity.getAttachments().get(0).getContent();
    assertEquals(sentence + " Posts.", card.path("fallbackText").asText());
  }

  @Test
  void buttons_many_goBehindTheOverflowAndKeepTheirTokens() {
    List<Button> buttons =
        IntStream.range(0, 9).mapToObj(i -> Button.of("Do " + i, "do", "token-" + i)).toList();

    ObjectNode card = card(message().withButtons(buttons));

    assertEquals(9, Reading.card(card).tokens().size());
    assertEquals("Action.Execute", card.at("/actions/0/type").asText());
    assertEquals("Action.Submit", card.at("/actions/0/fallback/type").asText());
    assertEquals(card.at("/actions/0/data"), card.at("/actions/0/fallback/data"));
    assertFalse(card.at("/actions/5").has("mode"));
    assertEquals("secondary", card.at("/actions/6/mode").asText());
  }

  @Test
  void button_withAQuestion_unfoldsASecondButton() {
    Button.Confirm confirm = new Button.Confirm("Roll back?", "POST https://x", "Yes, roll back");
    Button button =
        new Button("Roll back", "approve", "t1", Button.Style.DANGER, Optional.of(confirm));

    ObjectNode card = card(message().withButtons(List.of(button)));

    assertEquals("Action.ShowCard", card.at("/actions/0/type").asText());
    assertFalse(card.at("/actions/0").has("data"));
    assertEquals("Yes, roll back", card.at("/actions/0/card/actions/0/title").asText());
    assertEquals(List.of("t1"), Reading.card(card).tokens());
  }

  @Test
  void tag_given_canBeFoundInTheCardAndIsAbsentOtherwise() {
    String tagged = MessageRenderer.card(message(), Optional.of("order-1")).toString();

    assertTrue(tagged.contains("\"muster-order-1\""));
    assertFalse(card(message()).toString().contains("muster-"));
  }

  @Test
  void line_thatAParagraphSaysToo_isShownOnce_andCarriesTheTag() {
    BotMessage message =
        BotMessage.line("Ada set the call: https://meet.example.com/x")
            .withSections(List.of(Section.of("Ada set the call: here")));

    String shown = MessageRenderer.card(message, Optional.of("order-1")).path("body").toString();

    assertFalse(shown.contains("meet.example.com"), shown);
    assertTrue(shown.contains("Ada set the call: here"), shown);
    assertTrue(shown.contains("\"muster-order-1\""), shown);
  }

  @Test
  void form_titledAsItsMessage_namesItselfOnce() {
    Form form = new Form("token", "Update", "Post", "", List.of());
    BotMessage message = BotMessage.card("Write the update.", "Update").withForm(form);

    String shown = card(message).path("body").toString();

    assertEquals(2, shown.split("\"Update\"", -1).length, shown);
  }

  private static List<Section> sections(int count, int length, Section.Style style) {
    Phrase body = Phrase.of("payments fail ".repeat(length / 14));
    return IntStream.range(0, count).mapToObj(i -> new Section("Part " + i, body, style)).toList();
  }

  @Test
  void card_oneMuchTooLarge_isShrunkInOrder() {
    List<Section> logs = sections(30, 4000, Section.Style.CODE);
    BotMessage loud = message().withSections(logs);
    List<Section> words = sections(3, 2000, Section.Style.PLAIN);
    BotMessage mixed =
        message().withSections(Stream.of(words, logs).flatMap(List::stream).toList());

    assertTrue(Json.bytes(card(loud)).length <= MessageRenderer.LARGEST_CARD);
    ObjectNode shrunk = card(mixed);
    assertTrue(Json.bytes(shrunk).length <= MessageRenderer.LARGEST_CARD);
    String read = Reading.card(shrunk).words();
    assertTrue(read.contains("Part 2"), "the words go after the logs");
  }

  @Test
  void card_everythingTooLarge_keepsTextAndFirstButtons() {
    List<Button> buttons =
        IntStream.range(0, 400)
            .mapToObj(i -> Button.of("B".repeat(60), "do", "token-" + i))
            .toList();
    BotMessage message =
        new BotMessage(
            "All is lost. " + "🔥".repeat(20_000),
            "T".repeat(2000),
            List.of(Fact.of("F".repeat(5000), "V".repeat(5000))),
            sections(60, 4000, Section.Style.QUOTE),
            buttons,
            List.of(),
            Tone.URGENT,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    ObjectNode card = card(message);

    assertTrue(Json.bytes(card).length <= MessageRenderer.LARGEST_CARD);
    assertTrue(Reading.card(card).words().contains("All is lost."));
    assertEquals("token-0", Reading.card(card).tokens().get(0));
  }

  @Test
  void link_behindAnExclamationMark_isNoPicture() {
    Phrase phrase =
        Phrase.of(new Span.Words("down!"), new Span.Link("graph", "https://muster.example/g"));
    Section section = new Section("", phrase, Section.Style.PLAIN);

    String text =
        card(message().withSections(List.of(section))).at("/body/1/items/0/text").asText();

    assertEquals("down!\u2060[graph](https://muster.example/g)", text);
  }

  @Test
  void card_whoseButtonsAskInEndlessWords_fits() {
    String endless = "ü".repeat(30_000);
    Button.Confirm asked = new Button.Confirm(endless, endless, endless);
    List<Button> buttons =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    new Button(
                        endless, "close", "token-" + i, Button.Style.DANGER, Optional.of(asked)))
            .toList();

    ObjectNode card = card(message().withButtons(buttons));

    assertTrue(Json.bytes(card).length <= MessageRenderer.LARGEST_CARD);
    assertEquals("token-0", Reading.card(card).tokens().get(0));
  }

  /** A slash is not heard in a channel; in the chat with the bot alone it is text. */
  @Test
  void commands_inAChannel_beginWithTheNameOfTheBot() {
    BotMessage message =
        BotMessage.line("Use /incident help. See a/incident and https://x.example/incident too.")
            .withSections(List.of(Section.of("Bare: /incident, then /incident INC-1 status")));

    Activity here = CardActivity.of("28:app", "19:x", message, Optional.empty());
    Activity alone = CardActivity.of("28:app", "a:1", message, Optional.empty());

    assertEquals(
        "Use @Muster help. See a/incident and https://x.example/incident too.", here.getSummary());
    assertTrue(
        here.getAttachments()
            .get(0)
            .getContent()
            .toString()
            .contains("Bare: @Muster, then @Muster INC-1"));
    assertEquals(MessageRenderer.summary(message), alone.getSummary());
  }

  @Test
  void activity_urgent_isImportantAndNamesItsSender() {
    BotMessage urgent = message().withTone(Tone.URGENT);

    Activity activity = CardActivity.of("28:app", "19:x", urgent, Optional.empty());

    assertEquals("high", activity.getImportance());
    assertEquals("28:app", activity.getFrom().getId());
    assertEquals("SEV2 INC-1 is investigating.", activity.getSummary());
    assertEquals("attention", card(urgent).at("/body/0/style").asText());
  }
}
