// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the bot before and after every step of opening an incident on Slack. Slack itself lives on,
 * repeats what was not acknowledged, and remembers what it was asked to do. Takes up to a quarter
 * of an hour, because Slack lets channels be opened at its own pace.
 */
@Tag("proof")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlackCrashPointsTest {

  private SlackTrial trial;

  @BeforeAll
  void begin(@TempDir Path folder) {
    trial = new SlackTrial(folder);
  }

  @BeforeEach
  void startWhatAnEarlierFailureLeftDead() {
    trial.startAgainIfDead();
  }

  @AfterAll
  void end() {
    trial.close();
  }

  static Stream<String> stepsOfOpening() {
    return Stream.of(
            "accept CommandInvoked",
            "commit .*INSERT INTO inbox",
            "commit .*UPDATE inbox SET state = 1",
            "commit .*SET state = 1, attempt",
            "call openChannel",
            "commit .*channel_opened",
            "call setTopic",
            "call invite",
            "call tell",
            "call post .*Use the buttons",
            "commit .*INTO message_slot .*headline",
            "call pin",
            "commit .*channel_ready",
            "call findChannel",
            "commit .*announcements@slack.*INTO message_slot")
        .flatMap(step -> Stream.of("before " + step, "after " + step));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfOpening")
  void declaration_killedAroundAStep_opensOneIncident(String point) {
    trial.declareKilledAt(point);
    assertEquals(List.of(), trial.problems());
  }
}
