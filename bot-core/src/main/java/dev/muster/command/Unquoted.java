// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.chat.PlainWords;

/**
 * Takes the quotes off a text that is quoted as a whole, and puts them around a value; phones type
 * curly ones by themselves.
 */
public final class Unquoted {

  private static final String DOUBLE = "\"\u201C\u201D\u201E\u201F\u00AB\u00BB\uFF02";
  private static final String SINGLE = "'\u2018\u2019\u201A\u201B\uFF07";

  private Unquoted() {}

  /** Returns {@link #of} the text without what nobody could see in it, to be shown as it is. */
  static String plain(String text) {
    return of(PlainWords.of(text).strip());
  }

  /** Returns the text without quotes around all of it, or as it is. */
  static String of(String text) {
    if (text.length() < 2) {
      return text;
    }
    String kind = kindOf(text.charAt(0));
    boolean whole = !kind.isEmpty() && closing(text, 1, kind) == text.length() - 1;
    return whole ? text.substring(1, text.length() - 1).strip() : text;
  }

  /** Returns how a value is typed after {@code name=} to be read as it is. */
  public static String quoted(String value) {
    boolean holdsDouble = closing(value, 0, DOUBLE) >= 0;
    if (value.matches("[\\w.:/@+-]+") || (holdsDouble && closing(value, 0, SINGLE) >= 0)) {
      // Nobody typed quotes around what holds both kinds.
      return value;
    }
    String quote = holdsDouble ? "'" : "\"";
    return quote + value + quote;
  }

  /** Returns all characters that close a quote opened by {@code c}; empty if it opens none. */
  static String kindOf(char c) {
    if (DOUBLE.indexOf(c) >= 0) {
      return DOUBLE;
    }
    return SINGLE.indexOf(c) >= 0 ? SINGLE : "";
  }

  /** Returns where a quote of that kind is closed at or after {@code from}, or -1. */
  static int closing(String text, int from, String kind) {
    for (int i = from; i < text.length(); i++) {
      if (kind.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
