// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;

/** How long after it happened something is handled. */
final class Lateness {

  /** What comes later than this was meant for another moment. */
  static final Duration LATE = Duration.ofMinutes(10);

  private Lateness() {}

  /** Returns whether what a person did is handled too late to be done unasked. */
  static boolean isTooLong(Moment moment, Instant happened) {
    return of(moment, happened).compareTo(LATE) > 0;
  }

  /**
   * Returns how late it is. The time by which the machine's clock was put forward while it was
   * under way has not passed.
   *
   * @param happened when it happened, by the platform's clock
   */
  static Duration of(Moment moment, Instant happened) {
    Duration shown = Duration.between(happened, moment.now());
    return shown.compareTo(LATE) > 0 ? shown.minus(steppedMeanwhile(moment)) : shown;
  }

  private static Duration steppedMeanwhile(Moment moment) {
    return moment
        .tx()
        .timeline()
        .latest(Stream.JOURNAL, EntryKind.CLOCK_STEPPED, "")
        .filter(step -> wasMeanwhile(moment, step))
        .map(ClockSteps::by)
        .orElse(Duration.ZERO);
  }

  /** A clock that is put forward never shows what lies between. */
  private static boolean wasMeanwhile(Moment moment, TimelineEntry step) {
    return !ClockSteps.by(step).isNegative()
        && !after(step).isAfter(moment.now())
        && moment
            .tx()
            .inbox()
            .receivedAt(moment.delivery())
            .filter(came -> came.isBefore(after(step)))
            .isPresent();
  }

  private static Instant after(TimelineEntry step) {
    return step.at().plus(ClockSteps.by(step));
  }
}
