// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the bot around what it says while it opens an incident on Teams, in a team that did not
 * consent to reading its messages. Nobody can look what became of a message then, so there may be a
 * second one; it says so.
 */
@Tag("proof")
final class TeamsUnreadCrashPointsTest extends OpeningDeaths {

  @Override
  OpeningTrial trial(Path folder) {
    return new TeamsTrial(folder, false);
  }

  static Stream<String> stepsOfSpeaking() {
    return OpeningTrial.around(
        Stream.of(
            "call openChannel",
            "call post .*Use the buttons",
            "commit .*INTO message_slot .*headline",
            "call post (?!.*Use the buttons).*urgency=CARD",
            "commit .*announcements@teams.*INTO message_slot",
            "call post .*First steps",
            "call invite",
            "call tell"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfSpeaking")
  void declaration_killedAroundAStep_opensOneIncidentAndMarksRepeats(String point) {
    trial().declareKilledAt(point);
    check();
  }
}
