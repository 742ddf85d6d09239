// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

/**
 * A paragraph of a message.
 *
 * @param heading a short heading; empty for none
 * @param body the words
 * @param style how it is set
 */
public record Section(String heading, Phrase body, Style style) {

  /** How a section is set. */
  public enum Style {
    /** Ordinary text; line breaks are kept. */
    PLAIN,
    /** What somebody else wrote. */
    QUOTE,
    /** Fixed width, nothing interpreted. */
    CODE,
    /** Small print. */
    NOTE
  }

  /** Returns an ordinary paragraph without a heading. */
  public static Section of(String words) {
    return new Section("", Phrase.of(words), Style.PLAIN);
  }

  /** Returns an ordinary paragraph with a heading. */
  public static Section of(String heading, String words) {
    return new Section(heading, Phrase.of(words), Style.PLAIN);
  }
}
