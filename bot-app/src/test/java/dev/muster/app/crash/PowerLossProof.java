// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.proof.Batch;
import dev.muster.app.proof.ProofKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Lets the power fail at any instant of whole incidents. */
public final class PowerLossProof implements ProofKind {

  private static final int IMAGES = 200;

  @Override
  public String name() {
    return "power-loss";
  }

  @Override
  public String goal() {
    return "power failures during whole incidents: the store opens, no acknowledged input lost";
  }

  @Override
  public int wanted() {
    return 2_000;
  }

  @Override
  public Batch run(Path folder, long seed) {
    PowerLoss power = new PowerLoss(PowerLossScene.play(folder, null));
    List<String> defects = power.fail(IMAGES, new Random(seed), folder.resolve("image"));
    return new Batch(IMAGES, IMAGES, defects);
  }
}
