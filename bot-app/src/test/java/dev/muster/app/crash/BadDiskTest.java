// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs and writes fail or take long; nothing that was acknowledged is lost. */
@Tag("proof")
final class BadDiskTest {

  private static final int FAILURES = Integer.getInteger("muster.failures", 6);
  private static final int SLOW_MILLIS = 50;

  @TempDir private Path folder;

  @Test
  void bot_syncOrWriteFails_endsAtOnceAndLosesNothing() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    Random random = new Random(seed);
    try (BadDiskTrial trial = new BadDiskTrial(folder)) {
      assertEquals(List.of(), trial.slow(SLOW_MILLIS, 10), "slow");
      assertEquals(List.of(), trial.fail(FAILURES, random), "seed " + seed);
      assertTrue(2 * trial.ended() > FAILURES, "it ended only " + trial.ended() + " times");
      System.out.printf(
          "seed %d: %d failures, ended after %d, %d deliveries acknowledged%n",
          seed, FAILURES, trial.ended(), trial.acknowledged());
    }
  }
}
