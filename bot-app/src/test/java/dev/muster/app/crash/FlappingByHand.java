// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs {@link FlappingTrial} with many seeds, several at a time, and prints what went wrong. */
public final class FlappingByHand {

  private FlappingByHand() {}

  /**
   * Runs the trials.
   *
   * @param args the first seed, how many seeds, how many rounds each, how many at a time
   */
  public static void main(String[] args) throws InterruptedException {
    long first = Long.parseLong(args[0]);
    int count = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    ExecutorService running = Executors.newFixedThreadPool(Integer.parseInt(args[3]));
    for (long seed = first; seed < first + count; seed++) {
      long own = seed;
      running.execute(() -> run(own, rounds));
    }
    running.shutdown();
    running.awaitTermination(10, TimeUnit.HOURS);
    System.exit(0);
  }

  private static void run(long seed, int rounds) {
    try {
      Path folder = Files.createTempDirectory("flapping-" + seed + "-");
      try (FlappingTrial trial = new FlappingTrial(folder, seed)) {
        List<String> problems = trial.run(rounds);
        String text =
            "=== seed "
                + seed
                + ": "
                + problems.size()
                + " problems; "
                + folder
                + "\n"
                + String.join("\n", problems)
                + (problems.isEmpty() ? "" : "\n" + trial.story());
        System.out.println(text);
      }
    } catch (IOException | RuntimeException | Error e) {
      System.out.println("=== seed " + seed + " broke: " + e);
    }
  }
}
