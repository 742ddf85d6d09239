// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts a fault in and shows that the checker reports it, so that its silence means something. */
final class SabotageTest {

  private static final Mutant EARLY_ACKNOWLEDGEMENT =
      new Mutant(
          "bot-core/src/main/java/dev/muster/store/sql/Writer.java",
          "ports.statements.update(\"COMMIT\");",
          "batch.forEach(Job::complete); ports.statements.update(\"COMMIT\");");

  static final Mutant NO_LOOKING =
      new Mutant(
          "web-adapter/src/main/java/dev/muster/web/chat/ChatRecords.java",
          "return \"o/\" + key;",
          "return \"o/\" + key + System.nanoTime();");

  private static final Mutant CALL_NOT_WRITTEN_DOWN =
      new Mutant(
          "bot-core/src/main/java/dev/muster/engine/StepCarrier.java",
          "Optional<RunbookRun> dispatched = store.run(tx -> dispatch(moment(tx), call));",
          """
          Optional<RunbookRun> dispatched =
              store.read(tx -> tx.all(RunbookRun.class).find(call.run()))
                  .flatMap(
                      run ->
                          run.dispatch(
                                  call.step(),
                                  store.read(tx -> StepRecords.currentHash(moment(tx), run)),
                                  clock.instant())
                              .<Optional<RunbookRun>>match(Optional::of, no -> Optional.empty()));
          """);

  @Test
  void checker_acknowledgedBeforeTheCommit_reportsALoss(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path classes = EARLY_ACKNOWLEDGEMENT.into(folder.resolve("mutant"));
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
      assertReported(trial.problems(), "0 messages “we rolled back”");
    }
  }

  @Test
  void checker_repeatedOrdersNotRecognised_reportsADouble(@TempDir Path folder) throws IOException {
    Path classes = NO_LOOKING.into(folder.resolve("mutant"));
    try (CrashTrial trial = new CrashTrial(folder.resolve("bot"), "blind", classes)) {
      trial.bot().start();
      trial.killAt("after call post .*Use the buttons", () -> trial.actions().declare("ada"));
      assertReported(trial.problems(), "2 headlines of INC-1");
    }
  }

  @Test
  void checker_callNotWrittenDownBefore_reportsADouble(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path classes = CALL_NOT_WRITTEN_DOWN.into(folder.resolve("mutant"));
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
      assertReported(trial.problems(), "was called 2 times");
    }
  }

  private static void assertReported(List<String> problems, String wanted) {
    assertTrue(
        problems.stream().anyMatch(problem -> problem.contains(wanted)),
        () -> "the fault was not reported, only " + problems);
  }
}
