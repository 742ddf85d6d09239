// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

/** A text that is not what its place wants. */
final class BadValue extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String hint;

  /**
   * Says what is wrong.
   *
   * @param what one sentence
   * @param hint the mend or the nearest valid example; may be empty
   */
  BadValue(String what, String hint) {
    super(what);
    this.hint = hint;
  }

  /** Returns the hint of a bad value; other refusals carry theirs in the sentence. */
  static String hintOf(RuntimeException refusal) {
    return refusal instanceof BadValue bad ? bad.hint : "";
  }
}
