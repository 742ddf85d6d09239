// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills the bot before and after every step of opening an incident, of hearing and of calling a
 * runbook. One bot lives through all of it, so what an earlier death broke shows up later too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrashPointsTest {

  private CrashTrial trial;
  private Actions.Place standing;

  @BeforeAll
  void begin(@TempDir Path folder) {
    trial = new CrashTrial(folder, "point", null);
    trial.bot().start();
  }

  @BeforeEach
  void startWhatAnEarlierFailureLeftDead() {
    trial.receiver().answerAgain();
    if (!trial.bot().isAlive()) {
      trial.bot().start();
    }
  }

  @AfterAll
  void end() {
    trial.close();
  }

  static Stream<String> stepsOfOpening() {
    return around(
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
        "call post .* web:incidents,",
        "commit .*announcements@web.*INTO message_slot");
  }

  private static Stream<String> around(String... steps) {
    return Stream.of(steps).flatMap(step -> Stream.of("before " + step, "after " + step));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfOpening")
  void declaration_killedAroundAStep_opensOneIncident(String point) {
    trial.killAt(point, () -> trial.actions().declare("ada"));
    trial.check();
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "after commit .*UPDATE inbox SET state = 1 | after call openChannel",
        "after call openChannel | before commit .*channel_opened",
        "after call post .*Use the buttons | after commit .*headline"
      })
  void declaration_killedAgainInRecovery_opensOneIncident(String point, String inRecovery) {
    trial.killTwice(point, inRecovery, () -> trial.actions().declare("ada"));
    trial.check();
  }

  static Stream<String> stepsOfHearing() {
    return around("commit .*INSERT INTO inbox", "commit .*UPDATE inbox SET state = 1");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfHearing")
  void message_killedAroundAStep_isLoggedOnce(String point) {
    Actions.Place place = settledIncident();
    trial.killAt(point, () -> trial.actions().say("li", place));
    trial.check();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfHearing")
  void press_killedAroundAStep_isAnsweredOnce(String point) {
    Actions.Place place = settledIncident();
    trial.actions().button("li", place, "escalate");
    trial.killAt(point, () -> trial.actions().press("li", place, "escalate"));
    trial.check();
  }

  static Stream<String> stepsOfAnAlert() {
    return Stream.concat(
        stepsOfHearing(), around("call post .*Help wanted", "call tell .*Help wanted"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfAnAlert")
  void alert_killedAroundAStep_opensOneIncidentAndAsksOnce(String point) {
    trial.killAt(point, () -> trial.actions().alert());
    trial.check();
  }

  static Stream<String> stepsOfACall() {
    return around("commit .*step_approved", "commit .*step_dispatched", "commit .*step_succeeded");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfACall")
  void approval_killedAroundAStep_callsOnceOrSaysUnknown(String point) {
    Actions.Place place = incidentAwaitingApproval();
    trial.killAt(point, () -> trial.actions().press("li", place, "approve"));
    trial.check();
  }

  @Test
  void approval_killedWhileTheTargetWorks_saysUnknown() throws InterruptedException {
    Actions.Place place = incidentAwaitingApproval();
    trial.receiver().holdAnswers();
    trial.actions().press("li", place, "approve");
    trial.receiver().awaitCall();
    trial.bot().kill();
    trial.receiver().answerAgain();
    trial.bot().start();
    trial.check();
  }

  private Actions.Place settledIncident() {
    if (standing == null) {
      standing = trial.actions().placeOf(trial.actions().declare("ada"));
    }
    trial.sender().settle();
    return standing;
  }

  private Actions.Place incidentAwaitingApproval() {
    Actions.Place place = settledIncident();
    trial.actions().rollBack("ada", place);
    trial.actions().button("li", place, "approve");
    trial.sender().settle();
    return place;
  }
}
