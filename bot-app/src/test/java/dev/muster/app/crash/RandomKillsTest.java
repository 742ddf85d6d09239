// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the bot at random instants while people and monitoring work with it. The seed is printed;
 * {@code -Dmuster.seed=N} repeats the same work and the same waits, not the same interleaving.
 */
@Tag("proof")
final class RandomKillsTest {

  private static final int KILLS = Integer.getInteger("muster.kills", 20);
  private static final int WORKERS = 3;
  private static final int MOST_OF_EACH = 4;
  private static final int LONGEST_WAIT_MILLIS = 1_500;

  private final List<Actions.Place> places = new CopyOnWriteArrayList<>();

  @Test
  void bot_killedAtRandomUnderLoad_losesAndDoublesNothing(@TempDir Path folder) {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println("seed " + seed + ", " + KILLS + " kills");
    Random random = new Random(seed);
    try (CrashTrial trial = new CrashTrial(folder, "s" + (seed & 0xffff), null)) {
      trial.bot().start();
      places.add(trial.actions().placeOf(trial.actions().declare("ada")));
      for (int kill = 1; kill <= KILLS; kill++) {
        round(trial, random);
        List<String> problems = trial.problems();
        assertTrue(problems.isEmpty(), "seed " + seed + ", kill " + kill + ": " + problems);
      }
      System.out.println(trial.ledger().size() + " deliveries acknowledged, none lost or doubled");
    }
  }

  private void round(CrashTrial trial, Random random) {
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      Random own = new Random(random.nextLong());
      workers.add(CrashTrial.meanwhile(() -> work(trial.actions(), own)));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(workers.toArray(CompletableFuture<?>[]::new));
    waitAtMost(all, random.nextInt(LONGEST_WAIT_MILLIS));
    trial.bot().kill();
    trial.bot().start();
    CrashTrial.finish(all);
  }

  private static void waitAtMost(CompletableFuture<?> all, int millis) {
    try {
      all.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // This is the instant of the kill.
    } catch (ExecutionException e) {
      throw new AssertionError("the work failed before the kill", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(Actions actions, Random random) {
    for (int i = 0; i < MOST_OF_EACH; i++) {
      String user = "u" + random.nextInt(30);
      Actions.Place place = places.get(random.nextInt(places.size()));
      switch (random.nextInt(8)) {
        case 0 -> actions.declare(user);
        case 1 -> actions.alert();
        case 2 -> actions.press(user, place, "escalate");
        case 3 -> {
          actions.rollBack("ada", place);
          actions.pressIfShown(user, place, "approve");
        }
        default -> actions.say(user, place);
      }
    }
  }
}
