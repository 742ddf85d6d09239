// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.RichTextElement;
import dev.muster.chat.Fact;
import dev.muster.chat.Phrase;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders names and values: short ones side by side as fields, long ones and those that hold
 * characters of Slack's markup over the whole width. Keeps their order.
 */
final class Facts {

  private final Space space;
  private final List<TextObject> fields = new ArrayList<>();

  Facts(Space space) {
    this.space = space;
  }

  void add(List<Fact> facts) {
    for (Fact fact : facts) {
      String value = fact.value().plain();
      boolean narrow = value.length() <= Limits.NARROW && value.indexOf('\n') < 0;
      if (narrow && Markup.fits(Phrase.of(fact.name())) && Markup.fits(fact.value())) {
        fields.add(field(fact));
      } else {
        flush();
        wide(fact);
      }
    }
    flush();
  }

  private TextObject field(Fact fact) {
    String value = Markup.write(fact.value(), Limits.FIELD);
    return Markup.text("*" + Markup.escape(name(fact)) + "*\n" + (value.isBlank() ? "–" : value));
  }

  private String name(Fact fact) {
    return space.clip(Visible.line(fact.name()), Limits.LABEL);
  }

  private void wide(Fact fact) {
    List<RichTextElement> elements = new ArrayList<>();
    elements.add(RichText.bold(name(fact) + "\n"));
    elements.addAll(shortened(fact.value()));
    space.add(RichText.paragraph(elements));
  }

  private List<RichTextElement> shortened(Phrase value) {
    String plain = Visible.text(value.plain());
    if (plain.length() > Limits.FIELD) {
      return List.of(RichText.words(space.clip(plain, Limits.FIELD)));
    }
    List<List<RichTextElement>> pieces = RichText.pieces(value, Limits.SECTION);
    return pieces.isEmpty() ? List.of(RichText.words("–")) : pieces.get(0);
  }

  private void flush() {
    for (int from = 0; from < fields.size(); from += Limits.FIELDS) {
      int to = Math.min(fields.size(), from + Limits.FIELDS);
      space.add(SectionBlock.builder().fields(List.copyOf(fields.subList(from, to))).build());
    }
    fields.clear();
  }
}
