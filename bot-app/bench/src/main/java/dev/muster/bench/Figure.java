// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.util.List;
import java.util.Locale;

/**
 * One figure over all rounds.
 *
 * @param median the one in the middle
 * @param least the smallest
 * @param most the largest
 * @param unit as it is printed behind the number
 */
record Figure(double median, double least, double most, String unit) {

  /** Stands where nothing was measured. */
  static final Figure NONE = new Figure(Double.NaN, Double.NaN, Double.NaN, "");

  /** Returns the figure of some rounds, at least one. */
  static Figure of(List<Double> rounds, String unit) {
    double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Figure(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1], unit);
  }

  /** Returns the median with its unit, and the spread in brackets. */
  @Override
  public String toString() {
    if (Double.isNaN(median)) {
      return "not measured";
    }
    String named = unit.isEmpty() ? "" : " " + unit;
    return number(median) + named + " (" + number(least) + "–" + number(most) + ")";
  }

  /** Returns three digits that count, without an exponent. */
  static String number(double value) {
    if (value >= 100 || value == 0) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, value >= 10 ? "%.1f" : "%.2f", value);
  }
}
