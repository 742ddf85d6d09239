// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin;

import java.util.Base64;
import java.util.function.Consumer;

/**
 * Makes texts that nobody can guess.
 *
 * @param filler fills an array with random bytes; safe for several threads
 */
public record Dice(Consumer<byte[]> filler) {

  private static final int BYTES = 32;

  /** Returns 256 random bits as 43 letters, digits, dashes and underscores. */
  public String roll() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
  }

  /** Returns 32 random bytes. */
  public byte[] bytes() {
    byte[] made = new byte[BYTES];
    filler.accept(made);
    return made;
  }
}
