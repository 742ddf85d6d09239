// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;

/** How long after a person did something it is handled, by the clock of where they did it. */
final class Lateness {

  /** What comes later than this was meant for another moment. */
  static final Duration LATE = Duration.ofMinutes(10);

  private final Platforms platforms;

  Lateness(Platforms platforms) {
    this.platforms = platforms;
  }

  /** Returns whether what a person did is handled too late to be done unasked. */
  boolean isTooLong(Exchange exchange) {
    return of(exchange).compareTo(LATE) > 0;
  }

  /**
   * Returns how late it is. While nobody knows the platform's clock, the machine's counts; yet the
   * time by which that was put forward while something was under way has not passed.
   */
  Duration of(Exchange exchange) {
    Moment moment = exchange.moment();
    Duration shown = Duration.between(exchange.at(), moment.now());
    return platforms
        .clockAhead(exchange.by().person().ref().platform())
        .map(shown::minus)
        .orElseGet(() -> shown.compareTo(LATE) > 0 ? shown.minus(steppedMeanwhile(moment)) : shown);
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
