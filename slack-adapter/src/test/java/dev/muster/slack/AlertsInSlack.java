// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.chat.BotMessage;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import dev.muster.slack.fake.Posted;
import dev.muster.testkit.GroupedAlerts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A whole Slack for each test, on which alerts become incidents and much is to be said. */
abstract class AlertsInSlack {

  static final Duration TICK = Duration.ofMillis(100);

  @TempDir Path folder;
  WholeSlack slack;

  @BeforeEach
  void open() {
    slack = new WholeSlack(folder);
    slack.engine().configure(s -> GroupedAlerts.settings(s, "slack"));
  }

  @AfterEach
  void close() {
    slack.close();
  }

  /** Returns what the clock shows. */
  Instant now() {
    return slack.clock().instant();
  }

  /** Orders a message in the room of INC-1. */
  void order(String slot, Priority priority, String text) {
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

  /** Returns the messages of an incident's room. */
  List<Posted> shown(String incident) {
    return slack.sight().messages(slack.room(incident));
  }
}
