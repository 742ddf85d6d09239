// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

/** Reads what is to be done: a task now, or an action afterwards. */
final class ToDoText {

  /** In characters (code points); a rule of ours, so that a list of them can be read. */
  static final int LIMIT = 250;

  private ToDoText() {}

  /**
   * Reads a text of at most {@link #LIMIT} characters with a letter or digit in it.
   *
   * @param what {@code task} or {@code action}
   * @param missing what is said when there is no text
   */
  static Reading<String> read(VerbLine line, String typed, String what, String missing) {
    String text = Unquoted.plain(typed);
    if (text.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return Refusal.of(line.spec(), "needs_text", missing);
    }
    int length = text.codePointCount(0, text.length());
    return length <= LIMIT ? Reading.of(text) : tooLong(what, length);
  }

  private static Reading<String> tooLong(String what, int length) {
    return Refusal.example(
        "text_too_long",
        "This "
            + what
            + " has "
            + length
            + " characters and may have "
            + LIMIT
            + ". Say it shorter, and put the rest on the timeline.",
        "timeline add the dump lies on db-3, see the log of 14:05");
  }
}
