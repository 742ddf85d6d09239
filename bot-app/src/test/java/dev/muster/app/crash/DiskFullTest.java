// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk fills up again and again at random points; nothing is lost, doubled or half written. */
@Tag("proof")
final class DiskFullTest {

  private static final int POINTS = Integer.getInteger("muster.points", 12);

  @TempDir private Path folder;

  @Test
  void bot_diskFullAtRandomPoints_losesNothingAndGoesOnWhenThereIsRoom() {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    Random random = new Random(seed);
    try (DiskFullTrial trial = new DiskFullTrial(folder)) {
      for (int point = 1; point <= POINTS; point++) {
        assertEquals(List.of(), trial.fill(random), "seed " + seed + ", point " + point);
      }
      System.out.printf(
          "seed %d: %d points, %d writes refused, %d deliveries acknowledged, green within %d s%n",
          seed, POINTS, trial.refused(), trial.acknowledged(), trial.longestUntilGreen());
    }
  }
}
