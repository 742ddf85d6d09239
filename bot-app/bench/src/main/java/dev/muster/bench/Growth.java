// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.fill.StoreSize;
import dev.muster.bench.fill.Talk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * S12: deliveries, pages and search over ten and a hundred times the data, beside the same over the
 * data itself: a hundred incidents with ten thousand facts. All three sizes are at work at once and
 * take turns; what the rounds add is the same for each.
 */
final class Growth implements Benchmark {

  private static final int[] TIMES = {1, 10, 100};
  private static final int WARMING = 5_000;
  private static final int PAGES_WARMING = 300;
  private static final int FLAT_OUT = 5_000;
  private static final int PER_SECOND = 1_000;
  private static final String GOAL = "≤ 1.3 ×";

  /** A page or a search is asked for a fifth of a round. */
  private static final int SHARE = 5;

  private static final Map<String, String> PAGES =
      Map.of(
          "/incidents/INC-1", "page of the largest incident",
          "/incidents", "list of incidents",
          "/board", "board");
  private static final Map<String, String> SEARCHES =
      Map.of(Talk.COMMON, "search for a common word", Talk.PHRASE, "search for two words");

  /** What is measured, by its name in the table, and how. */
  private final Map<String, ToDoubleFunction<Grown>> figures = new LinkedHashMap<>();

  private static StoreSize size(int times) {
    // A hundred times are what the pages and the search are measured over.
    return StoreSize.ofIncidents(100 * times, 100 * times - 1)
        .withEntries(1_000 * times, 9_000 * times)
        .withWork(100 * times, 0);
  }

  @Override
  public List<Row> run(Plan plan) throws Exception {
    figures(plan.round());
    List<Grown> sizes = new ArrayList<>();
    try {
      for (int times : TIMES) {
        Grown grown = Grown.started(plan, "growth-" + times, size(times));
        sizes.add(grown);
        grown.loaded(load -> load.warm(WARMING, Duration.ofMinutes(1)));
        grown.read(PAGES.keySet(), PAGES_WARMING);
      }
      return rows(measured(plan, sizes));
    } finally {
      sizes.forEach(Grown::close);
    }
  }

  private Map<String, List<Rounds<Double>>> measured(Plan plan, List<Grown> sizes) {
    Map<String, List<Rounds<Double>>> all = new LinkedHashMap<>();
    figures.keySet().forEach(name -> all.put(name, newRounds()));
    for (int i = -1; i < plan.rounds(); i++) {
      for (Map.Entry<String, ToDoubleFunction<Grown>> figure : figures.entrySet()) {
        double[] taken = sizes.stream().mapToDouble(figure.getValue()).toArray();
        if (i >= 0) {
          note(all.get(figure.getKey()), taken);
        }
      }
    }
    return all;
  }

  private void figures(Duration round) {
    Duration share = round.dividedBy(SHARE);
    figures.put(
        "one delivery, 64 connections flat out",
        grown ->
            1e3 / grown.loaded(load -> load.warm(FLAT_OUT, Duration.ofMinutes(1))).perSecond());
    figures.put(
        "deliveries at 1,000/s, p99",
        grown -> grown.loaded(load -> load.open(PER_SECOND, round)).millis(99));
    for (int percentile : new int[] {50, 99}) {
      PAGES.forEach(
          (path, name) ->
              figures.put(name + ", p" + percentile, g -> g.page(share, path, percentile)));
    }
    SEARCHES.forEach((words, name) -> figures.put(name + ", p50", g -> g.search(share, words)));
  }

  private static List<Rounds<Double>> newRounds() {
    List<Rounds<Double>> rounds = new ArrayList<>();
    for (int larger = 1; larger < TIMES.length; larger++) {
      rounds.add(new Rounds<>("with the data itself"));
    }
    return rounds;
  }

  private static void note(List<Rounds<Double>> rounds, double[] taken) {
    for (int larger = 1; larger < taken.length; larger++) {
      rounds.get(larger - 1).theirs(taken[0]);
      rounds.get(larger - 1).ours(taken[larger]);
    }
  }

  private static List<Row> rows(Map<String, List<Rounds<Double>>> all) {
    List<Row> rows = new ArrayList<>();
    all.forEach(
        (what, rounds) -> {
          for (int larger = 1; larger < TIMES.length; larger++) {
            String name = what + ", with " + TIMES[larger] + " times the data";
            rows.add(rounds.get(larger - 1).row("S12", name, "ms", ms -> ms, GOAL));
          }
        });
    return rows;
  }
}
