// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import com.slack.api.model.block.composition.MarkdownTextObject;
import dev.muster.chat.Phrase;
import dev.muster.chat.Span;
import dev.muster.chat.UtcText;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes Slack's markup for the few places where nothing else is taken. Slack reads only {@code & <
 * >} as escapes; asterisks, underscores and the like have none, so text that holds them is set as
 * rich text instead, see {@link #fits}. Pure.
 */
final class Mrkdwn {

  private static final Pattern MARKUP =
      Pattern.compile("[*_~`<>]|:[\\p{Alnum}_+'-]+:|[\uFF1C\uFF1E\uFE64\uFE65]");

  private Mrkdwn() {}

  /** Returns whether the phrase comes out as typed when written as markup. */
  static boolean fits(Phrase phrase) {
    return phrase.spans().stream()
        .allMatch(
            span ->
                (span instanceof Span.Words
                        || span instanceof Span.Who
                        || span instanceof Span.When)
                    && !MARKUP.matcher(span.plain()).find());
  }

  /** Returns a text object whose words Slack neither links nor expands. */
  static MarkdownTextObject text(String escaped) {
    return MarkdownTextObject.builder().text(escaped).verbatim(true).build();
  }

  /** Returns the phrase escaped, instants as date tokens. */
  static String write(Phrase phrase, int most) {
    boolean whole = phrase.plain().length() <= most;
    return whole
        ? phrase.spans().stream().map(Mrkdwn::write).collect(Collectors.joining())
        : escape(Clip.atWord(phrase.plain(), most));
  }

  private static String write(Span span) {
    return span instanceof Span.When when ? date(when.at()) : escape(span.plain());
  }

  /** Returns a date token in the reader's zone, with UTC beside it. */
  static String date(Instant at) {
    return "<!date^"
        + at.getEpochSecond()
        + "^{date_short_pretty} {time}|"
        + UtcText.minute(at)
        + "> ("
        + UtcText.clock(at)
        + ")";
  }

  /**
   * Escapes the three characters that begin Slack's control sequences. Their full-width twins are
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
