// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Connections to Slack break in every way while people talk, and everything said stands on the
 * timelines once. The seeds are fixed; {@link FlappingByHand} runs any number of others.
 */
@Tag("proof")
final class FlappingTest {

  private static final List<Long> SEEDS = List.of(16L, 18L);
  private static final int ROUNDS = 6;

  @TempDir Path folder;

  @Test
  void everythingSaid_whileConnectionsBreakInEveryWay_isOnTheTimelineOnce() {
    List<CompletableFuture<String>> trials = new ArrayList<>();
    for (long seed : SEEDS) {
      trials.add(
          CompletableFuture.supplyAsync(
              () -> wentWrong(seed), task -> new Thread(task, "flapping-" + seed).start()));
    }
    for (CompletableFuture<String> trial : trials) {
      assertEquals("", trial.join());
    }
  }

  private String wentWrong(long seed) {
    try (FlappingTrial trial = new FlappingTrial(folder.resolve("seed-" + seed), seed)) {
      List<String> problems = trial.run(ROUNDS);
      return problems.isEmpty() ? "" : String.join("\n", problems) + "\n" + trial.story();
    }
  }
}
