// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.BotMessage;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.Reading;
import dev.muster.testkit.GroupedAlerts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A whole Teams for each test, on which alerts become incidents and much is to be said. */
abstract class AlertsInTeams {

  static final Duration TICK = Duration.ofMillis(100);

  @TempDir Path folder;
  WholeTeams teams;

  @BeforeEach
  void open() {
    teams = new WholeTeams(folder);
    teams.engine().configure(s -> GroupedAlerts.settings(s, "teams"));
  }

  @AfterEach
  void close() {
    teams.close();
  }

  /** Returns what the clock shows. */
  Instant now() {
    return teams.clock().instant();
  }

  /** Hands in an alert of a group. */
  void fires(String group, int number) {
    teams.engine().alerts(GroupedAlerts.SOURCE, GroupedAlerts.fires(group, number, now()));
  }

  /** Orders a message in the room of INC-1. */
  void order(String slot, Priority priority, String text) {
    Target target = new Target.InIncident(new IncidentId(1), "teams");
    teams
        .engine()
        .write(
            tx ->
                tx.effects()
                    .add(
                        new NewEffect(
                            new Effect.ShowMessage(target, slot, "", BotMessage.line(text)),
                            "INC-1/teams/slot/" + slot,
                            priority,
                            Optional.of(new IncidentId(1)),
                            "",
                            now())));
  }

  /** Returns what the messages of an incident's room say. */
  List<String> shown(String incident) {
    return messages(teams.room(incident)).stream().map(AlertsInTeams::words).toList();
  }

  /** Returns the messages of a place as they are now. */
  List<FakeMessage> messages(FakeConversation where) {
    synchronized (teams.teams().tenant()) {
      return List.copyOf(where.messages());
    }
  }

  static String words(FakeMessage message) {
    return Reading.of(message.activity()).words();
  }
}
