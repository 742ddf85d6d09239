// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

/** Makes any text harmless in a page: it shows what it holds and does nothing. */
final class ShownText {

  private static final char STRANGE = '\uFFFD';

  private ShownText() {}

  /**
   * Writes text so that it is neither markup nor the end of an attribute. Control characters and
   * those that turn the reading direction become U+FFFD, so that a name cannot look like another.
   */
  static void write(String text, StringBuilder out) {
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c)) {
        continue;
      }
      out.append(text, written, i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(isStrange(text, i) ? STRANGE : c);
      }
      written = i + 1;
    }
    out.append(text, written, text.length());
  }

  /** Almost every character of almost every text; these are written many at a time. */
  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c == ' '
        || c >= '0' && c <= '9'
        || c >= 'A' && c <= 'Z'
        || c >= '(' && c <= ';'
        || c == '_'
        || c == '='
        || c == '#';
  }

  private static boolean isStrange(String text, int at) {
    char c = text.charAt(at);
    boolean control = Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t';
    boolean turns = c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
    return control || turns || isHalf(text, at);
  }

  private static boolean isHalf(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }

  /** Returns the beginning of a text, at most {@code limit} characters, never half of one. */
  static String beginning(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
    return text.substring(0, end);
  }
}
