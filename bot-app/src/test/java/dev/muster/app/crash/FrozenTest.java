// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.crash.DiskWindow.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process is stopped in the middle of a call, or of a commit, and goes on two hours later by
 * its clock: nothing is done twice, what was due comes once, what lapsed lapses and is told.
 */
@Tag("proof")
final class FrozenTest {

  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final long SLOW_SYNC_MICROS = 300_000;

  @TempDir private Path folder;
  private CrashTrial trial;
  private DiskWindow disk;
  private ShiftedClock clock;

  @BeforeEach
  void begin() {
    trial = new CrashTrial(folder.resolve("bot"), "frozen", null);
    disk = new DiskWindow(folder.resolve("bot/data"), folder.resolve("disk"));
    clock = ShiftedClock.make(folder.resolve("clock"));
    Map<String, String> environment = new HashMap<>(disk.failing());
    environment.put(ShiftedClock.FILE, folder.resolve("clock").toString());
    trial.bot().environment(environment);
    trial.bot().start();
  }

  @AfterEach
  void end() {
    trial.close();
  }

  private Actions.Place incident() {
    return trial.actions().placeOf(trial.actions().declare("ada"));
  }

  private Actions.Place awaitingApproval() {
    Actions.Place place = incident();
    trial.actions().rollBack("ada", place);
    trial.actions().button("li", place, "approve");
    trial.sender().settle();
    return place;
  }

  private void freezeForTwoHours(Runnable meanwhile) {
    trial.bot().freeze();
    clock.pass(TWO_HOURS);
    meanwhile.run();
    trial.bot().thaw();
  }

  private long facts(Actions.Place place, String kind, String part) {
    return StoreNow.read(trial.bot().store()).facts().stream()
        .filter(fact -> place.incident().equals("INC-" + fact.stream()))
        .filter(fact -> fact.kind().equals(kind))
        .filter(fact -> (fact.text() + fact.details()).contains(part))
        .count();
  }

  /** All is well, but for summaries that came too late and say so. */
  private void check() {
    assertEquals(
        List.of(),
        trial.problems().stream()
            .filter(problem -> !problem.endsWith("has orders that failed"))
            .toList());
    assertEquals(
        List.of(),
        StoreNow.read(trial.bot().store()).facts().stream()
            .filter(fact -> fact.kind().equals("effect_failed"))
            .filter(fact -> !fact.details().path("reason").asText().equals("summary_too_late"))
            .toList());
  }

  private void awaitFact(Actions.Place place, String kind, String part) {
    Sender.await(
        kind + " in " + place,
        CrashBot.PATIENCE_SECONDS,
        () -> Sender.when(facts(place, kind, part) > 0));
    trial.sender().settle();
  }

  @Test
  void bot_frozenInsideACall_callsOnceAndLetsLapseWhatLapsed() throws Exception {
    Actions.Place alarmed = trial.actions().placeOf(trial.actions().alert());
    Actions.Place waiting = awaitingApproval();
    Actions.Place called = awaitingApproval();
    trial.receiver().holdAnswers();
    trial.actions().press("li", called, "approve");
    trial.receiver().awaitCall();

    freezeForTwoHours(trial.receiver()::answerAgain);

    awaitFact(called, "step_succeeded", "");
    awaitFact(waiting, "step_refused", "");
    awaitFact(alarmed, "escalation_started", "\"level\":2");
    assertEquals(1, trial.receiver().keys().size());
    assertEquals(1, facts(called, "step_dispatched", ""));
    assertEquals(1, facts(waiting, "step_refused", ""));
    assertEquals(0, facts(waiting, "step_dispatched", ""));
    assertEquals(1, facts(alarmed, "escalation_started", "\"level\":2"));
    check();
  }

  @Test
  void bot_frozenInsideCommits_storesEverythingOnce() {
    Actions.Place place = incident();
    Actions.Place waiting = awaitingApproval();
    for (int time = 0; time < 5; time++) {
      disk.set(Order.SYNC_DELAY_MICROS, SLOW_SYNC_MICROS);
      long writes = disk.get(Order.WRITES);
      CompletableFuture<Void> said = CrashTrial.meanwhile(() -> trial.actions().say("ada", place));
      Sender.await(
          "a commit is under way",
          CrashBot.PATIENCE_SECONDS,
          () -> Sender.when(disk.get(Order.WRITES) > writes));
      freezeForTwoHours(() -> disk.set(Order.SYNC_DELAY_MICROS, 0));
      CrashTrial.finish(said);
    }
    awaitFact(waiting, "step_refused", "");
    assertEquals(1, facts(waiting, "step_refused", ""));
    assertTrue(trial.receiver().keys().isEmpty());
    check();
  }
}
