// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Kills one bot at random instants while people and monitoring work with it. What the killed one
 * left undone, the next one does while it is killed in its turn; everything is looked at once a few
 * have died. The same seed does the same work and waits as long, but meets other interleavings.
 */
final class RandomKills {

  /** So many die between two looks at everything. */
  static final int DEATHS_PER_LOOK = 10;

  private static final int WORKERS = 3;
  private static final int MOST_OF_EACH = 4;
  private static final int LONGEST_WAIT_MILLIS = 700;
  private static final int PEOPLE = 30;

  private final CrashTrial trial;
  private final Random random;
  private final List<Actions.Place> places = new CopyOnWriteArrayList<>();

  RandomKills(CrashTrial trial, long seed) {
    this.trial = trial;
    this.random = new Random(seed);
  }

  /** Kills so often, and returns what went wrong first; nothing when all is well. */
  List<String> run(int kills) {
    trial.bot().start();
    begin();
    List<String> problems = List.of();
    for (int kill = 1; kill <= kills && problems.isEmpty(); kill++) {
      round();
      if (kill % DEATHS_PER_LOOK == 0 || kill == kills) {
        problems = trial.problems();
      }
    }
    return problems;
  }

  /** Declares the incident that they work on. */
  void begin() {
    places.add(trial.actions().placeOf(trial.actions().declare("ada")));
  }

  /** Lets them work until the bot is killed, and until the next one has heard the rest. */
  void round() {
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

  /** Waits for all of it, but not longer than this. */
  static void waitAtMost(CompletableFuture<?> all, int millis) {
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
      String user = "u" + random.nextInt(PEOPLE);
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
