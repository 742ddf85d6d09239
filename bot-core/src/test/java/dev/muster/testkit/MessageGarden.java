// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.About;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.Fact;
import dev.muster.chat.Person;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Grows messages whose every part may hold strangers' words; nobody in them is to be notified. */
public final class MessageGarden {

  private static final Instant AT = Instant.parse("2026-11-20T13:05:00Z");

  private MessageGarden() {}

  /**
   * Returns a message.
   *
   * @param platform whose people and rooms it speaks of
   * @param pieces words that would be dangerous if they were read as markup
   */
  public static BotMessage message(Garble garble, String platform, List<String> pieces) {
    BotMessage message = BotMessage.card(words(garble, pieces), words(garble, pieces));
    List<Fact> facts = new ArrayList<>();
    for (int i = garble.below(6); i > 0; i--) {
      facts.add(new Fact(words(garble, pieces), phrase(garble, platform, pieces)));
    }
    List<Section> sections = new ArrayList<>();
    for (int i = garble.below(6); i > 0; i--) {
      sections.add(
          new Section(
              garble.onceIn(2) ? "" : words(garble, pieces),
              phrase(garble, platform, pieces),
              garble.oneOf(List.of(Section.Style.values()))));
    }
    List<Button> buttons = new ArrayList<>();
    for (int i = garble.below(4); i > 0; i--) {
      String label = words(garble, pieces);
      buttons.add(
          new Button(
              label,
              "ack",
              "token-" + i,
              garble.oneOf(List.of(Button.Style.values())),
              garble.onceIn(2)
                  ? Optional.empty()
                  : Optional.of(new Button.Confirm(label, label, label))));
    }
    BotMessage grown =
        message
            .withFacts(facts)
            .withSections(sections)
            .withButtons(buttons)
            .withTone(garble.oneOf(List.of(BotMessage.Tone.values())));
    return garble.onceIn(3)
        ? grown.withAbout(new About("INC-7", "https://muster.example/incidents/INC-7"))
        : grown;
  }

  private static String words(Garble garble, List<String> pieces) {
    String words = garble.text(pieces);
    return words.isBlank() ? "x" : words;
  }

  private static Phrase phrase(Garble garble, String platform, List<String> pieces) {
    List<Span> spans = new ArrayList<>();
    for (int i = garble.below(5); i >= 0; i--) {
      spans.add(span(garble, platform, words(garble, pieces)));
    }
    return Phrase.of(spans.toArray(Span[]::new));
  }

  private static Span span(Garble garble, String platform, String words) {
    return switch (garble.below(8)) {
      case 0 -> new Span.Strong(words);
      case 1 -> new Span.Code(words);
      case 2 -> new Span.Who(new Person(new UserRef(platform, "U1"), words));
      case 3 -> new Span.When(AT);
      case 4 -> new Span.Link(words, garble.hostile());
      case 5 -> new Span.Link(words, "https://a.example/?q=1&r=2");
      case 6 -> new Span.Room(new ChannelRef(platform, "C1"), words);
      default -> new Span.Words(words);
    };
  }
}
