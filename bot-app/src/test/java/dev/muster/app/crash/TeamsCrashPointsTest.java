// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the bot before and after every step of opening and changing an incident on Teams. Teams
 * itself lives on, repeats what was not acknowledged, and remembers what it was asked to do.
 */
@Tag("proof")
final class TeamsCrashPointsTest extends OpeningDeaths {

  /** The steps that only Teams' opening has, or only Teams' proof looks at. */
  private static final List<String> FURTHER =
      List.of(
          "call post (?!.*Use the buttons).*urgency=CARD",
          "call post .*First steps",
          "commit .*INTO message_slot .*first");

  /** What asks, and what Teams has nothing of: no death there can double or lose anything. */
  private static final Set<String> HARMLESS =
      Set.of(
          "name",
          "start",
          "addressing",
          "capabilities",
          "clockAhead",
          "findPerson",
          "readHistory",
          "pin",
          "bookmark");

  @Override
  OpeningTrial trial(Path folder) {
    return new TeamsTrial(folder, true);
  }

  static Stream<String> stepsOfOpening() {
    return OpeningTrial.opening("teams", FURTHER.toArray(String[]::new));
  }

  static Stream<String> stepsOfChanging() {
    return OpeningTrial.around(
        Stream.of(
            "call edit .*Use the buttons", "call edit (?!.*Use the buttons)", "call setTopic"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfOpening")
  void declaration_killedAroundAStep_opensOneIncident(String point) {
    trial().declareKilledAt(point);
    check();
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "after call openChannel | before commit .*channel_opened",
        "after call post .*Use the buttons | after call post .*Use the buttons",
        "after call invite | after call invite"
      })
  void declaration_killedAgainInRecovery_opensOneIncident(String point, String inRecovery) {
    trial().declareKilledTwice(point, inRecovery);
    check();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfChanging")
  void change_killedAroundAStep_showsOnTheOneCard(String point) {
    trial().changeKilledAt(point);
    check();
  }

  /** A new call of the opening comes here to be given its points. */
  @Test
  void opening_everyCall_hasItsPoints() {
    trial().declare();
    check();
    List<String> without =
        trial().bot().called().stream()
            .filter(verb -> !HARMLESS.contains(verb))
            .filter(verb -> points().noneMatch(point -> point.startsWith("before call " + verb)))
            .toList();
    assertEquals(List.of(), without);
  }

  private static Stream<String> points() {
    return Stream.concat(stepsOfOpening(), stepsOfChanging());
  }
}
