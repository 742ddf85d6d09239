// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.effect.Priority;
import dev.muster.teams.fake.FakeMessage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Teams is away for long: incidents go on without it, and it is told once what matters. */
class OutageTest extends AlertsInTeams {

  @Test
  void teamsDownForTwoHours_incidentsOpenMeanwhile_andComeBackAsOneCardEach() {
    fires("db", 0);
    teams.engine().pass(Duration.ofSeconds(10), TICK);
    int before = shown("INC-1").size();
    teams.teams().goDark(true);
    for (int i = 1; i <= 120; i++) {
      fires("db", i);
      if (i % 30 == 0) {
        fires("g" + i, i);
      }
      order("line/" + i, Priority.CARDS, "Line " + i + " said meanwhile.");
      teams.engine().pass(Duration.ofMinutes(1), Duration.ofSeconds(15));
    }
    assertEquals(5, teams.engine().incidents());
    assertEquals(before, shown("INC-1").size());

    teams.teams().goDark(false);
    teams.engine().pass(Duration.ofMinutes(10), Duration.ofSeconds(1));

    List<String> back = shown("INC-1").subList(before, shown("INC-1").size());
    assertTrue(back.size() <= 2, "posts at return: " + back);
    assertTrue(back.stream().anyMatch(m -> m.contains("Line 120 said meanwhile.")), "" + back);
    assertTrue(
        shown("INC-1").stream().anyMatch(m -> m.contains("121 firing")), "" + shown("INC-1"));
    for (int i = 2; i <= 5; i++) {
      List<FakeMessage> room =
          messages(teams.room("INC-" + i)).stream().filter(m -> m.root().isEmpty()).toList();
      assertTrue(room.size() <= 2 && !room.isEmpty(), "INC-" + i + ": " + room);
    }
    assertEquals(List.of(), teams.teams().tooMany());
  }
}
