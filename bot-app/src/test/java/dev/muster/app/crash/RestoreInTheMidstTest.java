// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.store.sql.StoreBackup;
import dev.muster.store.sql.StoreRestore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup is taken in the midst of work, work goes on, and the backup is put back: nothing that
 * the lost time saw done is done again by itself, people are asked where nobody knows, and new work
 * goes on.
 */
@Tag("proof")
final class RestoreInTheMidstTest {

  private static final int LONGEST_WORK_MILLIS = 300;

  @TempDir private Path folder;

  @Test
  void bot_restoredFromABackupMadeInTheMidst_repeatsNothingBlindly() throws Exception {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    Random random = new Random(seed);
    try (CrashTrial trial = new CrashTrial(folder.resolve("bot"), "restore", null)) {
      trial.bot().start();
      Actions.Place done = awaitingApproval(trial);
      trial.actions().press("li", done, "approve");
      trial.sender().settle();
      Actions.Place flying = awaitingApproval(trial);
      Actions.Place waiting = awaitingApproval(trial);
      Path backup = backUpInTheMidst(trial, flying, random);
      trial.actions().press("li", waiting, "approve");
      trial.sender().settle();
      trial.bot().kill();
      int before = trial.receiver().keys().size();

      StoreRestore.restore(
          "jdbc:sqlite:" + trial.bot().store(),
          new StoreRestore.Wish(backup, true, Optional.empty(), Instant.now()));
      trial.bot().start();
      trial.sender().settle();

      assertEquals(List.of(), broken(trial, before), "seed " + seed);
      assertEquals(before, trial.receiver().keys().size(), "nothing was called by itself");
      assertEquals(1, facts(trial, flying, "step_outcome_unknown"));
      assertEquals(0, facts(trial, waiting, "step_dispatched"));
      assertEquals(1, facts(trial, done, "step_succeeded"));

      Actions.Place fresh = awaitingApproval(trial);
      trial.actions().press("li", fresh, "approve");
      trial.sender().settle();
      assertEquals(before + 1, trial.receiver().keys().size());
      assertEquals(List.of(), broken(trial, before), "seed " + seed);
    }
  }

  private static Actions.Place awaitingApproval(CrashTrial trial) {
    Actions.Place place = trial.actions().placeOf(trial.actions().declare("ada"));
    trial.actions().rollBack("ada", place);
    trial.actions().button("li", place, "approve");
    trial.sender().settle();
    return place;
  }

  /** While a call is under way, and others work. */
  private Path backUpInTheMidst(CrashTrial trial, Actions.Place flying, Random random)
      throws Exception {
    Path backup = folder.resolve("backup.db");
    trial.receiver().holdAnswers();
    trial.actions().press("li", flying, "approve");
    trial.receiver().awaitCall();
    List<CompletableFuture<Void>> work = new ArrayList<>();
    for (int worker = 0; worker < 3; worker++) {
      work.add(CrashTrial.meanwhile(() -> trial.actions().declare("li")));
      work.add(CrashTrial.meanwhile(() -> trial.actions().say("ada", flying)));
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(work.toArray(CompletableFuture<?>[]::new));
    RandomKills.waitAtMost(all, random.nextInt(LONGEST_WORK_MILLIS));
    StoreBackup.write("jdbc:sqlite:" + trial.bot().store(), backup, Instant.now());
    trial.receiver().answerAgain();
    CrashTrial.finish(all);
    trial.sender().settle();
    return backup;
  }

  private static long facts(CrashTrial trial, Actions.Place place, String kind) {
    return StoreNow.read(trial.bot().store()).facts().stream()
        .filter(fact -> place.incident().equals("INC-" + fact.stream()))
        .filter(fact -> fact.kind().equals(kind))
        .count();
  }

  /** What was acknowledged after the backup is gone, and with it the facts of calls. */
  private static List<String> broken(CrashTrial trial, int callsBefore) {
    WebSight sight = new WebSight(trial.sender());
    Evidence evidence =
        new Evidence(
            Instant.now(),
            List.of(),
            StoreNow.read(trial.bot().store()),
            sight.rooms(),
            sight.announcements(),
            trial.receiver().keys(),
            Map.of(),
            Evidence.Rules.USUAL.restoredAfter(callsBefore));
    List<String> problems = new ArrayList<>();
    for (Invariant each : Invariant.values()) {
      if (each != Invariant.I8) {
        problems.addAll(each.broken(evidence));
      }
    }
    assertTrue(evidence.store().incidents().size() > 2, "something was restored");
    return problems;
  }
}
