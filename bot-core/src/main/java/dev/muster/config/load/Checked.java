// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

/** Keys that know more about what is right than their types say. */
interface Checked {
  /**
   * Looks at the values together.
   *
   * @throws IllegalArgumentException when they do not fit; a sentence that begins with the name of
   *     a key is reported at that key
   */
  void check();
}
