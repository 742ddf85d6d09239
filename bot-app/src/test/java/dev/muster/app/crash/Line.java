// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

/**
 * A message as everybody in a channel sees it.
 *
 * @param byTheBot whether no person wrote it
 * @param inThread whether it hangs under another
 * @param words what can be read on it
 */
record Line(boolean byTheBot, boolean inThread, String words) {

  /** Stands on what may be there twice, because nobody could look. */
  private static final String REPEAT = "(repeat)";

  /** Returns whether every start says it anew, because it cannot read what was missed. */
  boolean isOfThisStart() {
    return words.startsWith("Reading what was missed did not work");
  }

  /** Returns whether it says that it may be there twice. */
  boolean isRepeat() {
    return words.contains(REPEAT);
  }

  /** Returns what it says, whether it is there for the first time or again. */
  String plain() {
    return words.replace(REPEAT + " ", "");
  }

  /** Returns whether it is the card of an incident. */
  boolean isCardOf(String incident) {
    return byTheBot && !inThread && words.contains("· " + incident + " ·");
  }
}
