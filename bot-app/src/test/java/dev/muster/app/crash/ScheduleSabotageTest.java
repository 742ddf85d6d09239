// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.sabotage.Sabotage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts a fault in and shows that a schedule finds it, and how little of the schedule it takes. */
@Tag("proof")
final class ScheduleSabotageTest {

  /** One that chance made. */
  private static final String SCHEDULE =
      "BUILT_IN: deed 0; deed 3; declare 0; roll-back 1; call invite/FAILS_BEFORE 1; approve 4;"
          + " approve 1; approve 0; target BREAKS_AFTER 1; approve 1; approve 3; approve 2; alert 0;"
          + " declare 2; call post/LOSES_THE_REPLY 1; declare 0";

  private static final int MOST_TRIES = 20;

  @Test
  void schedule_repeatedOrdersNotRecognised_findsItAndShrinksToItsCause(@TempDir Path folder)
      throws IOException {
    Path classes = Sabotage.NO_LOOKING.into(folder.resolve("mutant"));
    ScheduleTrial trial = new ScheduleTrial(folder, classes);
    FaultSchedule schedule = FaultSchedule.parse(SCHEDULE);

    List<String> problems = trial.wentWrong(schedule, "of a seed", MOST_TRIES);

    assertTrue(problems.stream().anyMatch(p -> p.contains("(doubled)")), problems::toString);
    String last = problems.get(problems.size() - 1);
    String text = last.substring(last.indexOf('"') + 1, last.length() - 1);
    FaultSchedule least = FaultSchedule.parse(text);
    assertTrue(least.turns().size() <= 3, text);
    assertTrue(least.turns().stream().anyMatch(turn -> turn.of().startsWith("post/")), text);
    assertFalse(trial.problems(least).isEmpty(), text);
    assertEquals(List.of(), new ScheduleTrial(folder.resolve("sound"), null).problems(least));
  }
}
