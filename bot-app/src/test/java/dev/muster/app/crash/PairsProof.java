// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.proof.Batch;
import dev.muster.app.proof.ProofKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Kills at one crash point of an opening and at another while the bot recovers: every pair there
 * is. Where what recovers does not come by the second point, it is killed once it rests.
 */
public final class PairsProof implements ProofKind {

  private static final int PAIRS = 10;

  private static List<String> points() {
    return OpeningCrashPointsTest.stepsOfOpening().toList();
  }

  @Override
  public String name() {
    return "pairs";
  }

  @Override
  public String goal() {
    return "pairs of crash points of an opening on the built-in chat: one incident, one channel";
  }

  @Override
  public int wanted() {
    return points().size() * points().size();
  }

  @Override
  public OptionalInt batches() {
    return OptionalInt.of((wanted() + PAIRS - 1) / PAIRS);
  }

  @Override
  public Batch run(Path folder, long seed) {
    List<String> points = points();
    List<String> problems = new ArrayList<>();
    int first = Math.toIntExact(seed) * PAIRS;
    int end = Math.min(first + PAIRS, wanted());
    try (CrashTrial trial = new CrashTrial(folder, "pairs" + seed, null)) {
      trial.bot().keepSources(1);
      trial.bot().start();
      for (int pair = first; pair < end && problems.isEmpty(); pair++) {
        String one = points.get(pair / points.size());
        String two = points.get(pair % points.size());
        Runnable declare = () -> trial.actions().declare("ada");
        trial.bot().dieAgainIfItComesBy(one, two, declare, trial.sender()::isIdle);
        trial.problems().forEach(problem -> problems.add(one + ", then " + two + ": " + problem));
      }
    }
    return new Batch(end - first, 2 * (end - first), problems);
  }
}
