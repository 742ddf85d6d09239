// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Changes single bytes of a store on the disk. */
public final class FlippedBytesProof implements ProofKind {

  private static final int BYTES = 200;
  private static final TestsElsewhere TESTS =
      new TestsElsewhere(
          "bot-core", "FlippedBytesTest", Pattern.compile("seed -?\\d+: (\\d+) bytes changed: "));

  @Override
  public String name() {
    return "flipped-bytes";
  }

  @Override
  public String goal() {
    return "changed bytes of a store: wherever one changes a fact, it is noticed";
  }

  @Override
  public int wanted() {
    return 2_000;
  }

  @Override
  public Batch run(Path folder, long seed) {
    List<String> flags = List.of("-Dmuster.seed=" + seed, "-Dmuster.offsets=" + BYTES);
    return TESTS.run(folder, flags, 1);
  }
}
