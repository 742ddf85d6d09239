// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Sets the machine's clock again and again while incidents run. */
public final class ClockStepsProof implements ProofKind {

  private static final int STEPS = 200;
  private static final TestsElsewhere TESTS =
      new TestsElsewhere(
          "bot-core",
          "ClockStepsTest#clock_setAtRandomDuringIncidents_changesNothingOfWhatIsDue",
          Pattern.compile("seed -?\\d+: \\d+ incidents, \\d+ stops, (\\d+) steps of the clock"));

  @Override
  public String name() {
    return "clock-steps";
  }

  @Override
  public String goal() {
    return "random steps of the clock, of seconds to decades, during incidents: what is due comes"
        + " after the same time, once";
  }

  @Override
  public int wanted() {
    return 2_000;
  }

  @Override
  public Batch run(Path folder, long seed) {
    List<String> flags = new ArrayList<>(TestsElsewhere.inMemory());
    flags.addAll(List.of("-Dmuster.seed=" + seed, "-Dmuster.steps=" + STEPS));
    return TESTS.run(folder, flags, 1);
  }
}
