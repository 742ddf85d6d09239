// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.proof.Batch;
import dev.muster.app.proof.ProofKind;
import java.nio.file.Path;

/** Kills at random instants while a private incident is worked on among public ones. */
public final class PrivateKillsProof implements ProofKind {

  private static final int KILLS = 10;

  @Override
  public String name() {
    return "private-kills";
  }

  @Override
  public String goal() {
    return "random kills around a private incident on the built-in chat: its words stand in its own"
        + " channel alone";
  }

  @Override
  public int wanted() {
    return 200;
  }

  @Override
  public Batch run(Path folder, long seed) {
    try (CrashTrial trial = new CrashTrial(folder, "p" + (seed & 0xffff), null)) {
      return new Batch(KILLS, KILLS, new PrivateKills(trial, seed).run(KILLS));
    }
  }
}
