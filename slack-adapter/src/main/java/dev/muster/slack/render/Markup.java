// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.composition.MarkdownTextObject;
import dev.muster.chat.Phrase;
import dev.muster.chat.Span;
import dev.muster.chat.UtcText;
import dev.muster.chat.WebAddress;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes Slack's markup for the few places where nothing else is taken. Slack reads only {@code & <
 * >} as escapes; asterisks, underscores and the like have none, so text that holds them is set as
 * rich text instead, see {@link #fits}. Pure.
 */
final class Markup {

  private static final Pattern MARKUP =
      Pattern.compile("[*_~`<>]|:[\\p{Alnum}_+'-]+:|[\uFF1C\uFF1E\uFE64\uFE65]");

  /** Date tokens count whole seconds and are wanted for these years. */
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant LAST = Instant.ofEpochSecond(Integer.MAX_VALUE);

  private Markup() {}

  /** Returns whether the phrase comes out as typed when written as markup. */
  static boolean fits(Phrase phrase) {
    return phrase.spans().stream().allMatch(Markup::fits);
  }

  private static boolean fits(Span span) {
    if (span instanceof Span.Link link) {
      return WebAddress.isLink(link.url()) && fitsWords(link.label());
    }
    return (span instanceof Span.Words || span instanceof Span.Who || span instanceof Span.When)
        && fitsWords(span.plain());
  }

  private static boolean fitsWords(String words) {
    return !MARKUP.matcher(words).find();
  }

  /** Returns a text object whose words Slack neither links nor expands. */
  static MarkdownTextObject text(String escaped) {
    return MarkdownTextObject.builder().text(escaped).verbatim(true).build();
  }

  /** Returns the phrase escaped, instants as date tokens, addresses as links. */
  static String write(Phrase phrase, int most) {
    boolean whole = phrase.plain().length() <= most;
    return whole
        ? phrase.spans().stream().map(Markup::write).collect(Collectors.joining())
        : escape(Clip.atWord(Visible.text(phrase.plain()), most));
  }

  private static String write(Span span) {
    if (span instanceof Span.When when) {
      return date(when.at());
    }
    if (span instanceof Span.Link link) {
      return "<" + escape(link.url()) + "|" + escape(Visible.line(RichText.label(link))) + ">";
    }
    return escape(Visible.text(span.plain()));
  }

  /** Returns a date token in the reader's zone, with UTC beside it. */
  static String date(Instant at) {
    if (!isShowable(at)) {
      return UtcText.minute(at);
    }
    return "<!date^"
        + at.getEpochSecond()
        + "^{date_short_pretty} {time}|"
        + UtcText.minute(at)
        + "> ("
        + UtcText.clock(at)
        + ")";
  }

  /** Returns whether Slack shows an instant in the reader's zone. */
  static boolean isShowable(Instant at) {
    return !at.isBefore(FIRST) && !at.isAfter(LAST);
  }

  /**
   * Escapes the three characters that begin Slack's control sequences. Their full-width twins,
   * which are all the characters that Unicode's compatibility forms turn into one of them, are
   * written as the plain ones first, in case a reader folds them after us.
   */
  static String escape(String text) {
    return text.replaceAll("[\uFF06\uFE60]", "&")
        .replaceAll("[\uFF1C\uFE64]", "<")
        .replaceAll("[\uFF1E\uFE65]", ">")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
