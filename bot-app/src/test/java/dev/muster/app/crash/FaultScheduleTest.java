// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FaultScheduleTest {

  private static final int SEEDS = 300;

  @ParameterizedTest
  @EnumSource
  void schedule_ofOneSeed_isAlwaysTheSame(Stage.Chat on) {
    assertEquals(FaultSchedule.of(on, 7), FaultSchedule.of(on, 7));
    assertNotEquals(FaultSchedule.of(on, 7), FaultSchedule.of(on, 8));
  }

  @ParameterizedTest
  @EnumSource
  void schedule_writtenDown_isReadAsItWas(Stage.Chat on) {
    for (long seed = 0; seed < SEEDS; seed++) {
      FaultSchedule schedule = FaultSchedule.of(on, seed);
      assertEquals(schedule, FaultSchedule.parse(schedule.toString()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void schedules_ofManySeeds_holdEveryFaultThatTheirChatCanHave(Stage.Chat on) {
    Set<Turn.Kind> kinds = EnumSet.noneOf(Turn.Kind.class);
    Set<String> calls =
        LongStream.range(0, 10 * SEEDS)
            .mapToObj(seed -> FaultSchedule.of(on, seed))
            .flatMap(schedule -> schedule.turns().stream())
            .peek(turn -> kinds.add(turn.kind()))
            .filter(turn -> turn.kind() == Turn.Kind.CALL)
            .map(Turn::of)
            .collect(Collectors.toSet());
    assertTrue(kinds.containsAll(on.acts()), kinds::toString);
    assertTrue(kinds.containsAll(on.faults()), kinds::toString);
    for (String call : on.calls()) {
      for (String fault : on.callFaults()) {
        assertTrue(calls.contains(call + "/" + fault), () -> call + "/" + fault);
      }
    }
  }

  @Test
  void scheduleThatBrokeSomething_isToldByItsChatItsSeedAndWhatBroke_inItsFirstLine() {
    String told =
        ScheduleTrial.inShort(
            FaultSchedule.of(Stage.Chat.TEAMS, 38), "seed 38", List.of("I1 lost", "I2 doubled"));
    assertEquals("TEAMS, seed 38: I1 lost", told.lines().findFirst().orElseThrow());
    assertTrue(told.endsWith("\nI2 doubled"), told);
  }
}
