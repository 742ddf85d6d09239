// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert.Status;
import dev.muster.alert.AlertRule.Action;
import dev.muster.alert.AlertSituation.Known;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertRoutingTest {

  private static final Instant NOW = Instant.parse("2026-11-21T14:00:00Z");
  private static final Instant BEGAN = NOW.minusSeconds(60);
  private static final IncidentId ONE = new IncidentId(1);
  private static final Map<String, String> CRITICAL =
      Map.of("alertname", "Down", "cluster", "eu", "service", "checkout", "severity", "critical");

  private static Alert alert(Status status, Map<String, String> labels) {
    return new Alert(
        new AlertKey("am", "f1"),
        status,
        "Service checkout is down",
        labels.getOrDefault("severity", ""),
        labels,
        Map.of(),
        BEGAN,
        Optional.empty(),
        "",
        List.of());
  }

  private static AlertVerdict decide(Alert alert, AlertSituation situation) {
    return AlertRouting.decide(alert, situation, AlertRule.defaults(), NOW);
  }

  private static AlertSituation known(Status status, Optional<IncidentId> incident, boolean open) {
    Known known = new Known(status, BEGAN, NOW.minusSeconds(30), incident, open, Optional.empty());
    return new AlertSituation(Optional.of(known), Optional.empty(), Optional.empty(), List.of());
  }

  private static AlertRule rule(Action action, String... groupBy) {
    return new AlertRule(Map.of(), List.of(groupBy), Optional.empty(), "", action);
  }

  @ParameterizedTest
  @ValueSource(strings = {"critical", "CRITICAL ", "crit", "page", "Page"})
  void withoutRules_criticalAndPageDeclareSev2(String severity) {
    Alert firing = alert(Status.FIRING, Map.of("service", "checkout", "severity", severity));
    assertEquals(
        new AlertVerdict.Declare(
            "Service checkout is down",
            Severity.SEV2,
            Optional.of("checkout"),
            "alert am/f1",
            VerdictReason.RULE_DECLARES),
        decide(firing, AlertSituation.NEW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"warning", "5", "", "quite critical"})
  void withoutRules_everythingElseIsStoredAndListed(String severity) {
    Alert firing = alert(Status.FIRING, Map.of("severity", severity));
    assertEquals(
        new AlertVerdict.Ignore(VerdictReason.NO_RULE), decide(firing, AlertSituation.NEW));
  }

  @Test
  void resolvedForTheUnknown_isRecordedWithoutIncident() {
    assertEquals(
        new AlertVerdict.RecordResolved(Optional.empty(), VerdictReason.RESOLVED_UNKNOWN),
        decide(alert(Status.RESOLVED, CRITICAL), AlertSituation.NEW));
  }

  @ParameterizedTest
  @CsvSource({
    "FIRING, true, RESOLVED, RecordResolved, NO_LONGER_FIRING",
    "RESOLVED, true, RESOLVED, Repeat, REPEATED",
    "FIRING, true, FIRING, Repeat, REPEATED",
    "FIRING, false, FIRING, Repeat, STILL_FIRING",
    "RESOLVED, true, FIRING, Attach, FLAPPING",
    "RESOLVED, false, FIRING, Declare, RULE_DECLARES"
  })
  void knownKey_isJudgedByItsLastStatusAndItsIncident(
      Status before, boolean open, Status now, String verdict, VerdictReason reason) {
    AlertVerdict actual = decide(alert(now, CRITICAL), known(before, Optional.of(ONE), open));
    assertEquals(verdict, actual.getClass().getSimpleName());
    assertEquals(reason, actual.reason());
  }

  @Test
  void newEpisodeAfterClosing_declaresAgain() {
    Known known =
        new Known(
            Status.FIRING, BEGAN.minusSeconds(900), NOW, Optional.of(ONE), false, Optional.empty());
    AlertSituation situation =
        new AlertSituation(Optional.of(known), Optional.empty(), Optional.empty(), List.of());
    assertEquals(
        VerdictReason.RULE_DECLARES, decide(alert(Status.FIRING, CRITICAL), situation).reason());
  }

  @Test
  void longAfterResolving_firesAgainInsteadOfFlapping() {
    Known known =
        new Known(
            Status.RESOLVED,
            BEGAN,
            NOW.minus(Duration.ofHours(1)),
            Optional.of(ONE),
            true,
            Optional.empty());
    AlertSituation situation =
        new AlertSituation(Optional.of(known), Optional.empty(), Optional.empty(), List.of());
    assertEquals(
        new AlertVerdict.Attach(ONE, "alert am/f1", VerdictReason.FIRES_AGAIN),
        decide(alert(Status.FIRING, CRITICAL), situation));
  }

  @Test
  void ignoredAlert_isIgnoredAloudOnce() {
    Alert firing = alert(Status.FIRING, Map.of("severity", "info"));
    assertEquals(VerdictReason.NO_RULE, decide(firing, AlertSituation.NEW).reason());
    assertEquals(
        new AlertVerdict.Repeat(Optional.empty(), VerdictReason.REPEATED),
        decide(firing, known(Status.FIRING, Optional.empty(), false)));
  }

  @Test
  void listedAlert_declaresOnceARuleWantsIt() {
    assertEquals(
        VerdictReason.RULE_DECLARES,
        decide(alert(Status.FIRING, CRITICAL), known(Status.FIRING, Optional.empty(), false))
            .reason());
  }

  @Test
  void snoozedAlert_isIgnoredUntilTheTimeIsOver() {
    for (int seconds : new int[] {1, 0}) {
      Known known =
          new Known(
              Status.RESOLVED,
              BEGAN,
              BEGAN,
              Optional.empty(),
              false,
              Optional.of(NOW.plusSeconds(seconds)));
      AlertSituation situation =
          new AlertSituation(Optional.of(known), Optional.empty(), Optional.empty(), List.of());
      assertEquals(
          seconds > 0 ? VerdictReason.SNOOZED : VerdictReason.RULE_DECLARES,
          decide(alert(Status.FIRING, CRITICAL), situation).reason());
    }
  }

  @Test
  void sameGroupWithAnUnclosedIncident_attaches() {
    AlertRule byName = rule(Action.DECLARE, "alertname", "cluster");
    Alert first = alert(Status.FIRING, CRITICAL);
    Alert other = alert(Status.FIRING, Map.of("alertname", "Down", "cluster", "eu", "pod", "x"));
    Alert elsewhere = alert(Status.FIRING, Map.of("alertname", "Down", "cluster", "us"));
    assertEquals(byName.groupKey(first), byName.groupKey(other));
    assertFalse(byName.groupKey(first).equals(byName.groupKey(elsewhere)));
    AlertSituation situation =
        new AlertSituation(Optional.empty(), Optional.of(ONE), Optional.empty(), List.of());
    assertEquals(
        new AlertVerdict.Attach(ONE, byName.groupKey(other), VerdictReason.SAME_GROUP),
        AlertRouting.decide(other, situation, List.of(byName), NOW));
  }

  @Test
  void firstMatchingRule_decides() {
    Alert firing = alert(Status.FIRING, CRITICAL);
    AlertRule other =
        new AlertRule(Map.of("source", "zabbix"), List.of(), Optional.empty(), "", Action.DECLARE);
    for (Action action : Action.values()) {
      AlertVerdict verdict =
          AlertRouting.decide(
              firing, AlertSituation.NEW, List.of(other, rule(action), rule(Action.DECLARE)), NOW);
      VerdictReason expected =
          switch (action) {
            case DECLARE -> VerdictReason.RULE_DECLARES;
            case ATTACH -> VerdictReason.NOTHING_TO_ATTACH_TO;
            case IGNORE -> VerdictReason.RULE_IGNORES;
            case STORE -> VerdictReason.RULE_STORES;
          };
      assertEquals(expected, verdict.reason());
    }
  }

  @Test
  void sixthIncidentInTenMinutes_standsForAllThatFollow() {
    List<Instant> five = Collections.nCopies(5, NOW.minusSeconds(599));
    AlertSituation storm =
        new AlertSituation(Optional.empty(), Optional.empty(), Optional.empty(), five);
    assertEquals(
        new AlertVerdict.Declare(
            "Alert storm from am",
            Severity.SEV2,
            Optional.empty(),
            "storm am",
            VerdictReason.STORM_BEGINS),
        decide(alert(Status.FIRING, CRITICAL), storm));
    AlertSituation raging =
        new AlertSituation(Optional.empty(), Optional.empty(), Optional.of(ONE), five);
    assertEquals(
        new AlertVerdict.Attach(ONE, "alert am/f1", VerdictReason.STORM_CONTINUES),
        decide(alert(Status.FIRING, CRITICAL), raging));
  }

  @Test
  void fiveIncidentsOfWhichOneIsOld_areNoStorm() {
    List<Instant> times = List.of(NOW.minusSeconds(600), NOW, NOW, NOW, NOW.minusSeconds(1));
    AlertSituation calm =
        new AlertSituation(Optional.empty(), Optional.empty(), Optional.empty(), times);
    assertEquals(
        VerdictReason.RULE_DECLARES, decide(alert(Status.FIRING, CRITICAL), calm).reason());
  }

  @ParameterizedTest
  @CsvSource({
    "critical, SEV2",
    "'CRITICAL ', SEV2",
    "error, SEV3",
    "warn, SEV3",
    "info, SEV4",
    "'', SEV3",
    "5, SEV3",
    "banana, SEV3"
  })
  void severityWord_isMappedWhereTheRuleNamesNone(String word, Severity severity) {
    AlertVerdict verdict =
        AlertRouting.decide(
            alert(Status.FIRING, Map.of("severity", word)),
            AlertSituation.NEW,
            List.of(rule(Action.DECLARE)),
            NOW);
    assertEquals(severity, ((AlertVerdict.Declare) verdict).severity());
  }

  @Test
  void serviceTemplate_isFilledFromUntrustedTextWithoutBeingRead() {
    AlertRule rule =
        new AlertRule(
            Map.of(),
            List.of(),
            Optional.empty(),
            "{{source}}/{{labels.service}}{{annotations.none}}",
            Action.DECLARE);
    Alert hostile = alert(Status.FIRING, Map.of("service", "{{labels.severity}}$1\\\u202Ex"));
    assertEquals(Optional.of("am/{{labels.severity}}$1\\x"), rule.serviceOf(hostile));
  }

  @Test
  void hostileTitle_becomesOneCleanLine() {
    Alert hostile =
        new Alert(
            new AlertKey("am", "f1"),
            Status.FIRING,
            "\u202E\n <script>\u0000x\u200B\uD800</script> " + "y".repeat(400),
            "critical",
            CRITICAL,
            Map.of(),
            BEGAN,
            Optional.empty(),
            "",
            List.of());
    String title = ((AlertVerdict.Declare) decide(hostile, AlertSituation.NEW)).title();
    assertTrue(title.startsWith("<script> x\uFFFD</script> y"), title);
    assertEquals(250, title.length());
  }
}
