// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How far out the clock of one machine was, and when, so that what was written by it can be told in
 * the time of everybody else. It is out by whole hours, in trials that take less than one.
 */
final class WrongTimes {

  /** A clock that was set is noticed a little later. */
  private static final Duration NOTICED_WITHIN = Duration.ofMinutes(10);

  private final List<Span> spans = new ArrayList<>();

  private record Span(Instant from, Duration wrong) {}

  /**
   * @param begin before which nothing was written
   */
  WrongTimes(Instant begin) {
    spans.add(new Span(begin, Duration.ZERO));
  }

  /** It is out by that much from now on. */
  synchronized void set(Instant now, Duration wrong) {
    spans.add(new Span(now, wrong));
  }

  /** Returns when that really was which was written down as then. */
  synchronized Instant reallyAt(Instant written) {
    for (int i = 0; i < spans.size(); i++) {
      Instant really = written.minus(spans.get(i).wrong());
      boolean begun = !really.isBefore(spans.get(i).from());
      boolean over =
          i + 1 < spans.size() && really.isAfter(spans.get(i + 1).from().plus(NOTICED_WITHIN));
      if (begun && !over) {
        return really;
      }
    }
    return written;
  }
}
