// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plays schedules of random faults. New seeds are tried by {@code tools/proof-run schedules}; what
 * one of them shrank to is played again with {@code -Dmuster.schedule}.
 */
@Tag("proof")
final class SchedulesTest {

  private static final int MOST_TRIES = 24;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"BUILT_IN, 11", "SLACK, 153", "TEAMS, 38"})
  void everything_duringAScheduleOfFaults_isNeitherLostNorDoubled(Stage.Chat on, long seed) {
    FaultSchedule schedule = FaultSchedule.of(on, seed);
    String name = "seed " + seed;
    List<String> wrong = new ScheduleTrial(folder, null).wentWrong(schedule, name, MOST_TRIES);
    assertTrue(wrong.isEmpty(), () -> ScheduleTrial.inShort(schedule, name, wrong));
  }

  @ParameterizedTest
  @EnumSource(names = {"SLACK", "TEAMS"})
  void command_whileAChannelStandsThatTheBotDoesNotKnowYet_isGivenWhereItIsUnderstood(
      Stage.Chat on) {
    try (Stage stage = on.open(folder, null)) {
      stage.bot().arm("after call openChannel");
      CompletableFuture<Void> declared =
          CrashTrial.meanwhile(() -> stage.act(new Turn(Turn.Kind.DECLARE, "", 0)));
      stage.bot().awaitPoint();
      stage.arm(new Turn(Turn.Kind.AWAY, "", 1));
      stage.bot().kill();
      stage.bot().start();
      CrashTrial.finish(declared);

      stage.act(new Turn(Turn.Kind.DEED, "", 1));
      stage.act(new Turn(Turn.Kind.SAY, "", 1));
      stage.back();
      assertEquals(List.of(), stage.problems());
    }
  }

  @Test
  void schedule_givenAsText_breaksNothing() {
    String text = System.getProperty("muster.schedule", "");
    assumeTrue(!text.isEmpty(), "no schedule is given");
    FaultSchedule schedule = FaultSchedule.parse(text);
    List<String> wrong = new ScheduleTrial(folder, null).problems(schedule);
    assertTrue(wrong.isEmpty(), () -> ScheduleTrial.inShort(schedule, "as given", wrong));
  }
}
