// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.effect.Priority;
import dev.muster.slack.fake.Posted;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slack is away for long: incidents go on without it, and it is told once what matters. */
class OutageTest extends AlertsInSlack {

  @Test
  void slackDownForTwoHours_incidentsOpenMeanwhile_andComeBackAsOneCardEach() {
    fires("db", 0);
    slack.engine().pass(Duration.ofSeconds(10), TICK);
    int before = shown("INC-1").size();
    slack.slack().goDark(true);
    for (int i = 1; i <= 120; i++) {
      fires("db", i);
      if (i % 30 == 0) {
        fires("g" + i, i);
      }
      order("line/" + i, Priority.CARDS, "Line " + i + " said meanwhile.");
      slack.engine().pass(Duration.ofMinutes(1), Duration.ofSeconds(15));
    }
    assertEquals(5, slack.engine().incidents());
    assertEquals(before, shown("INC-1").size());

    slack.slack().goDark(false);
    slack.engine().pass(Duration.ofMinutes(10), Duration.ofSeconds(1));

    List<Posted> back = shown("INC-1").subList(before, shown("INC-1").size());
    assertTrue(back.size() <= 2, "posts at return: " + back);
    assertTrue(
        back.stream().anyMatch(m -> m.words().contains("Line 120 said meanwhile.")),
        back.toString());
    assertTrue(
        shown("INC-1").stream().anyMatch(m -> m.words().contains("121 firing")),
        shown("INC-1").toString());
    for (int i = 2; i <= 5; i++) {
      List<Posted> room =
          shown("INC-" + i).stream().filter(posted -> posted.thread().isEmpty()).toList();
      assertTrue(room.size() <= 2 && !room.isEmpty(), "INC-" + i + ": " + room);
    }
  }
}
