// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A typed text read word by word from the left. Splits at every Unicode space, takes curly quotes
 * as quotes, and turns half characters and NUL into U+FFFD. Reading all of it costs time in
 * proportion to its length. Not for use by several threads.
 */
final class Words {

  private String text;
  private int position;

  Words(String typed) {
    text = repaired(typed);
    skipSpace();
  }

  /** Returns whether {@code c} separates words: every Unicode space, line ends and tab. */
  static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  private static String repaired(String typed) {
    StringBuilder whole = new StringBuilder(typed.length());
    typed
        .codePoints()
        .map(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
        .forEachOrdered(whole::appendCodePoint);
    return whole.toString();
  }

  boolean isEmpty() {
    return position >= text.length();
  }

  /** Returns the next word without taking it; empty at the end. Quotes are taken off. */
  String peek() {
    int end = endOfWord();
    return isQuoted(end) ? text.substring(position + 1, end - 1) : text.substring(position, end);
  }

  /** Takes the next word. */
  String take() {
    String word = peek();
    position = endOfWord();
    skipSpace();
    return word;
  }

  /** Takes the next word if {@code wanted} accepts it. */
  boolean takeIf(Predicate<String> wanted) {
    boolean accepted = !isEmpty() && wanted.test(peek());
    if (accepted) {
      take();
    }
    return accepted;
  }

  /** Takes the last word, quotes and all, if {@code wanted} accepts it; empty if it does not. */
  Optional<String> takeLastIf(Predicate<String> wanted) {
    int end = text.length();
    while (end > position && isSpace(text.charAt(end - 1))) {
      end--;
    }
    int start = end;
    while (start > position && !isSpace(text.charAt(start - 1))) {
      start--;
    }
    String last = text.substring(start, end);
    if (last.isEmpty() || !wanted.test(last)) {
      return Optional.empty();
    }
    text = text.substring(0, start);
    return Optional.of(last);
  }

  /** Starts again with other text, normally what {@link #ahead} returned before. */
  void putBack(String left) {
    text = left;
    position = 0;
    skipSpace();
  }

  /** Takes one {@code name=value} with an optionally quoted value; empty if there is none. */
  Optional<Map.Entry<String, String>> takePair() {
    String word = text.substring(position, plainEnd(position));
    int equals = word.indexOf('=');
    if (equals < 1) {
      return Optional.empty();
    }
    position += equals + 1;
    boolean absent = isEmpty() || isSpace(text.charAt(position));
    String value = absent ? "" : peek();
    position = absent ? position : endOfWord();
    skipSpace();
    return Optional.of(Map.entry(word.substring(0, equals), value));
  }

  /** Returns what is left, as typed but without white space around it, and takes it. */
  String rest() {
    String left = text.substring(position);
    position = text.length();
    return stripped(left);
  }

  /** Returns what is left without taking it. */
  String ahead() {
    return stripped(text.substring(position));
  }

  /** Takes the next words, at most {@code limit}; commas between them are taken as spaces. */
  List<String> takeAll(int limit) {
    List<String> words = new ArrayList<>();
    while (!isEmpty() && words.size() < limit) {
      String word = take();
      String bare = word.endsWith(",") ? word.substring(0, word.length() - 1) : word;
      if (!bare.isEmpty()) {
        words.add(bare);
      }
    }
    return words;
  }

  /** Returns the text without Unicode spaces at both ends. */
  static String stripped(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private int endOfWord() {
    if (isEmpty()) {
      return position;
    }
    int closing = closingQuote();
    if (closing > 0) {
      return closing + 1;
    }
    return plainEnd(position);
  }

  private int plainEnd(int from) {
    int end = from;
    while (end < text.length() && !isSpace(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private boolean isQuoted(int end) {
    return !isEmpty() && end - position >= 2 && closingQuote() == end - 1;
  }

  /** Returns where a quote that opens the next word closes at the end of a word, or -1. */
  private int closingQuote() {
    String kind = Unquoted.kindOf(text.charAt(position));
    if (kind.isEmpty()) {
      return -1;
    }
    int closing = Unquoted.closing(text, position + 1, kind);
    boolean endsWord = closing + 1 == text.length() || isSpaceOrComma(closing + 1);
    return closing > 0 && endsWord ? closing : -1;
  }

  private boolean isSpaceOrComma(int index) {
    return index < text.length() && (isSpace(text.charAt(index)) || text.charAt(index) == ',');
  }

  private void skipSpace() {
    while (position < text.length() && isSpace(text.charAt(position))) {
      position++;
    }
  }
}
