// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.RichTextBlock;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextPreformattedElement;
import com.slack.api.model.block.element.RichTextQuoteElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds rich text, whose text elements Slack shows exactly as they are: no markup, no mention, no
 * link can hide in them. Everything from outside goes through here. Pure.
 */
final class RichText {

  private static final RichTextSectionElement.TextStyle BOLD =
      RichTextSectionElement.TextStyle.builder().bold(true).build();
  private static final RichTextSectionElement.TextStyle CODE =
      RichTextSectionElement.TextStyle.builder().code(true).build();

  private RichText() {}

  /** Returns a block of one paragraph; empty paragraphs are not allowed by Slack. */
  static RichTextBlock paragraph(List<RichTextElement> elements) {
    return RichTextBlock.builder()
        .elements(List.of(RichTextSectionElement.builder().elements(elements).build()))
        .build();
  }

  /** Returns a section of a message: its heading, then its body in its style. */
  static RichTextBlock section(Section section, int most) {
    List<RichTextElement> body = elements(section.body(), most);
    List<RichTextElement> lead = new ArrayList<>();
    if (!section.heading().isBlank()) {
      String end = section.style() == Section.Style.PLAIN && !body.isEmpty() ? "\n" : "";
      lead.add(bold(Clip.atWord(section.heading(), Limits.HEADING) + end));
    }
    List<BlockElement> parts = new ArrayList<>();
    if (section.style() == Section.Style.PLAIN) {
      lead.addAll(body);
      body = List.of();
    }
    if (!lead.isEmpty()) {
      parts.add(RichTextSectionElement.builder().elements(lead).build());
    }
    if (!body.isEmpty()) {
      parts.add(
          section.style() == Section.Style.QUOTE
              ? RichTextQuoteElement.builder().elements(body).build()
              : RichTextPreformattedElement.builder().elements(plain(section, most)).build());
    }
    return RichTextBlock.builder().elements(List.copyOf(parts)).build();
  }

  private static List<RichTextElement> plain(Section section, int most) {
    return List.of(words(Clip.atWord(section.body().plain(), most)));
  }

  /** Returns the elements of a phrase, cut to {@code most} characters. */
  static List<RichTextElement> elements(Phrase phrase, int most) {
    List<RichTextElement> elements = new ArrayList<>();
    int left = most;
    for (Span span : phrase.spans()) {
      String plain = span.plain();
      if (plain.length() > left) {
        if (left > Clip.MARK.length()) {
          elements.add(words(Clip.atWord(plain, left)));
        }
        return elements;
      }
      left -= plain.length();
      if (!plain.isEmpty()) {
        add(elements, span);
      }
    }
    return elements;
  }

  private static void add(List<RichTextElement> elements, Span span) {
    if (span instanceof Span.Strong strong) {
      elements.add(bold(strong.text()));
    } else if (span instanceof Span.Code code) {
      elements.add(RichTextSectionElement.Text.builder().text(code.text()).style(CODE).build());
    } else if (span instanceof Span.Link link && isWeb(link.url())) {
      String label = link.label().isBlank() ? link.url() : link.label();
      elements.add(RichTextSectionElement.Link.builder().url(link.url()).text(label).build());
    } else if (span instanceof Span.Room room && room.channel().platform().equals("slack")) {
      elements.add(RichTextSectionElement.Channel.builder().channelId(room.channel().id()).build());
    } else if (span instanceof Span.When when) {
      date(elements, when.at());
    } else {
      elements.add(words(span.plain()));
    }
  }

  private static void date(List<RichTextElement> elements, Instant at) {
    long seconds = at.getEpochSecond();
    if (seconds < 0 || seconds > Integer.MAX_VALUE) {
      elements.add(words(UtcText.minute(at)));
      return;
    }
    elements.add(
        RichTextSectionElement.Date.builder()
            .timestamp((int) seconds)
            .format("{date_short_pretty} {time}")
            .fallback(UtcText.minute(at))
            .build());
    elements.add(words(" (" + UtcText.clock(at) + ")"));
  }

  /** Returns a mention that notifies. */
  static RichTextElement mention(UserRef user) {
    return RichTextSectionElement.User.builder().userId(user.id()).build();
  }

  /** Returns words exactly as they are. */
  static RichTextElement words(String text) {
    return RichTextSectionElement.Text.builder().text(text).build();
  }

  /** Returns words that stand out. */
  static RichTextElement bold(String text) {
    return RichTextSectionElement.Text.builder().text(text).style(BOLD).build();
  }

  private static boolean isWeb(String url) {
    return (url.startsWith("https://") || url.startsWith("http://")) && url.length() <= Limits.URL;
  }
}
