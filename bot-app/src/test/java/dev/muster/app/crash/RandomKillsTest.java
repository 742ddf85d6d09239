// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the bot at random instants while people and monitoring work with it. The seed is printed;
 * {@code -Dmuster.seed=N} repeats the same work and the same waits, not the same interleaving.
 */
final class RandomKillsTest {

  private static final int EVERYDAY = 20;
  private static final int PROOF = Integer.getInteger("muster.kills", 100);

  @Test
  void bot_killedAtRandomUnderLoad_losesAndDoublesNothing(@TempDir Path folder) {
    kill(folder, EVERYDAY);
  }

  @Tag("proof")
  @Test
  void bot_killedAtRandomManyTimes_losesAndDoublesNothing(@TempDir Path folder) {
    kill(folder, PROOF);
  }

  private static void kill(Path folder, int kills) {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println("seed " + seed + ", " + kills + " kills");
    int acknowledged = 0;
    for (int done = 0; done < kills; done += KillsProof.KILLS) {
      int more = Math.min(KillsProof.KILLS, kills - done);
      acknowledged += killOne(folder.resolve("bot-" + done), seed + done, more);
    }
    System.out.println(acknowledged + " deliveries acknowledged, none lost or doubled");
  }

  private static int killOne(Path folder, long seed, int kills) {
    try (CrashTrial trial = new CrashTrial(folder, "s" + (seed & 0xffff), null)) {
      assertEquals(List.of(), new RandomKills(trial, seed).run(kills), "seed " + seed);
      return trial.ledger().size();
    }
  }
}
