// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.time.Instant;

/** Instants as the database keeps them: microseconds since 1970-01-01 UTC, rounded down. */
final class Micros {

  private static final long PER_SECOND = 1_000_000;
  private static final long FARTHEST = Long.MAX_VALUE / PER_SECOND - 1;

  private Micros() {}

  /** Instants beyond the year 290,000 become the last one that can be kept. */
  static long of(Instant at) {
    long seconds = Math.max(-FARTHEST, Math.min(FARTHEST, at.getEpochSecond()));
    return seconds * PER_SECOND + at.getNano() / 1000;
  }

  static Instant read(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * 1000);
  }

  static Instant rounded(Instant at) {
    return read(of(at));
  }
}
