// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.Muster;
import dev.muster.bench.fill.StoreSize;
import dev.muster.slack.fake.FakeSlack;
import java.time.InstantSource;
import java.util.List;

/**
 * S13: a start over a store with a thousand open incidents and ten thousand orders that are due, to
 * channels of their own. Each round starts over a fresh copy of the same store.
 */
final class Restart implements Benchmark {

  private static final StoreSize SIZE = StoreSize.ofIncidents(1_000, 1_000).withWork(0, 10_000);

  /**
   * One start.
   *
   * @param ready seconds from the process to the line that says it listens
   * @param first seconds from there to the first order that reached the stand-in; 0 when it was
   *     there before
   */
  private record Start(double ready, double first) {}

  @Override
  public List<Row> run(Plan plan) throws Exception {
    Rounds<Start> rounds = new Rounds<>("");
    for (int i = 0; i < plan.rounds(); i++) {
      rounds.ours(start(plan, "restart-" + i));
    }
    return List.of(
        rounds.row(
            "S13",
            "start with 1,000 open incidents and 10,000 orders due, to ready",
            "s",
            Start::ready,
            "≤ 5 s"),
        rounds.row("S13", "the same, from ready to the first order", "s", Start::first, "≤ 1 s"));
  }

  private static Start start(Plan plan, String name) throws Exception {
    plan.stores("slack").copy(SIZE, plan.work().resolve(name).resolve("data"));
    try (FakeSlack slack = new FakeSlack(InstantSource.system())) {
      long begin = System.nanoTime();
      try (Muster muster = new Muster(plan.jar(), plan.work().resolve(name), slack, "")) {
        long ready = System.nanoTime();
        boolean early = posted(slack);
        Office.await("the first order at port " + muster.port(), () -> posted(slack));
        double first = early ? 0 : (System.nanoTime() - ready) / 1e9;
        return new Start((ready - begin) / 1e9, first);
      }
    }
  }

  private static boolean posted(FakeSlack slack) {
    return !slack.calls("chat.postMessage").isEmpty();
  }
}
