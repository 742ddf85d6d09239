// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.proof.Batch;
import dev.muster.app.proof.ProofKind;
import java.nio.file.Path;

/** Kills at random instants under load, on the built-in chat. */
public final class KillsProof implements ProofKind {

  /** One bot dies so often: what it has to be asked for after each look grows with every death. */
  static final int KILLS = 20;

  @Override
  public String name() {
    return "kills";
  }

  @Override
  public String goal() {
    return "random kills on the built-in chat: no acknowledged input lost, nothing doubled";
  }

  @Override
  public int wanted() {
    return 1_000;
  }

  @Override
  public Batch run(Path folder, long seed) {
    try (CrashTrial trial = new CrashTrial(folder, "s" + (seed & 0xffff), null)) {
      return new Batch(KILLS, KILLS, new RandomKills(trial, seed).run(KILLS));
    }
  }
}
