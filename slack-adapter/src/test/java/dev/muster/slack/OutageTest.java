// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import dev.muster.slack.fake.Posted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slack is away for long: incidents go on without it, and it is told once what matters. */
class OutageTest {

  private static final Duration TICK = Duration.ofMillis(100);

  @TempDir Path folder;
  private WholeSlack slack;

  @BeforeEach
  void open() {
    slack = new WholeSlack(folder);
    slack.engine().configure(AlertsOnSlack::settings);
  }

  @AfterEach
  void close() {
    slack.close();
  }

  private Instant now() {
    return slack.clock().instant();
  }

  private void order(String slot, Priority priority, String text) {
    Target target = new Target.InIncident(new IncidentId(1), "slack");
    slack
        .engine()
        .write(
            tx ->
                tx.effects()
                    .add(
                        new NewEffect(
                            new Effect.ShowMessage(target, slot, "", BotMessage.line(text)),
                            "INC-1/slack/slot/" + slot,
                            priority,
                            Optional.of(new IncidentId(1)),
                            "",
                            now())));
  }

  private List<Posted> shown(String incident) {
    return slack.sight().messages(slack.room(incident));
  }

  @Test
  void slackDownForTwoHours_incidentsOpenMeanwhile_andComeBackAsOneCardEach() {
    slack.engine().alerts(AlertsOnSlack.SOURCE, AlertsOnSlack.fires("db", 0, now()));
    slack.engine().pass(Duration.ofSeconds(10), TICK);
    int before = shown("INC-1").size();
    slack.slack().goDark(true);
    for (int i = 1; i <= 120; i++) {
      slack.engine().alerts(AlertsOnSlack.SOURCE, AlertsOnSlack.fires("db", i, now()));
      if (i % 30 == 0) {
        slack.engine().alerts(AlertsOnSlack.SOURCE, AlertsOnSlack.fires("g" + i, i, now()));
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
