// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * Makes what somebody entered fit to be shown beside other words: it may say anything, hide nothing
 * and turn nothing round. Pure.
 */
public final class PlainWords {

  private static final int NEXT_LINE = 0x85;
  private static final int EMOJI_JOINER = 0x200D;
  private static final int REPLACEMENT = 0xFFFD;

  private PlainWords() {}

  /**
   * Returns the text without characters that nobody sees: those that change the reading direction
   * (Unicode Standard Annex 9) and zero-width ones are left out, but for what joins emoji; controls
   * become spaces, line ends {@code \n}, half characters U+FFFD.
   */
  public static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .codePoints()
        .map(PlainWords::shown)
        .filter(c -> c >= 0)
        .forEach(plain::appendCodePoint);
    return plain.toString();
  }

  /** Returns whether {@link #of} leaves the text as it is. */
  public static boolean isPlain(String text) {
    return text.codePoints().allMatch(c -> shown(c) == c);
  }

  /** Returns the text, cut with {@code …} behind so many characters when it is longer. */
  public static String shortened(String text, int most) {
    return text.length() <= most ? text : begin(text, most) + "…";
  }

  /** Returns so many characters of the text, or one less where that would halve the last one. */
  public static String begin(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    boolean halved =
        most > 0
            && Character.isHighSurrogate(text.charAt(most - 1))
            && Character.isLowSurrogate(text.charAt(most));
    return text.substring(0, halved ? most - 1 : most);
  }

  /** Returns what stands for a character (code point); -1 for nothing. */
  public static int shown(int c) {
    if (c == '\n' || c == '\t' || c == EMOJI_JOINER) {
      return c;
    }
    if (c == '\r' || c == NEXT_LINE) {
      return '\n';
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL -> ' ';
      case Character.FORMAT -> -1;
      case Character.SURROGATE -> REPLACEMENT;
      default -> c;
    };
  }
}
