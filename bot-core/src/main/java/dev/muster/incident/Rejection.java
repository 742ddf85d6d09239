// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

/**
 * A refusal of something a person asked for, told to that person alone.
 *
 * @param reason the enumerated reason, the same in log, metric and timeline
 * @param sentence what is wrong, one sentence
 * @param hint the nearest valid example or the mend; may be empty
 */
public record Rejection(String reason, String sentence, String hint) {
  /** Returns a refusal without a hint. */
  public static Rejection of(String reason, String sentence) {
    return new Rejection(reason, sentence, "");
  }

  /** Returns the sentence followed by the hint, ready to be shown. */
  public String text() {
    return hint.isEmpty() ? sentence : sentence + " " + hint;
  }
}
