// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.load;

import org.HdrHistogram.Histogram;

/**
 * What came of a load.
 *
 * @param latencies microseconds from when a request was due to the end of its answer
 * @param answered how many were answered with 2xx
 * @param refused how many were answered otherwise, or not at all
 * @param seconds how long it lasted
 */
public record Taken(Histogram latencies, long answered, long refused, double seconds) {

  /** Returns the good answers a second. */
  public double perSecond() {
    return answered / seconds;
  }

  /** Returns a percentile of the latencies in milliseconds. */
  public double millis(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e3;
  }

  /** Returns how many answers took longer than that many seconds. */
  public long slowerThan(int limit) {
    return latencies.getCountBetweenValues(limit * 1_000_000L, Long.MAX_VALUE);
  }
}
