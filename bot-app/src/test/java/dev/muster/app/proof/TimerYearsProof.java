// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Lives through most of a simulated year in which incidents come and go and the program stops. The
 * build that runs it takes as long as many days, so a batch is not of a few.
 */
public final class TimerYearsProof implements ProofKind {

  private static final int DAYS = 350;

  /** A store lasts for ten days. */
  private static final int STORES = 35;

  private static final TestsElsewhere TESTS =
      new TestsElsewhere(
          "bot-core",
          "TimerYearsTest#timers_overSomeDays_fireOnceAndInTime",
          Pattern.compile("(\\d+) days, seed -?\\d+: \\d+ incidents, (\\d+) stops, (\\d+) steps"));

  @Override
  public String name() {
    return "timer-years";
  }

  @Override
  public String goal() {
    return "simulated days with stops and a clock that is set: no timer early, twice or never";
  }

  @Override
  public int wanted() {
    return 3_650;
  }

  @Override
  public String counted() {
    return "days";
  }

  @Override
  public Batch run(Path folder, long seed) {
    List<String> flags = new ArrayList<>(TestsElsewhere.inMemory());
    flags.addAll(List.of("-Dmuster.seed=" + seed, "-Dmuster.days=" + DAYS));
    return TESTS.run(folder, flags, STORES);
  }
}
