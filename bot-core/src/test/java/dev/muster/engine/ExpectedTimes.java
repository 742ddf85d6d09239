// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.incident.IncidentId;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.StepState;
import dev.muster.testkit.EngineHarness;
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
  private final SeenTimes seen;

  ExpectedTimes(String id, Instant now) {
    this.id = id;
    seen = new SeenTimes(id);
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
    seen.look(engine);
    compare(seen, when);
    assertEquals(requestWaits() ? 1 : 0, waiting(engine), when + ": requests of " + id);
  }

  /** Compares with everything that did happen, read from its beginning. */
  void checkAll(EngineHarness engine, String when) {
    SeenTimes all = new SeenTimes(id);
    all.look(engine);
    compare(all, when);
  }

  private void compare(SeenTimes found, String when) {
    List<Integer> asked = found.asked();
    assertEquals(asked.stream().sorted().distinct().toList(), asked, when + ": a level twice");
    long reached = asked.isEmpty() ? 0 : asked.get(asked.size() - 1);
    assertEquals(levels, reached, when + ": levels asked of " + id);
    assertEquals(summaries, found.summaries(), when + ": summaries of " + id);
    assertEquals(skipped, found.skipped(), when + ": summaries left out of " + id);
    assertEquals(lapsed, found.lapsed(), when + ": lapsed requests of " + id);
  }

  private long waiting(EngineHarness engine) {
    IncidentId incident = IncidentId.parse(id).orElseThrow();
    return engine.read(tx -> tx.all(RunbookRun.class).of(incident)).stream()
        .flatMap(run -> run.steps().stream())
        .filter(step -> step.state() == StepState.AWAITING_APPROVAL)
        .count();
  }
}
