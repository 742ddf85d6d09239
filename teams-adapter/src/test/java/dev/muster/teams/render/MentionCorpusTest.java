// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.teams.fake.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts with which somebody outside would like to call people in Teams: nobody else is called. */
final class MentionCorpusTest {

  private static final Person ADA = new Person(new UserRef("teams", "aad-ada"), "Ada");

  private static final List<String> CORES =
      List.of(
          "<at>Ada</at>",
          "<at>Everyone</at>",
          "<at>General</at>",
          "<at id=\"0\">Ada</at>",
          "<at id='*'>x</at>",
          "<AT>Ada</AT>",
          "<aT>Ada</At>",
          "< at>Ada</ at>",
          "<at >Ada</at >",
          "<at\n>Ada</at>",
          "<at\u00A0x>Ada</at>",
          "<at/>Ada",
          "<at>Ada",
          "Ada</at>",
          "<<at>at>Ada</at>",
          "<at><at>Ada</at></at>",
          "<a<at>t>Ada</at>",
          "&lt;at&gt;Ada&lt;/at&gt;",
          "&amp;lt;at&amp;gt;Ada&amp;lt;/at&amp;gt;",
          "&#60;at&#62;Ada&#60;/at&#62;",
          "\\u003cat\\u003eAda\\u003c/at\\u003e",
          "\uFF1Cat\uFF1EAda\uFF1C/at\uFF1E",
          "\uFE64at\uFE65Ada\uFE64/at\uFE65",
          "<a\u200Bt>Ada</a\u200Bt>",
          "<\u0000at>Ada</at>",
          "<\u202Eat>Ada</at>",
          "@Ada @everyone @channel @team",
          "{{<at>Ada</at>}}",
          "${<at>Ada</at>}",
          "[<at>Ada</at>](https://a.example)",
          "**<at>Ada</at>**",
          "{\"type\":\"mention\",\"text\":\"<at>Ada</at>\"}");

  private static final List<String> SETTINGS =
      List.of(
          "%s",
          "x %s y",
          "%s%s",
          "\n%s\n",
          "(%s)",
          "\"%s\"",
          "*%s",
          "%s|%s",
          "<%s>",
          "%s &amp;",
          "> %s",
          "- %s",
          "`%s`");

  private static List<String> corpus() {
    return CORES.stream()
        .flatMap(core -> SETTINGS.stream().map(setting -> setting.replace("%s", core)))
        .toList();
  }

  /** The words in each part of a message that takes words. */
  private static BotMessage everywhere(String words) {
    Phrase phrase =
        Phrase.of(
            new Span.Words(words),
            new Span.Strong(words),
            new Span.Code(words),
            new Span.Link(words, "https://a.example/"));
    List<Section> sections =
        Stream.of(Section.Style.values()).map(style -> new Section(words, phrase, style)).toList();
    return BotMessage.card("A sentence. " + words, words)
        .withSections(sections)
        .withFacts(List.of(new Fact(words, phrase)))
        .withButtons(List.of(Button.of(words, "do", "token")));
  }

  private static List<String> texts(JsonNode node) {
    List<String> found = new ArrayList<>();
    if (node.isTextual()) {
      found.add(node.asText());
    }
    node.forEach(part -> found.addAll(texts(part)));
    return found;
  }

  /** Returns what Teams would take for a mention: text blocks and facts, not labels of buttons. */
  private static List<String> drawn(ObjectNode card) {
    return texts(card.path("body")).stream()
        .filter(text -> text.toLowerCase(Locale.ROOT).contains("<at"))
        .toList();
  }

  @Test
  void corpus_isLarge() {
    assertTrue(corpus().size() >= 400, () -> "only " + corpus().size());
  }

  @Test
  void words_inEveryPart_callNobody() {
    for (String words : corpus()) {
      ObjectNode card = MessageRenderer.card(everywhere(words), Optional.empty());

      assertEquals(0, card.at("/msteams/entities").size(), words);
      assertEquals(List.of(), drawn(card), words);
    }
  }

  @Test
  void words_besideSomebodyWhoIsMeant_callNobodyElse() {
    for (String words : corpus()) {
      BotMessage message = everywhere(words).withMentions(List.of(ADA));
      ObjectNode card = MessageRenderer.card(message, Optional.empty());

      assertEquals(List.of("aad-ada"), Reading.card(card).notified(), words);
      assertEquals(1, drawn(card).size(), words);
      assertEquals(1, card.at("/msteams/entities").size(), words);
    }
  }

  @Test
  void name_ofSomebodyWhoIsMeant_callsThatPersonAlone() {
    for (String words : corpus()) {
      Person odd = new Person(new UserRef("teams", "aad-odd"), words);
      BotMessage message = BotMessage.card("A sentence.", "Title").withMentions(List.of(odd, ADA));
      ObjectNode card = MessageRenderer.card(message, Optional.empty());

      assertEquals(List.of("aad-odd", "aad-ada"), Reading.card(card).notified(), words);
      for (JsonNode entity : card.at("/msteams/entities")) {
        String text = entity.path("text").asText();
        assertEquals(1, text.split("<at>", -1).length - 1, text);
        assertTrue(text.endsWith("</at>") && text.indexOf("</at>") == text.length() - 5, text);
      }
    }
  }
}
