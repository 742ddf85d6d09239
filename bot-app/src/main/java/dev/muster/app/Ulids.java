// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.time.InstantSource;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes identifiers of 26 characters that sort by time and cannot be guessed: 48 bits of
 * milliseconds and 80 random bits in Crockford's base 32. Identifiers of the same millisecond rise.
 */
final class Ulids implements Supplier<String> {

  private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int TIME_DIGITS = 10;
  private static final int RANDOM_DIGITS = 16;

  private final InstantSource clock;
  private final Random random;
  private long lastMillis = -1;
  private final int[] tail = new int[RANDOM_DIGITS];

  /** At once: each draw of unguessable numbers is dear, and most are for one identifier. */
  private final byte[] drawn = new byte[RANDOM_DIGITS];

  /** Takes the clock and the dice; the dice decide how hard the identifiers are to guess. */
  Ulids(InstantSource clock, Random random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public synchronized String get() {
    long millis = Math.max(clock.millis(), lastMillis);
    if (millis == lastMillis) {
      increase();
    } else {
      random.nextBytes(drawn);
      for (int i = 0; i < RANDOM_DIGITS; i++) {
        tail[i] = drawn[i] & 31;
      }
      tail[0] &= 15;
    }
    lastMillis = millis;
    return text(millis);
  }

  private void increase() {
    for (int i = RANDOM_DIGITS - 1; i >= 0; i--) {
      tail[i]++;
      if (tail[i] < DIGITS.length) {
        return;
      }
      tail[i] = 0;
    }
  }

  private String text(long millis) {
    char[] out = new char[TIME_DIGITS + RANDOM_DIGITS];
    long rest = millis;
    for (int i = TIME_DIGITS - 1; i >= 0; i--) {
      out[i] = DIGITS[(int) (rest & 31)];
      rest >>>= 5;
    }
    for (int i = 0; i < RANDOM_DIGITS; i++) {
      out[TIME_DIGITS + i] = DIGITS[tail[i]];
    }
    return new String(out);
  }
}
