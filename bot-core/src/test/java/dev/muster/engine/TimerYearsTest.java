// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No timer fires early, twice or never, over a long time with stops and set clocks. The seed is
 * printed; {@code -Dmuster.seed=N} repeats a run, {@code -Dmuster.days=3650} takes ten years.
 */
class TimerYearsTest {

  /** The short run is the same each time; chance is for the long one. */
  private static final long SEED = 20261122;

  private static final int STORE_LASTS = 10;

  @Test
  void timers_overADay_fireOnceAndInTime(@TempDir Path folder) {
    live(folder, 1, Long.getLong("muster.seed", SEED));
  }

  @Test
  @Tag("proof")
  void timers_overSomeDays_fireOnceAndInTime(@TempDir Path folder) {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    live(folder, Integer.getInteger("muster.days", 10), seed);
  }

  /** A store that has grown for months would mostly be looked through for damage, every hour. */
  private static void live(Path folder, int days, long seed) {
    for (int lived = 0; lived < days; lived += STORE_LASTS) {
      withOneStore(
          folder.resolve("from-day-" + lived), Math.min(STORE_LASTS, days - lived), seed + lived);
    }
  }

  private static void withOneStore(Path folder, int days, long seed) {
    System.out.println("timers from seed " + seed);
    try (TimerYears years = TimerYears.usual(folder, seed)) {
      years.live(Duration.ofDays(days));
      System.out.println(days + " days, " + years.report());
    }
  }
}
