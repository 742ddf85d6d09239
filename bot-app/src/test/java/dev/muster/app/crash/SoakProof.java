// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.proof.Batch;
import dev.muster.app.proof.Maven;
import dev.muster.app.proof.ProofKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Works steadily with the packaged program, for as long as {@code --minutes} says. It is packaged
 * first, unless {@code -Dproof.jar} names one that was packaged from the same commit.
 */
public final class SoakProof implements ProofKind {

  private static final int MINUTES = Integer.getInteger("proof.minutes", 20);

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String goal() {
    return "minutes of steady alerts and chat on the packaged program: memory, open files, threads"
        + " and bytes for each input grow by no more than a tenth, every input is accounted for";
  }

  @Override
  public int wanted() {
    return 60;
  }

  @Override
  public String counted() {
    return "minutes";
  }

  @Override
  public Batch run(Path folder, long seed) {
    String given = System.getProperty("proof.jar", "");
    Path jar = given.isEmpty() ? Maven.packaged(folder.resolve("package.log")) : Path.of(given);
    try (SoakTrial trial = new SoakTrial(jar, folder.resolve("bot"))) {
      List<String> defects = trial.run(Duration.ofMinutes(MINUTES));
      return new Batch(MINUTES, 0, defects);
    }
  }
}
