// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.proof.Batch;
import dev.muster.app.proof.ProofKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Lets single syncs and writes of the store fail. */
public final class BadDiskProof implements ProofKind {

  private static final int TIMES = 10;

  @Override
  public String name() {
    return "bad-disk";
  }

  @Override
  public String goal() {
    return "syncs and writes that fail with an I/O error: the bot ends at once, nothing"
        + " acknowledged is lost";
  }

  @Override
  public int wanted() {
    return 500;
  }

  @Override
  public Batch run(Path folder, long seed) {
    Random random = new Random(seed);
    List<String> defects = new ArrayList<>();
    try (BadDiskTrial trial = new BadDiskTrial(folder)) {
      for (int time = 0; time < TIMES && defects.isEmpty(); time++) {
        defects.addAll(trial.fail(random));
      }
    }
    return new Batch(TIMES, TIMES, defects);
  }
}
