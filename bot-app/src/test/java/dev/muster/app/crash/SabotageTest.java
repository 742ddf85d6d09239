// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.sabotage.Proof;
import dev.muster.app.sabotage.Sabotage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts a fault in and shows that the checker reports it, so that its silence means something. */
final class SabotageTest {

  @Test
  void checker_acknowledgedBeforeTheCommit_reportsALoss(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path classes = Sabotage.EARLY_ACKNOWLEDGEMENT.into(folder.resolve("mutant"));
    try (CrashTrial trial = new CrashTrial(folder.resolve("bot"), "early", classes)) {
      trial.bot().start();
      Actions.Place place = trial.actions().placeOf(trial.actions().declare("ada"));
      trial.sender().settle();
      trial.bot().arm("before commit .*INSERT INTO inbox");
      Map<String, String> body =
          Map.of("user", "ada", "channel", place.channel(), "text", "we rolled back");
      HttpResponse<String> answer = trial.sender().send("/api/v1/chat/messages", body, "early");
      assertEquals(202, answer.statusCode(), "the fault acknowledges what is not stored");
      trial
          .ledger()
          .add(
              new Ledger.Said("early", "ada", place.incident(), place.channel(), "we rolled back"));
      trial.bot().awaitPoint();
      trial.bot().kill();
      trial.bot().start();
      assertReported(trial.problems(), Sabotage.EARLY_ACKNOWLEDGEMENT);
    }
  }

  @Test
  void checker_repeatedOrdersNotRecognised_reportsADouble(@TempDir Path folder) throws IOException {
    Path classes = Sabotage.NO_LOOKING.into(folder.resolve("mutant"));
    try (CrashTrial trial = new CrashTrial(folder.resolve("bot"), "blind", classes)) {
      trial.bot().start();
      trial.killAt("after call post .*Use the buttons", () -> trial.actions().declare("ada"));
      assertReported(trial.problems(), Sabotage.NO_LOOKING);
    }
  }

  @Test
  void checker_callNotWrittenDownBefore_reportsADouble(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path classes = Sabotage.CALL_NOT_WRITTEN_DOWN.into(folder.resolve("mutant"));
    try (CrashTrial trial = new CrashTrial(folder.resolve("bot"), "twice", classes)) {
      trial.bot().start();
      Actions.Place place = trial.actions().placeOf(trial.actions().declare("ada"));
      trial.actions().rollBack("ada", place);
      trial.actions().button("li", place, "approve");
      trial.receiver().holdAnswers();
      trial.actions().press("li", place, "approve");
      trial.receiver().awaitCall();
      trial.bot().kill();
      trial.receiver().answerAgain();
      trial.bot().start();
      assertReported(trial.problems(), Sabotage.CALL_NOT_WRITTEN_DOWN);
    }
  }

  @Test
  @Tag("proof")
  void checker_timerInTwoCommits_reportsThatItIsGone(@TempDir Path folder) throws IOException {
    Path classes = Sabotage.TIMER_IN_TWO_COMMITS.into(folder.resolve("mutant"));
    try (CrashTrial trial = new CrashTrial(folder.resolve("bot"), "timer", classes)) {
      trial.bot().start();
      Actions.Place place = trial.actions().placeOf(trial.actions().declare("ada"));
      trial.sender().settle();
      trial.bot().kill();
      StoreNow.letSummaryFallDue(trial.bot().store(), place.incident(), Instant.now());
      trial.bot().startArmed("after " + KillPoints.A_SUMMARY_FIRES);
      trial.bot().awaitPoint();
      trial.bot().kill();
      trial.bot().start();
      assertReported(trial.problems(), Sabotage.TIMER_IN_TWO_COMMITS);
    }
  }

  @Test
  @Tag("proof")
  void checker_factInAnotherCommit_reportsADeedWithoutAFact(@TempDir Path folder)
      throws IOException {
    Path classes = Sabotage.FACT_IN_ANOTHER_COMMIT.into(folder.resolve("mutant"));
    try (CrashTrial trial = new CrashTrial(folder.resolve("bot"), "fact", classes)) {
      trial.bot().start();
      trial.killAt("before commit .*channel_opened", () -> trial.actions().declare("ada"));
      assertReported(trial.problems(), Sabotage.FACT_IN_ANOTHER_COMMIT);
    }
  }

  private static void assertReported(List<String> problems, Sabotage sabotage) {
    String wanted = ((Proof.Trial) sabotage.proof()).says();
    assertTrue(
        problems.stream().anyMatch(problem -> problem.contains(wanted)),
        () -> "the fault was not reported, only " + problems);
  }
}
