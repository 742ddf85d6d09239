// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.proof.Batch;
import dev.muster.app.proof.ProofKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Fills the disk at random points of the work and clears it. */
public final class DiskFullProof implements ProofKind {

  private static final int TIMES = 10;

  @Override
  public String name() {
    return "disk-full";
  }

  @Override
  public String goal() {
    return "disks that fill up while people work: nothing lost, nothing half written, all taken"
        + " again within 30 s";
  }

  @Override
  public int wanted() {
    return 50;
  }

  @Override
  public Batch run(Path folder, long seed) {
    Random random = new Random(seed);
    List<String> defects = new ArrayList<>();
    try (DiskFullTrial trial = new DiskFullTrial(folder)) {
      for (int time = 0; time < TIMES && defects.isEmpty(); time++) {
        defects.addAll(trial.fill(random));
      }
    }
    return new Batch(TIMES, TIMES, defects);
  }
}
