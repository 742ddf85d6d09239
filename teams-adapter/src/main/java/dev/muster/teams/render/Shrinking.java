// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Fact;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Section.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is left out of a card that is too large, in this order; each step includes those before. */
enum Shrinking {
  /** Fixed-width output is cut short. */
  OUTPUT_SHORT,
  /** Fixed-width output goes, quotes are cut short. */
  OUTPUT_GONE,
  /** All paragraphs and facts are cut short and only the first few stay. */
  PARAGRAPHS_SHORT,
  /** The text alone stays, with the first buttons. */
  TEXT_ALONE;

  private static final int SHORT = 800;
  private static final int FEW_SECTIONS = 6;
  private static final int FEW_FACTS = 12;
  private static final int FEW_BUTTONS = 6;

  BotMessage applied(BotMessage message) {
    if (this == TEXT_ALONE) {
      List<Button> first =
          message.buttons().stream().limit(FEW_BUTTONS).map(Shrinking::shortened).toList();
      return new BotMessage(
          Markup.cut(message.text(), SHORT),
          Markup.cut(message.title(), SHORT / 4),
          List.of(),
          List.of(),
          first,
          List.of(),
          message.tone(),
          Optional.empty(),
          message.about(),
          Optional.empty());
    }
    List<Section> kept = new ArrayList<>();
    message.sections().forEach(section -> shrunk(section).ifPresent(kept::add));
    if (this != PARAGRAPHS_SHORT) {
      return message.withSections(kept);
    }
    List<Fact> facts =
        message.facts().stream()
            .limit(FEW_FACTS)
            .map(f -> new Fact(Markup.cut(f.name(), 100), Markup.cut(f.value(), 200)))
            .toList();
    return message.withFacts(facts).withSections(kept.stream().limit(FEW_SECTIONS).toList());
  }

  private Optional<Section> shrunk(Section section) {
    if (section.style() == Style.CODE) {
      return this == OUTPUT_SHORT ? Optional.of(shortened(section)) : Optional.empty();
    }
    boolean whole = this == OUTPUT_SHORT || (this == OUTPUT_GONE && section.style() != Style.QUOTE);
    return Optional.of(whole ? section : shortened(section));
  }

  private static Button shortened(Button button) {
    return new Button(
        button.label(),
        button.action(),
        button.token(),
        button.style(),
        button
            .confirm()
            .map(
                asked ->
                    new Button.Confirm(
                        Markup.cut(asked.title(), SHORT / 8),
                        Markup.cut(asked.text(), SHORT / 4),
                        asked.yes())),
        button.opensForm());
  }

  private static Section shortened(Section section) {
    Phrase body = Markup.cut(section.body(), SHORT);
    return new Section(Markup.cut(section.heading(), 100), body, section.style());
  }
}
