// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.TextObject;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Section.Style;
import dev.muster.chat.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders paragraphs. A message that would be too long is shortened in a fixed order: logs first,
 * then small print, then what people wrote, then the text itself from its end.
 */
final class Sections {

  private static final List<Style> GIVE_WAY =
      List.of(Style.CODE, Style.NOTE, Style.QUOTE, Style.PLAIN);

  private final Space space;

  Sections(Space space) {
    this.space = space;
  }

  void add(List<Section> sections) {
    int[] allowed = allowances(sections);
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      String heading = space.clip(Visible.line(section.heading()), Limits.HEADING);
      Phrase body = cut(section.body(), allowed[i]);
      if (heading.isBlank() && body.plain().isEmpty()) {
        continue;
      }
      if (section.style() == Style.NOTE) {
        space.add(note(heading, body));
      } else {
        RichText.section(heading, section, body).forEach(space::add);
      }
    }
  }

  private static int[] allowances(List<Section> sections) {
    int[] allowed = new int[sections.size()];
    int over = -Limits.ALL_SECTIONS;
    for (int i = 0; i < allowed.length; i++) {
      allowed[i] = Visible.text(sections.get(i).body().plain()).length();
      over += allowed[i];
    }
    for (Style style : GIVE_WAY) {
      over = shorten(sections, style, Limits.SHORT_SECTION, allowed, over);
    }
    for (Style style : GIVE_WAY) {
      over = shorten(sections, style, 0, allowed, over);
    }
    return allowed;
  }

  /**
   * Takes from the sections of one style, from the last one back, and returns what is left to take.
   */
  private static int shorten(
      List<Section> sections, Style style, int keep, int[] allowed, int over) {
    int left = over;
    for (int i = allowed.length - 1; i >= 0 && left > 0; i--) {
      if (sections.get(i).style() == style) {
        int given = Math.min(left, Math.max(0, allowed[i] - keep));
        allowed[i] -= given;
        left -= given;
      }
    }
    return left;
  }

  private Phrase cut(Phrase body, int most) {
    String plain = Visible.text(body.plain());
    if (plain.length() <= most) {
      return body;
    }
    return most <= Clip.MARK.length() ? leftOut() : Phrase.of(space.clip(plain, most));
  }

  private Phrase leftOut() {
    space.leaveOut();
    return Phrase.of("");
  }

  private LayoutBlock note(String heading, Phrase body) {
    Phrase all =
        heading.isBlank()
            ? body
            : new Phrase(List.of(new Span.Words(heading + ": ")))
                .and(body.spans().toArray(Span[]::new));
    return context(
        Markup.fits(all) && all.plain().length() <= Limits.NOTE
            ? Markup.text(Markup.write(all, Limits.NOTE))
            : Labels.plain(space.clip(Visible.text(all.plain()), Limits.NOTE)));
  }

  /** Returns small print. */
  static LayoutBlock context(TextObject text) {
    return ContextBlock.builder().elements(new ArrayList<>(List.of(text))).build();
  }
}
