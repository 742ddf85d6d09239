// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.proof.Batch;
import dev.muster.app.proof.ProofKind;
import java.nio.file.Path;
import java.util.Random;

/** Lets single syncs and writes of the store fail. */
public final class BadDiskProof implements ProofKind {

  private static final int TIMES = 20;

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
    try (BadDiskTrial trial = new BadDiskTrial(folder)) {
      return new Batch(TIMES, TIMES, trial.fail(TIMES, random));
    }
  }
}
