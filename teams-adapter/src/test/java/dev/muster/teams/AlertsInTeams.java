// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.Reading;
import dev.muster.testkit.AlertsOnChat;
import dev.muster.testkit.EngineHarness;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A whole Teams for each test, on which alerts become incidents and much is to be said. */
abstract class AlertsInTeams extends AlertsOnChat {

  @TempDir Path folder;
  WholeTeams teams;

  AlertsInTeams() {
    super("teams");
  }

  @BeforeEach
  void open() {
    teams = new WholeTeams(folder);
    declareForEachGroup();
  }

  @AfterEach
  void close() {
    teams.close();
  }

  @Override
  protected EngineHarness engine() {
    return teams.engine();
  }

  @Override
  protected Instant now() {
    return teams.clock().instant();
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
