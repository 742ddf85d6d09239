// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.security.SecureRandom;
import java.util.Arrays;

/** Unguessable salts, drawn many at a time because each draw is dear. One thread. */
final class Salts {

  private static final int BYTES = 16;
  private static final int AT_ONCE = 256;

  private final byte[] drawn = new byte[BYTES * AT_ONCE];
  private SecureRandom random;
  private int used = drawn.length;

  byte[] next() {
    if (used == drawn.length) {
      random = random == null ? new SecureRandom() : random;
      random.nextBytes(drawn);
      used = 0;
    }
    used += BYTES;
    return Arrays.copyOfRange(drawn, used - BYTES, used);
  }
}
