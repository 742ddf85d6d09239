// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

/** Cuts over-long text at a word and marks the cut. Pure. */
public final class Clip {

  /** What stands where text was left out. */
  public static final String MARK = " …";

  /** A word longer than this is cut through rather than left out. */
  private static final int LONG_WORD = 60;

  private Clip() {}

  /** Returns {@code text} when it has at most {@code most} characters, else its beginning. */
  public static String atWord(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = most - MARK.length();
    int space = lastSpace(text, end);
    int cut = space > end - LONG_WORD && space > 0 ? space : end;
    if (Character.isHighSurrogate(text.charAt(cut - 1))) {
      cut--;
    }
    return text.substring(0, cut).stripTrailing() + MARK;
  }

  private static int lastSpace(String text, int before) {
    for (int i = before; i > 0; i--) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return -1;
  }
}
