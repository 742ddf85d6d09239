// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the bot before and after every step of opening an incident on Slack. Slack itself lives on,
 * repeats what was not acknowledged, and remembers what it was asked to do. Takes up to a quarter
 * of an hour, because Slack lets channels be opened at its own pace.
 */
@Tag("proof")
final class SlackCrashPointsTest extends OpeningDeaths {

  @Override
  OpeningTrial trial(Path folder) {
    return new SlackTrial(folder);
  }

  static Stream<String> stepsOfOpening() {
    return OpeningTrial.opening("slack", "call setPurpose", "call pin");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfOpening")
  void declaration_killedAroundAStep_opensOneIncident(String point) {
    trial().declareKilledAt(point);
    check();
  }
}
