// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.fill.FilledStores;
import dev.muster.bench.fill.StoreSize;
import dev.muster.bench.fill.Talk;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.Viewer;
import dev.muster.store.sql.SqlStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * S10: the newest twenty facts that hold some words, of a million, as somebody sees them who
 * belongs to no private incident; and the same words asked of the same index by hand, with their
 * facts and words and without looking at who asks. Both in this process.
 */
final class Search implements Benchmark {

  private static final int MOST = 20;
  private static final int WARMING = 2_000;
  private static final String RAW = "the index asked by hand";
  private static final String SQL =
      """
      SELECT t.*, w.* FROM search_words s JOIN search_place l ON l.number = s.rowid
      JOIN timeline t ON t.stream = l.stream AND t.seq = l.seq
      JOIN timeline_words w ON w.stream = l.stream AND w.seq = l.seq
      WHERE s.search_words MATCH ? ORDER BY s.rowid DESC LIMIT 20
      """;
  private static final Map<String, String> TERMS =
      new TreeMap<>(
          Map.of(
              "a common word", Talk.COMMON,
              "a medium word", Talk.MEDIUM,
              "a rare word", Talk.RARE,
              "two words together", Talk.PHRASE,
              "a word nobody said", "nevermore"));

  private final StoreSize size;

  Search(StoreSize size) {
    this.size = size;
  }

  @Override
  public List<Row> run(Plan plan) throws Exception {
    Path folder = plan.work().resolve("search");
    String url = plan.stores("web").copy(size, folder);
    List<Row> rows = new ArrayList<>();
    try (SqlStore store = FilledStores.open(url);
        RawQuery raw = new RawQuery(url, SQL)) {
      IncidentViews views = new IncidentViews(store);
      for (Map.Entry<String, String> term : TERMS.entrySet()) {
        Rounds<Histogram> rounds = found(plan, views, raw, term.getValue());
        String what = "search for " + term.getKey() + ", newest 20";
        rows.add(rounds.row("S10", what + ", p50", "ms", h -> Stopwatch.ms(h, 50), "≤ 1.5 ×"));
        rows.add(rounds.row("S10", "the same, p99", "ms", h -> Stopwatch.ms(h, 99), "≤ 20 ms"));
      }
    }
    return rows;
  }

  private static Rounds<Histogram> found(
      Plan plan, IncidentViews views, RawQuery raw, String words) {
    Runnable ours = () -> views.search(words, Viewer.ANYBODY, MOST);
    Runnable theirs = () -> raw.read(words);
    for (int i = 0; i < WARMING; i++) {
      ours.run();
      theirs.run();
    }
    Rounds<Histogram> rounds = new Rounds<>(RAW);
    for (int i = 0; i < plan.rounds(); i++) {
      rounds.theirs(Stopwatch.during(plan.round(), theirs));
      rounds.ours(Stopwatch.during(plan.round(), ours));
    }
    return rounds;
  }
}
