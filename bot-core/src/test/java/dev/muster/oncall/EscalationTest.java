// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Rejection;
import dev.muster.incident.Verdict;
import dev.muster.oncall.EscalationPolicy.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscalationTest {

  private static final Instant START = Instant.parse("2026-03-02T14:00:00Z");
  private static final Person LI = new Person(new UserRef("web", "li"), "Li");
  private static final Target PAYMENTS = Target.parse("schedule:payments");
  private static final Target ADA = Target.parse("person:ada");
  private static final Target SRE = Target.parse("group:sre");
  private static final EscalationPolicy POLICY =
      new EscalationPolicy(
          "default",
          List.of(
              new Level(List.of(PAYMENTS), Duration.ZERO),
              new Level(List.of(ADA, PAYMENTS), Duration.ofMinutes(5)),
              new Level(List.of(SRE), Duration.ofMinutes(15))));

  @Test
  void escalation_nobodyAcknowledges_asksEachLevelWhenDue() {
    Escalation running = started();
    assertEquals(Optional.of(START), running.nextDue());

    Asking first = running.due(START).orElseThrow();
    assertEquals(List.of(PAYMENTS), first.targets());
    running = first.after();
    assertEquals(Optional.of(at(5)), running.nextDue());
    assertTrue(running.due(at(5).minusMillis(1)).isEmpty());
    Asking second = running.due(at(5)).orElseThrow();
    assertEquals(2, second.firstLevel());
    running = second.after().due(at(15)).orElseThrow().after();

    assertTrue(running.nextDue().isEmpty());
    assertTrue(running.due(at(500)).isEmpty());
    assertTrue(running.isActive());
  }

  @Test
  void escalation_afterDowntime_asksEveryMissedLevelInOneGoAndSaysHowLate() {
    Asking caughtUp = started().due(at(20)).orElseThrow();

    assertEquals(1, caughtUp.firstLevel());
    assertEquals(3, caughtUp.lastLevel());
    assertEquals(List.of(PAYMENTS, ADA, SRE), caughtUp.targets());
    assertEquals(Duration.ofMinutes(20), caughtUp.late());
    assertTrue(caughtUp.after().due(at(21)).isEmpty());
  }

  @Test
  void asking_aLittleLate_countsAsPunctual() {
    assertEquals(Duration.ZERO, started().due(START.plusSeconds(119)).orElseThrow().late());
  }

  @Test
  void acknowledge_stopsItAndASecondOneIsToldWhoWasFirst() {
    Escalation acknowledged = accepted(asked(1).acknowledge(LI, at(1)));

    assertFalse(acknowledged.isActive());
    assertTrue(acknowledged.due(at(60)).isEmpty());
    assertTrue(acknowledged.nextDue().isEmpty());
    String text =
        acknowledged.acknowledge(LI, at(2)).match(value -> "", rejection -> rejection.text());
    assertEquals("Li has acknowledged it. Nobody else is asked.", text);
  }

  @Test
  void askNow_takesTheNextLevelAndKeepsTheDistanceOfTheOnesAfter() {
    Asking second = accepted(asked(1).askNow(at(1)));

    assertEquals(2, second.firstLevel());
    assertEquals(List.of(ADA, PAYMENTS), second.targets());
    assertEquals(Optional.of(at(11)), second.after().nextDue());
  }

  @Test
  void askNow_beforeTheFirstLevel_asksTheFirst() {
    assertEquals(1, accepted(started().askNow(START)).lastLevel());
  }

  @Test
  void askNow_afterAnAcknowledgement_asksAgain() {
    Escalation acknowledged = accepted(asked(1).acknowledge(LI, at(1)));

    assertTrue(accepted(acknowledged.askNow(at(3))).after().isActive());
  }

  @Test
  void askNow_atTheLastLevel_waitsTwoMinutesAndThenAsksItAgain() {
    Escalation last = asked(3);

    Rejection refused = rejection(last.askNow(at(15).plusSeconds(60)));
    assertEquals("just_asked", refused.reason());
    assertTrue(refused.sentence().contains(" at " + UtcText.clock(at(15)) + " and"));
    assertTrue(refused.hint().endsWith("/incident invite @ada"));
    assertEquals(List.of(SRE), accepted(last.askNow(at(17))).targets());
  }

  @Test
  void stop_endsItForGood() {
    Escalation stopped = asked(1).stop(at(2));

    assertEquals("escalation_over", reason(stopped.askNow(at(3))));
    assertEquals("not_active", reason(stopped.acknowledge(LI, at(3))));
    assertSame(stopped, stopped.stop(at(4)));
  }

  @Test
  void roster_ofTargets_namesEachPersonOnceAndSaysWhereNobodyIs() {
    Rotation rotation =
        new Rotation(List.of("ada"), Duration.ofDays(7), LocalDateTime.of(2026, 1, 5, 9, 0));
    Schedule payments = new Schedule("payments", ZoneOffset.UTC, rotation, null);
    Roster roster =
        new Roster(List.of(payments), Map.of("sre", List.of("ada", "li"), "empty", List.of()));
    Target empty = Target.parse("group:empty");
    Target missing = Target.parse("schedule:missing");

    Roster.Found found = roster.find(List.of(PAYMENTS, SRE, empty, missing), START);

    assertEquals(List.of("ada", "li"), found.people());
    assertEquals(List.of(empty, missing), found.nobody());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada", "persn:ada", "person:", ":ada", "", "person: "})
  void target_notWellWritten_isRefusedWithTheForm(String text) {
    String sentence =
        assertThrows(IllegalArgumentException.class, () -> Target.parse(text)).getMessage();

    assertTrue(sentence.contains("schedule:NAME, person:ID or group:NAME"), sentence);
  }

  @Test
  void policy_withoutLevelsOrGoingBack_isRefused() {
    List<Level> back =
        List.of(
            new Level(List.of(ADA), Duration.ofMinutes(5)), new Level(List.of(SRE), Duration.ZERO));

    assertThrows(IllegalArgumentException.class, () -> new EscalationPolicy("x", List.of()));
    assertThrows(IllegalArgumentException.class, () -> new EscalationPolicy("x", back));
    assertThrows(IllegalArgumentException.class, () -> new Level(List.of(), Duration.ZERO));
  }

  private static Escalation started() {
    return Escalation.start(new IncidentId(7), POLICY, START);
  }

  private static Escalation asked(int levels) {
    Escalation running = started();
    for (int i = 0; i < levels; i++) {
      running = running.due(running.nextDue().orElseThrow()).orElseThrow().after();
    }
    return running;
  }

  private static Instant at(int minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  private static <T> T accepted(Verdict<T> verdict) {
    return verdict.match(
        value -> value,
        rejection -> {
          throw new AssertionError(rejection.text());
        });
  }

  private static Rejection rejection(Verdict<?> verdict) {
    return verdict.match(
        value -> {
          throw new AssertionError("it was accepted");
        },
        refused -> refused);
  }

  private static String reason(Verdict<?> verdict) {
    return verdict.match(value -> "accepted", rejection -> rejection.reason());
  }
}
