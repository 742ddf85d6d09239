// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

/** Reads titles. */
final class TitleWords {

  private TitleWords() {}

  static Reading<Title> read(VerbLine line, String typed) {
    return Title.of(typed)
        .map(Reading::of)
        .orElseGet(
            () ->
                Refusal.of(
                    line.spec(),
                    "title_needs_letter_or_digit",
                    "A title needs at least one letter or digit."));
  }
}
