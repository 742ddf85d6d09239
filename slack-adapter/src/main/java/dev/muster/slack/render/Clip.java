// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts over-long text at a word, never inside what a reader sees as one sign. Pure. */
public final class Clip {

  /** What stands where text was left out. */
  public static final String MARK = " …";

  /** A word longer than this is cut through rather than left out. */
  private static final int LONG_WORD = 60;

  /** No sign that anybody reads is longer; what is longer is cut through. */
  private static final int LONG_SIGN = 48;

  private static final Pattern SIGN = Pattern.compile("\\X");

  private Clip() {}

  /** Returns {@code text} when it has at most {@code most} characters, else its beginning. */
  public static String atWord(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, place(text, most - MARK.length())).stripTrailing() + MARK;
  }

  /**
   * Returns where to cut: behind a word that ends shortly before {@code end}, else between two
   * signs. More than 0 where {@code end} is, and never more than {@code end}.
   */
  static int place(String text, int end) {
    int space = lastSpace(text, end);
    if (space > end - LONG_WORD && space > 0) {
      return space;
    }
    int cut = end;
    Matcher sign = SIGN.matcher(text).region(0, Math.min(text.length(), end + LONG_SIGN));
    while (sign.find() && sign.end() <= end) {
      cut = sign.end();
    }
    boolean torn = Character.isHighSurrogate(text.charAt(cut - 1)) && cut > 1;
    return torn ? cut - 1 : cut;
  }

  private static int lastSpace(String text, int before) {
    for (int i = before; i > before - LONG_WORD && i > 0; i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }
}
