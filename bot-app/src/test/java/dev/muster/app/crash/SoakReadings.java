// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Readings at even distances, in order, and what of them grew though the load was the same. The
 * first quarter warms up and does not count. Of the rest, the middle one of the first third is
 * compared with the middle one of the last third, but of the heap the least: what is under way just
 * then comes on top of what is kept. What grows with every input by nature is compared by input.
 */
final class SoakReadings {

  /** So many make up a run. */
  static final int WANTED = 12;

  private static final int WARM = WANTED / 4;
  private static final int THIRD = WANTED / 4;
  private static final double MOST = 1.10;

  /** A line now and then: too little of it to tell growth from chance. */
  private static final double FEW_LOGGED = 50;

  private final List<SoakReading> all;

  SoakReadings(List<SoakReading> all) {
    if (all.size() != WANTED) {
      throw new IllegalArgumentException(all.size() + " readings, not " + WANTED);
    }
    this.all = List.copyOf(all);
  }

  /** Returns what grew by more than a tenth, each as a sentence. */
  List<String> grown() {
    List<String> grown = new ArrayList<>();
    compare(
        "heap after a collection, in kilobytes",
        sorted(SoakReading::heap, WARM)[0],
        sorted(SoakReading::heap, WANTED - THIRD)[0],
        grown);
    levels("open files and sockets", SoakReading::handles, grown);
    levels("threads", SoakReading::threads, grown);
    levels("the file of waiting writes, in bytes", SoakReading::waiting, grown);
    byInput("bytes of the store for each input", SoakReading::stored, 0, grown);
    byInput("bytes of logs for each input", SoakReading::logged, FEW_LOGGED, grown);
    return grown;
  }

  private void levels(String what, ToLongFunction<SoakReading> of, List<String> grown) {
    compare(what, middle(of, WARM), middle(of, WANTED - THIRD), grown);
  }

  private double middle(ToLongFunction<SoakReading> of, int from) {
    return sorted(of, from)[THIRD / 2];
  }

  private long[] sorted(ToLongFunction<SoakReading> of, int from) {
    return all.subList(from, from + THIRD).stream().mapToLong(of).sorted().toArray();
  }

  private void byInput(
      String what, ToLongFunction<SoakReading> of, double least, List<String> grown) {
    int half = (WARM + WANTED) / 2;
    double early = Math.max(least, each(of, WARM, half));
    compare(what, early, each(of, half, WANTED - 1), grown);
  }

  private double each(ToLongFunction<SoakReading> of, int from, int to) {
    long inputs = all.get(to).inputs() - all.get(from).inputs();
    if (inputs <= 0) {
      throw new IllegalArgumentException("nothing was acknowledged between two readings: " + this);
    }
    return (of.applyAsLong(all.get(to)) - of.applyAsLong(all.get(from))) / (double) inputs;
  }

  private void compare(String what, double early, double late, List<String> grown) {
    if (late > early * MOST) {
      grown.add("%s grew from %.0f to %.0f: %s".formatted(what, early, late, this));
    }
  }

  @Override
  public String toString() {
    return all.stream().map(SoakReading::toString).collect(Collectors.joining("\n  ", "\n  ", ""));
  }
}
