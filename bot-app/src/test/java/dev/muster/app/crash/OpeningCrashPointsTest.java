// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills the bot before and after every step of opening an incident. */
final class OpeningCrashPointsTest extends OneBotManyDeaths {

  static Stream<String> stepsOfOpening() {
    return around(
        "accept CommandInvoked",
        "commit .*INSERT INTO inbox",
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
        "call post .* web:incidents,",
        "commit .*announcements@web.*INTO message_slot");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfOpening")
  void declaration_killedAroundAStep_opensOneIncident(String point) {
    trial().killAt(point, () -> trial().actions().declare("ada"));
    trial().check();
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "after commit .*INSERT INTO inbox | after call openChannel",
        "after call openChannel | before commit .*channel_opened",
        "after call post .*Use the buttons | after commit .*headline"
      })
  void declaration_killedAgainInRecovery_opensOneIncident(String point, String inRecovery) {
    trial().killTwice(point, inRecovery, () -> trial().actions().declare("ada"));
    trial().check();
  }

  /** The proofs on other chats know the answer by these words, and would not find any other. */
  @Test
  void declaration_isAnsweredInTheWordsThatTrialsLookFor() {
    String incident = trial().actions().placeOf(trial().actions().declare("ada")).incident();
    trial().sender().settle();
    List<Line> seen = new WebSight(trial().sender()).announcements();
    String words = OpeningTrial.answered(incident);
    assertEquals(1, seen.stream().filter(l -> l.words().contains(words)).count(), seen::toString);
  }
}
