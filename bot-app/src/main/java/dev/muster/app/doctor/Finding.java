// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

/**
 * One line of an examination.
 *
 * @param verdict how it is
 * @param subject what was looked at, one word
 * @param sentence what was found; when something is wrong, with the exact mend
 */
record Finding(Verdict verdict, String subject, String sentence) {

  /** How something is. */
  enum Verdict {
    /** As it should be. */
    OK("ok"),
    /** Works, but somebody should look. */
    NOTE("note"),
    /** Must be mended. */
    WRONG("WRONG");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }
  }

  static Finding ok(String subject, String sentence) {
    return new Finding(Verdict.OK, subject, sentence);
  }

  static Finding note(String subject, String sentence) {
    return new Finding(Verdict.NOTE, subject, sentence);
  }

  static Finding wrong(String subject, String sentence) {
    return new Finding(Verdict.WRONG, subject, sentence);
  }

  boolean isWrong() {
    return verdict == Verdict.WRONG;
  }

  /** One line for a person. Line breaks of what was found would make two. */
  String line() {
    return "%-5s  %-9s  %s".formatted(verdict.word, subject, sentence.replaceAll("\\R+", " "));
  }
}
