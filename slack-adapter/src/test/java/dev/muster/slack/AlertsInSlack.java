// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import dev.muster.slack.fake.Posted;
import dev.muster.testkit.AlertsOnChat;
import dev.muster.testkit.EngineHarness;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A whole Slack for each test, on which alerts become incidents and much is to be said. */
abstract class AlertsInSlack extends AlertsOnChat {

  @TempDir Path folder;
  WholeSlack slack;

  AlertsInSlack() {
    super("slack");
  }

  @BeforeEach
  void open() {
    slack = new WholeSlack(folder);
    declareForEachGroup();
  }

  @AfterEach
  void close() {
    slack.close();
  }

  @Override
  protected EngineHarness engine() {
    return slack.engine();
  }

  @Override
  protected Instant now() {
    return slack.clock().instant();
  }

  /** Returns the messages of an incident's room. */
  List<Posted> shown(String incident) {
    return slack.sight().messages(slack.room(incident));
  }
}
