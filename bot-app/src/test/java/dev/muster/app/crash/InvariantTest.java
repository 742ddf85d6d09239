// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every invariant is silent about sound evidence and speaks up about what is doctored. */
final class InvariantTest {

  /** How evidence is spoilt, which invariant has to say so, and in which words. */
  private record Doctored(
      Invariant invariant, String what, String said, Consumer<SoundEvidence> doctor) {
    @Override
    public String toString() {
      return invariant + ": " + what;
    }
  }

  private static Doctored of(
      Invariant invariant, String what, String said, Consumer<SoundEvidence> doctor) {
    return new Doctored(invariant, what, said, doctor);
  }

  static Stream<Doctored> doctored() {
    return Stream.of(heard(), doubled(), left(), told(), ordered(), outside())
        .flatMap(List::stream);
  }

  private static List<Doctored> heard() {
    return List.of(
        of(
            Invariant.I1,
            "an input that was never stored",
            "no handled delivery holds: word two",
            e -> e.heard.add(new Evidence.Heard(Evidence.Kind.SAID, "word two"))),
        of(
            Invariant.I1,
            "an input that led to nothing",
            "nothing came of: Alarm two",
            e -> {
              e.heard.add(new Evidence.Heard(Evidence.Kind.ALERT, "Alarm two"));
              e.deliver(1, "Alarm two");
            }),
        of(
            Invariant.I1,
            "a command that led to nothing",
            "nothing came of: ask the vendor",
            e -> {
              e.heard.add(new Evidence.Heard(Evidence.Kind.DONE, "ask the vendor"));
              e.deliver(1, "ask the vendor");
              e.fact("message_logged", "m2", "action ask the vendor", Map.of());
            }),
        of(
            Invariant.I1,
            "a runbook that never started",
            "nothing came of: 1.4.0",
            e -> {
              e.heard.add(new Evidence.Heard(Evidence.Kind.ASKED, "1.4.0"));
              e.deliver(1, "rollback to 1.4.0");
              e.run("1.4.00");
            }));
  }

  private static List<Doctored> doubled() {
    return List.of(
        of(Invariant.I2, "a second channel", "2 channels of INC-1 (doubled)", e -> e.rooms = 2),
        of(
            Invariant.I2,
            "a second incident",
            "2 times outage one (doubled)",
            e -> e.incidents.add(new StoreNow.Opened(2, "outage one", false))),
        of(
            Invariant.I2,
            "a command carried out twice",
            "2 facts of ask the vendor (doubled)",
            e -> {
              e.heard.add(new Evidence.Heard(Evidence.Kind.DONE, "ask the vendor"));
              e.deliver(1, "ask the vendor");
              e.fact("action_added", "", "ask the vendor", Map.of());
              e.fact("action_added", "", "ask the vendor", Map.of());
            }),
        of(
            Invariant.I2,
            "a runbook started twice",
            "2 runs of 1.4.0 (doubled)",
            e -> {
              e.heard.add(new Evidence.Heard(Evidence.Kind.ASKED, "1.4.0"));
              e.deliver(1, "rollback to 1.4.0");
              e.run("1.4.0");
              e.run("1.4.0");
            }),
        of(
            Invariant.I2,
            "a second card",
            "2 headlines of INC-1 (doubled)",
            e -> e.lines.add(new Line(true, false, "SEV2 · INC-1 · again"))),
        of(
            Invariant.I2,
            "no announcement",
            "0 announcements of INC-1 (lost)",
            e -> e.announcements.clear()),
        of(
            Invariant.I2,
            "a message said twice",
            "2 times in INC-1: Asked li.",
            e -> {
              e.lines.add(new Line(true, false, "Asked li."));
              e.lines.add(new Line(true, false, "Asked li."));
            }),
        of(
            Invariant.I2,
            "a repeat where the bot could look",
            "say that they may be there twice",
            e -> e.lines.add(new Line(true, false, "(repeat) Asked li."))),
        of(
            Invariant.I2,
            "a step called twice",
            "2 calls with key key-d1 (doubled)",
            e -> e.calls.add("key-d1")));
  }

  private static List<Doctored> left() {
    return List.of(
        of(Invariant.I3, "an order that lies", "order in INC-1/chat lies", e -> e.order(2)),
        of(Invariant.I3, "a delivery that waits", "waits since", e -> e.deliver(0, "late")),
        of(Invariant.I3, "a room without topic", "has no topic", e -> e.topic = ""),
        of(
            Invariant.I3,
            "a step without an end",
            "nothing is known of it",
            e -> e.step("step_dispatched", "d9")),
        of(
            Invariant.I3,
            "a step approved in vain",
            "nothing is known of it",
            e -> e.step("step_approved", "d9")));
  }

  private static List<Doctored> told() {
    return List.of(
        of(
            Invariant.I4,
            "an order that failed in silence",
            "1 orders failed in stream 1",
            e -> e.order(4)),
        of(
            Invariant.I4,
            "a delivery set aside in silence",
            "1 deliveries were set aside",
            e -> e.deliver(2, "broken")),
        of(
            Invariant.I4,
            "an unknown step nobody was asked about",
            "1 steps unknown in INC-1, 0 told so",
            e -> e.step("step_outcome_unknown", "d1")));
  }

  private static List<Doctored> ordered() {
    return List.of(
        of(
            Invariant.I5,
            "a stale card",
            "the headline does not say SEV1",
            e -> e.fact("severity_changed", "", "", Map.of("from", "SEV2", "to", "SEV1"))),
        of(
            Invariant.I6,
            "a timer that never fired",
            "was due at",
            e ->
                e.timers.add(
                    new StoreNow.Due("ARCHIVE", "INC-1", SoundEvidence.NOW.minusSeconds(600)))),
        of(
            Invariant.I6,
            "a timer that is gone",
            "nothing will tell the promised news of INC-1",
            e -> e.timers.clear()),
        of(
            Invariant.I6,
            "a timer that fired twice",
            "was asked twice at once",
            e -> e.fact("escalation_started", "", "", Map.of("level", "1"))),
        of(
            Invariant.I6,
            "a timer that fired early",
            "level 2 of INC-1 was asked after",
            e -> e.fact("escalation_started", "", "", Map.of("level", "2"))),
        of(
            Invariant.I7,
            "a call of something else than was approved",
            "nobody approved run/d1 as d2",
            e ->
                e.fact(
                    "step_dispatched",
                    "run/d1",
                    "",
                    Map.of("digest", "d2", "idempotencyKey", "key-d1"))),
        of(
            Invariant.I8,
            "a call of which no fact tells",
            "no fact tells of the call with key key-x",
            e -> e.calls.add("key-x")),
        of(
            Invariant.I8,
            "a fact taken out",
            "stream 1 lacks a fact before",
            e -> e.facts.remove(3)),
        of(
            Invariant.I8,
            "a channel of which no fact tells",
            "2 channels of INC-1, 1 on its timeline",
            e -> e.rooms = 2));
  }

  private static List<Doctored> outside() {
    return List.of(
        of(
            Invariant.I9,
            "a call repeated after a restore",
            "called again after the restore: key-d1",
            e -> {
              e.callsBeforeRestore = 1;
              e.calls.add("key-d1");
            }),
        of(
            Invariant.I10,
            "private words in another room",
            "inc-1-outage0 shows private words",
            e -> {
              e.confidential.put("heron", Set.of("inc-2-secret"));
              e.lines.add(new Line(false, false, "the heron is out"));
            }),
        of(
            Invariant.I10,
            "private words in a log",
            "log holds private words",
            e -> {
              e.confidential.put("heron", Set.of());
              e.sinks.put("log", "declared heron");
            }),
        of(
            Invariant.I11,
            "a secret in a log",
            "log holds a secret",
            e -> {
              e.secrets.add("xoxb-1");
              e.sinks.put("log", "token xoxb-1");
            }),
        of(
            Invariant.I11,
            "a secret on a card",
            "announcements show a secret",
            e -> {
              e.secrets.add("xoxb-1");
              e.announcements.add(new Line(true, false, "xoxb-1"));
            }),
        of(
            Invariant.I12,
            "a broken file",
            "a row of effect",
            e -> e.damage.add("foreign_key_check: a row of effect")));
  }

  private static SoundEvidence late(String command, String answer) {
    SoundEvidence evidence = new SoundEvidence();
    evidence.deliver(1, command);
    evidence.heard.add(
        new Evidence.Heard(Evidence.Kind.DONE, "ask the vendor").answered(List.of(answer)));
    return evidence;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/incident", "@Muster"})
  void commandThatCameLate_isNotLost_whereItsPersonWasTold(String addressed) {
    String told = "Your command of 12:00 UTC arrived 5 h 0 min late, so nothing was done: ";
    String command = addressed + " action ask the vendor";
    assertEquals(List.of(), Invariant.allBroken(late(command, told + command).evidence()));

    String lost =
        Invariant.allBroken(late(command, told + addressed + " ack").evidence()).toString();
    assertTrue(lost.contains("nothing came of: ask the vendor"), lost);

    SoundEvidence both = late(command, told + command);
    both.fact("action_added", "a1", "ask the vendor", Map.of());
    String done = Invariant.allBroken(both.evidence()).toString();
    assertTrue(done.contains("told that nothing was done, and done: ask the vendor"), done);
  }

  @Test
  void soundEvidence_everyInvariant_isSilent() {
    assertEquals(List.of(), Invariant.allBroken(new SoundEvidence().evidence()));
  }

  @ParameterizedTest
  @MethodSource("doctored")
  void doctoredEvidence_itsInvariant_saysSo(Doctored doctored) {
    SoundEvidence evidence = new SoundEvidence();
    doctored.doctor().accept(evidence);
    List<String> said = doctored.invariant().broken(evidence.evidence());
    assertTrue(said.stream().anyMatch(s -> s.contains(doctored.said())), said::toString);
  }

  @Test
  void everyInvariant_isDoctored() {
    assertEquals(
        EnumSet.allOf(Invariant.class),
        doctored()
            .map(Doctored::invariant)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Invariant.class))));
  }
}
