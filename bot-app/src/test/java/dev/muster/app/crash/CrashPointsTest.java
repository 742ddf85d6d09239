// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills the bot before and after every step of hearing, of alerts and of calling a runbook. */
final class CrashPointsTest extends OneBotManyDeaths {

  private Actions.Place standing;

  static Stream<String> stepsOfHearing() {
    return around("commit .*INSERT INTO inbox", "commit .*UPDATE inbox SET state = 1");
  }

  static Stream<String> stepsOfLogging() {
    return around("commit .*INSERT INTO inbox");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfLogging")
  void message_killedAroundAStep_isLoggedOnce(String point) {
    Actions.Place place = settledIncident();
    trial().killAt(point, () -> trial().actions().say("li", place));
    trial().check();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfHearing")
  void press_killedAroundAStep_isAnsweredOnce(String point) {
    Actions.Place place = settledIncident();
    trial().actions().button("li", place, "escalate");
    trial().killAt(point, () -> trial().actions().press("li", place, "escalate"));
    trial().check();
  }

  static Stream<String> stepsOfAnAlert() {
    return around(
        "commit .*INSERT INTO inbox", "call post .*Help wanted", "call tell .*Help wanted");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfAnAlert")
  void alert_killedAroundAStep_opensOneIncidentAndAsksOnce(String point) {
    trial().killAt(point, () -> trial().actions().alert());
    trial().check();
  }

  static Stream<String> stepsOfACall() {
    return around("commit .*step_approved", "commit .*step_dispatched", "commit .*step_succeeded");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfACall")
  void approval_killedAroundAStep_callsOnceOrSaysUnknown(String point) {
    Actions.Place place = incidentAwaitingApproval();
    trial().killAt(point, () -> trial().actions().press("li", place, "approve"));
    trial().check();
  }

  static Stream<String> stepsOfAChange() {
    return around("call edit .*Use the buttons");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfAChange")
  void severity_killedAroundTheCardsEdit_showsOnTheOneCard(String point) {
    Actions.Place place = settledIncident();
    trial().killAt(point, () -> trial().actions().changeSeverity("ada", place));
    trial().check();
  }

  static Stream<String> stepsOfATimer() {
    return around(KillPoints.A_SUMMARY_FIRES);
  }

  @ParameterizedTest
  @MethodSource("stepsOfATimer")
  void timer_killedAroundItsCommit_firesOnce(String point) {
    Actions.Place place = trial().actions().placeOf(trial().actions().declare("ada"));
    trial().sender().settle();
    trial().bot().kill();
    StoreNow.letSummaryFallDue(trial().bot().store(), place.incident(), Instant.now());
    trial().bot().startArmed(point);
    trial().bot().awaitPoint();
    trial().bot().kill();
    trial().bot().start();
    trial().check();
    assertEquals(1, summaries(place));
  }

  private long summaries(Actions.Place place) {
    return StoreNow.read(trial().bot().store()).facts().stream()
        .filter(fact -> fact.kind().equals("summary_posted"))
        .filter(fact -> place.incident().equals("INC-" + fact.stream()))
        .count();
  }

  static Stream<String> stepsOfAStart() {
    return around("commit .*started");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stepsOfAStart")
  void start_killedAroundItsFirstCommit_startsAgain(String point) {
    settledIncident();
    trial().bot().kill();
    trial().bot().startArmed(point);
    trial().bot().awaitPoint();
    trial().bot().kill();
    trial().bot().start();
    trial().check();
  }

  @Test
  void approval_killedWhileTheTargetWorks_saysUnknown() throws InterruptedException {
    Actions.Place place = incidentAwaitingApproval();
    trial().receiver().holdAnswers();
    trial().actions().press("li", place, "approve");
    trial().receiver().awaitCall();
    trial().bot().kill();
    trial().receiver().answerAgain();
    trial().bot().start();
    trial().check();
  }

  private Actions.Place settledIncident() {
    if (standing == null) {
      standing = trial().actions().placeOf(trial().actions().declare("ada"));
    }
    trial().sender().settle();
    return standing;
  }

  private Actions.Place incidentAwaitingApproval() {
    Actions.Place place = settledIncident();
    trial().actions().rollBack("ada", place);
    trial().actions().button("li", place, "approve");
    trial().sender().settle();
    return place;
  }
}
