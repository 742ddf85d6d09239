// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import dev.muster.chat.Phrase;
import dev.muster.chat.Span;
import dev.muster.chat.UtcText;
import dev.muster.chat.WebAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/**
 * Writes words into text blocks so that they are read exactly as typed. A text block understands a
 * little Markdown, {@code <at>} and date functions; each is taken apart. Pure.
 */
final class Markup {

  /** Characters that every client reads as Markdown in text blocks and facts. */
  private static final String MARKDOWN = "\\`*_[]()#~>";

  /** Takes no room, breaks no word and is no letter: it parts what must not be read together. */
  private static final String JOINER = "\u2060";

  /** Nobody's name is longer. */
  private static final int LONGEST_NAME = 100;

  private static final String MARKER = "…";

  private Markup() {}

  /** Returns plain words with every character disarmed that would be read as markup. */
  static String escape(String words) {
    StringBuilder out = new StringBuilder(words.length() + 16);
    boolean lineStart = true;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (lineStart && startsList(words, i)) {
        out.append(JOINER);
      }
      out.append(escaped(c));
      lineStart = c == '\n' || (lineStart && c == ' ');
    }
    return out.toString();
  }

  private static String escaped(char c) {
    if (c == '\n') {
      return "\n\n";
    }
    if (c == '<' || c == '{') {
      return c + JOINER;
    }
    if (MARKDOWN.indexOf(c) >= 0) {
      return "\\" + c;
    }
    return Character.isISOControl(c) ? "" : String.valueOf(c);
  }

  private static boolean startsList(String words, int at) {
    char c = words.charAt(at);
    return c == '-' || c == '+' || Character.isDigit(c);
  }

  /** Returns a phrase as Markdown; times in the reader's zone with UTC beside them. */
  static String markdown(Phrase phrase) {
    return joined(phrase, Markup::markdown);
  }

  private static String markdown(Span span) {
    if (span instanceof Span.Strong strong) {
      return "**" + escape(strong.text()) + "**";
    }
    if (span instanceof Span.When when) {
      return time(when.at());
    }
    if (span instanceof Span.Link link && WebAddress.isLink(link.url())) {
      return "[" + escape(link.label()) + "](" + address(link.url()) + ")";
    }
    return escape(span.plain());
  }

  /** An exclamation mark right before a link would make a picture of it. */
  private static String joined(Phrase phrase, Function<Span, String> write) {
    StringBuilder all = new StringBuilder();
    for (Span span : phrase.spans()) {
      String piece = write.apply(span);
      boolean picture =
          piece.startsWith("[") && !all.isEmpty() && all.charAt(all.length() - 1) == '!';
      all.append(picture ? JOINER : "").append(piece);
    }
    return all.toString();
  }

  /** Returns an instant in the reader's own zone, where the client can, and in UTC. */
  static String time(Instant at) {
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    return "{{DATE(" + second + ", SHORT)}} {{TIME(" + second + ")}} (" + UtcText.minute(at) + ")";
  }

  private static String address(String url) {
    return url.replace("(", "%28").replace(")", "%29");
  }

  /**
   * Returns the words, cut at a word with a marker when they are longer than {@code limit}
   * characters.
   */
  static String cut(String words, int limit) {
    if (words.length() <= limit) {
      return words;
    }
    int end = limit - MARKER.length() - 1;
    int space = words.lastIndexOf(' ', end);
    int cut = space > limit / 2 ? space : end;
    if (Character.isHighSurrogate(words.charAt(cut - 1))) {
      cut--;
    }
    return words.substring(0, cut) + " " + MARKER;
  }

  /** Returns a phrase cut to {@code limit} characters; it keeps its pieces unless it is cut. */
  static Phrase cut(Phrase phrase, int limit) {
    String plain = phrase.plain();
    return plain.length() <= limit ? phrase : Phrase.of(cut(plain, limit));
  }

  /** Returns a name as it may stand between {@code <at>} and {@code </at>}. */
  static String mentionName(String name) {
    String bare = name.replaceAll("[<>&\\[\\]{}\\\\`*\\p{Cc}\\p{Zl}\\p{Zp}]", "").strip();
    return bare.isEmpty() ? "?" : cut(bare, LONGEST_NAME);
  }
}
