// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import dev.muster.chat.PlainWords;

/** Makes a machine's text fit for one line that people read: it may say anything, hide nothing. */
public final class SafeText {

  private SafeText() {}

  /**
   * Returns the text as one line: control characters and all kinds of space become single spaces;
   * invisible characters, those that change the reading direction among them, are left out; half
   * characters become U+FFFD; what is longer than {@code limit} characters (code points) is cut and
   * ends in {@code …}.
   */
  public static String line(String text, int limit) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), 2 * limit));
    int length = 0;
    for (int i = 0; i < text.length() && length <= limit; ) {
      int c = shown(text.codePointAt(i));
      i += Character.charCount(text.codePointAt(i));
      boolean doubled = c == ' ' && (length == 0 || line.charAt(line.length() - 1) == ' ');
      if (c >= 0 && !doubled) {
        line.appendCodePoint(c);
        length++;
      }
    }
    return cut(line.toString().stripTrailing(), limit);
  }

  private static String cut(String line, int limit) {
    return line.codePointCount(0, line.length()) <= limit
        ? line
        : line.substring(0, line.offsetByCodePoints(0, limit - 1)).stripTrailing() + "…";
  }

  /** Returns what stands for a character; -1 for nothing. */
  private static int shown(int c) {
    boolean space = Character.isWhitespace(c) || Character.isSpaceChar(c);
    if (space || Character.isISOControl(c)) {
      return ' ';
    }
    return PlainWords.shown(c);
  }
}
