// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UtcText;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.oncall.Escalation;
import dev.muster.runbook.RunbookRun;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Takes a step of the machine's clock: what was to happen in a while still happens after that
 * while, whatever the clock shows then. What has happened keeps the times it was written with.
 */
final class ClockSteps {

  private static final int MOST = 5_000;
  private static final String SECONDS = "seconds";
  private static final Duration A_DAY_BACK = Duration.ofDays(-1);

  private ClockSteps() {}

  /** Moves everything that waits by a step, and writes that down. */
  static void taken(Moment moment, Duration by) {
    moment.tx().keepDistance(by);
    for (Escalation escalation : moment.tx().all(Escalation.class).allOpen(MOST)) {
      Escalations.save(moment, escalation.moved(by));
    }
    for (RunbookRun run : moment.tx().all(RunbookRun.class).allOpen(MOST)) {
      StepRecords.save(moment, run.moved(by));
    }
    moment.tx().incidents().unclosed().forEach(incident -> promise(moment, incident, by));
    Facts.journal(
        moment,
        NewEntry.of(moment.now(), EntryKind.CLOCK_STEPPED, new Actor.Bot(), words(by))
            .with(Map.of(SECONDS, by.toSeconds())));
  }

  /** Returns by how much the clock was put forward, or back when negative. */
  static Duration by(TimelineEntry step) {
    return Duration.ofSeconds(((Number) step.data().get(SECONDS)).longValue());
  }

  /**
   * Returns when at the earliest it was what the clock once showed: it may have been put back since
   * then, and in several goes.
   */
  static Instant earliest(Moment moment, Instant shown) {
    boolean since = false;
    Duration moved = Duration.ZERO;
    Duration back = Duration.ZERO;
    for (TimelineEntry step :
        moment.tx().timeline().read(Stream.JOURNAL, 0, MOST, Set.of(EntryKind.CLOCK_STEPPED))) {
      since |= !step.at().isBefore(shown);
      moved = since ? moved.plus(by(step)) : moved;
      back = moved.compareTo(back) < 0 ? moved : back;
    }
    return shown.plus(longest(back));
  }

  /** Nobody reads further back than that for a clock. */
  private static Duration longest(Duration back) {
    return back.compareTo(A_DAY_BACK) < 0 ? A_DAY_BACK : back;
  }

  private static void promise(Moment moment, Incident incident, Duration by) {
    if (incident.status().isOpen() && incident.nextUpdate().isPresent()) {
      IncidentEvent event =
          new IncidentEvent.NextUpdateSet(incident.nextUpdate().map(at -> at.plus(by)));
      Facts.write(moment, incident, event, new Actor.Bot(), "the machine's clock was set");
    }
  }

  private static String words(Duration by) {
    return "The machine's clock was put "
        + (by.isNegative() ? "back" : "forward")
        + " by "
        + UtcText.duration(by.abs())
        + ". What waits keeps its distance.";
  }
}
