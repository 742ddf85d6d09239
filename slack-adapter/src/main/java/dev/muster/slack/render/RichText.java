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
import dev.muster.chat.WebAddress;
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
    return block(List.of(RichTextSectionElement.builder().elements(elements).build()));
  }

  private static RichTextBlock block(List<BlockElement> parts) {
    return RichTextBlock.builder().elements(List.copyOf(parts)).build();
  }

  /**
   * Returns a section of a message: its heading, then its body in its style. What is longer than
   * one block goes on in the next.
   */
  static List<RichTextBlock> section(String heading, Section section, Phrase body) {
    boolean plain = section.style() == Section.Style.PLAIN;
    Phrase set = section.style() == Section.Style.CODE ? Phrase.of(body.plain()) : body;
    List<List<RichTextElement>> pieces = pieces(set, Limits.SECTION);
    List<RichTextBlock> blocks = new ArrayList<>();
    for (int i = 0; i < Math.max(1, pieces.size()); i++) {
      List<RichTextElement> lead = new ArrayList<>();
      List<BlockElement> parts = new ArrayList<>();
      List<RichTextElement> piece = pieces.isEmpty() ? List.of() : pieces.get(i);
      if (i == 0 && !heading.isBlank()) {
        lead.add(bold(heading + (plain && !piece.isEmpty() ? "\n" : "")));
      }
      if (plain) {
        lead.addAll(piece);
      }
      if (!lead.isEmpty()) {
        parts.add(RichTextSectionElement.builder().elements(lead).build());
      }
      if (!plain && !piece.isEmpty()) {
        parts.add(styled(section.style(), piece));
      }
      blocks.add(block(parts));
    }
    return blocks;
  }

  private static BlockElement styled(Section.Style style, List<RichTextElement> piece) {
    return style == Section.Style.QUOTE
        ? RichTextQuoteElement.builder().elements(piece).build()
        : RichTextPreformattedElement.builder().elements(piece).build();
  }

  /** Returns the elements of a phrase in pieces of at most {@code most} characters. */
  static List<List<RichTextElement>> pieces(Phrase phrase, int most) {
    List<List<RichTextElement>> pieces = new ArrayList<>();
    List<RichTextElement> piece = new ArrayList<>();
    int left = most;
    for (Span span : phrase.spans()) {
      String text = Visible.text(span.plain());
      while (text.length() > left) {
        int cut = left < most / 2 ? 0 : Clip.place(text, left);
        if (cut > 0) {
          piece.add(words(text.substring(0, cut)));
          boolean atSpace = Character.isWhitespace(text.charAt(cut));
          text = text.substring(atSpace ? cut + 1 : cut);
          span = new Span.Words(text);
        }
        pieces.add(piece);
        piece = new ArrayList<>();
        left = most;
      }
      left -= text.length();
      if (!text.isEmpty()) {
        add(piece, span, text);
      }
    }
    if (!piece.isEmpty()) {
      pieces.add(piece);
    }
    return pieces;
  }

  private static void add(List<RichTextElement> elements, Span span, String text) {
    if (span instanceof Span.Strong) {
      elements.add(bold(text));
    } else if (span instanceof Span.Code) {
      elements.add(RichTextSectionElement.Text.builder().text(text).style(CODE).build());
    } else if (span instanceof Span.Link link && WebAddress.isLink(link.url())) {
      elements.add(link(link.url(), Visible.line(label(link))));
    } else if (span instanceof Span.Room room && room.channel().platform().equals("slack")) {
      elements.add(RichTextSectionElement.Channel.builder().channelId(room.channel().id()).build());
    } else if (span instanceof Span.When when) {
      date(elements, when.at());
    } else {
      elements.add(words(text));
    }
  }

  /** Returns a link. */
  static RichTextElement link(String url, String label) {
    return RichTextSectionElement.Link.builder().url(url).text(label).build();
  }

  /** Returns what a link shows: never another address than the one it leads to. */
  static String label(Span.Link link) {
    String label = link.label();
    return label.isBlank() || label.contains("://") ? link.url() : label;
  }

  private static void date(List<RichTextElement> elements, Instant at) {
    if (!Markup.isShowable(at)) {
      elements.add(words(UtcText.minute(at)));
      return;
    }
    elements.add(
        RichTextSectionElement.Date.builder()
            .timestamp((int) at.getEpochSecond())
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
}
