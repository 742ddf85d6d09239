// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** Takes the time of one thing done again and again, one after the other. */
final class Stopwatch {

  private Stopwatch() {}

  /** Does it for a while, at least once, and returns how many nanoseconds each time took. */
  static Histogram during(Duration time, Runnable thing) {
    Histogram taken = new Histogram(3);
    long begin = System.nanoTime();
    long now = begin;
    while (now - begin < time.toNanos()) {
      thing.run();
      long end = System.nanoTime();
      taken.recordValue(end - now);
      now = end;
    }
    return taken;
  }

  /** Returns a percentile in milliseconds. */
  static double ms(Histogram taken, double percentile) {
    return taken.getValueAtPercentile(percentile) / 1e6;
  }
}
