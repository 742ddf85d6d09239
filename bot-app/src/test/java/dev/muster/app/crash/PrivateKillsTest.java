// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The seed is printed; {@code -Dmuster.seed=N} repeats the same work and the same waits. */
@Tag("proof")
final class PrivateKillsTest {

  private static final int KILLS = 5;

  @Test
  void bot_killedAroundAPrivateIncident_showsItToItsMembersAlone(@TempDir Path folder) {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println("seed " + seed);
    try (CrashTrial trial = new CrashTrial(folder, "private", null)) {
      assertEquals(List.of(), new PrivateKills(trial, seed).run(KILLS), "seed " + seed);
    }
  }
}
