// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.chat.PlainWords;
import java.util.Optional;

/**
 * The title of an incident: one line with at least one letter or digit.
 *
 * @param text at most {@link #LIMIT} characters; a longer one ends in {@code …}
 * @param full what was typed, if the title had to be cut
 */
public record Title(String text, Optional<String> full) {

  /** Longest title in characters (code points); a rule of ours, so that it fits every card. */
  public static final int LIMIT = 250;

  /**
   * Returns the title made of a text: white space and control characters become single spaces, what
   * nobody could see is left out, as {@link PlainWords}. Empty if there is no letter and no digit
   * in it.
   */
  public static Optional<Title> of(String typed) {
    String line = Unquoted.of(oneLine(PlainWords.of(typed)));
    if (line.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return Optional.empty();
    }
    if (line.codePointCount(0, line.length()) <= LIMIT) {
      return Optional.of(new Title(line, Optional.empty()));
    }
    String head = line.substring(0, line.offsetByCodePoints(0, LIMIT - 1)).stripTrailing();
    return Optional.of(new Title(head + "…", Optional.of(line)));
  }

  private static String oneLine(String typed) {
    StringBuilder line = new StringBuilder(Math.min(typed.length(), 4 * LIMIT));
    typed
        .codePoints()
        .map(c -> Words.isSpace(c) || Character.isISOControl(c) ? ' ' : c)
        .filter(c -> c != ' ' || !endsInSpace(line))
        .forEachOrdered(line::appendCodePoint);
    return line.toString().strip();
  }

  private static boolean endsInSpace(StringBuilder line) {
    return line.length() > 0 && line.charAt(line.length() - 1) == ' ';
  }
}
