// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.StepState;
import dev.muster.testkit.EngineHarness;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What of one incident should have happened by now, reckoned on a clock that nobody sets and by
 * rules of its own: how many levels were asked, how many summaries were posted, whether a request
 * still waits.
 */
final class ExpectedTimes {

  /** When each level is asked, from the declaration. */
  static final List<Duration> LEVELS =
      List.of(Duration.ZERO, Duration.ofMinutes(5), Duration.ofMinutes(10));

  static final Duration SUMMARY = Duration.ofHours(1);
  private static final Duration APPROVAL = Duration.ofMinutes(15);
  private static final Duration TOO_LATE = SUMMARY.dividedBy(2);

  private final String id;
  private final Instant declared;
  private boolean acknowledged;
  private long levels;
  private Instant summaryDue;
  private int summaries;
  private int skipped;
  private Instant requestEnds;
  private int lapsed;

  ExpectedTimes(String id, Instant now) {
    this.id = id;
    declared = now;
    summaryDue = now.plus(SUMMARY);
  }

  String id() {
    return id;
  }

  void acknowledged() {
    acknowledged = true;
  }

  boolean requestWaits() {
    return requestEnds != null;
  }

  void requested(Instant now) {
    requestEnds = now.plus(APPROVAL);
  }

  /** Time went on to {@code now}, while the program ran or did not. */
  void pass(Instant now) {
    if (!acknowledged) {
      levels = LEVELS.stream().filter(after -> !declared.plus(after).isAfter(now)).count();
    }
    if (!summaryDue.isAfter(now)) {
      boolean tooLate = Duration.between(summaryDue, now).compareTo(TOO_LATE) > 0;
      skipped += tooLate ? 1 : 0;
      summaries += tooLate ? 0 : 1;
      summaryDue = now.plus(SUMMARY);
    }
    if (requestEnds != null && !requestEnds.isAfter(now)) {
      lapsed++;
      requestEnds = null;
    }
  }

  /** Compares with what did happen. */
  void check(EngineHarness engine, String when) {
    List<Integer> asked =
        engine.entries(id, EntryKind.ESCALATION_STARTED).stream()
            .map(entry -> ((Number) entry.data().get("level")).intValue())
            .toList();
    assertEquals(asked.stream().sorted().distinct().toList(), asked, when + ": a level twice");
    long reached = asked.isEmpty() ? 0 : asked.get(asked.size() - 1);
    assertEquals(levels, reached, when + ": levels asked of " + id);
    assertEquals(summaries, count(engine, EntryKind.SUMMARY_POSTED, ""), when + ": summaries");
    assertEquals(skipped, count(engine, EntryKind.EFFECT_FAILED, "summary_too_late"), when);
    assertEquals(lapsed, count(engine, EntryKind.STEP_REFUSED, ""), when + ": lapsed requests");
    assertEquals(requestWaits() ? 1 : 0, waiting(engine), when + ": requests of " + id);
  }

  private long count(EngineHarness engine, EntryKind kind, String reason) {
    return engine.entries(id, kind).stream().filter(entry -> isFor(entry, reason)).count();
  }

  private static boolean isFor(TimelineEntry entry, String reason) {
    return reason.isEmpty() || reason.equals(entry.data().get("reason"));
  }

  private long waiting(EngineHarness engine) {
    return engine.read(tx -> tx.all(RunbookRun.class).of(engine.incident(id).id())).stream()
        .flatMap(run -> run.steps().stream())
        .filter(step -> step.state() == StepState.AWAITING_APPROVAL)
        .count();
  }
}
