// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.WebMuster;
import dev.muster.bench.fill.FilledStores;
import dev.muster.bench.fill.StoreSize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * S9: pages over much: an incident of a hundred thousand entries, the list and the board of ten
 * thousand incidents. From the packaged program, and what they show read by hand from the same
 * store; then in a browser without a window, until the first thing is seen.
 */
final class Pages implements Benchmark {

  /** Ten thousand incidents, of which one has a tenth of the million entries. */
  static final StoreSize SIZE =
      StoreSize.ofIncidents(10_000, 9_999).withEntries(100_000, 900_000).withWork(10_000, 0);

  private static final String RAW = "its rows, one query by hand";
  private static final int WARMING = 300;

  /** A page and what it shows. */
  private record Page(String what, String path, String sql) {}

  private static final List<Page> PAGES =
      List.of(
          new Page(
              "incident of 100,000 entries",
              "/incidents/INC-1",
              """
              SELECT t.*, w.* FROM timeline t JOIN timeline_words w
              ON w.stream = t.stream AND w.seq = t.seq
              WHERE t.stream = 1 AND t.seq > (SELECT max(seq) FROM timeline WHERE stream = 1) - 100
              ORDER BY t.seq
              """),
          new Page(
              "list of 10,000 incidents",
              "/incidents",
              "SELECT * FROM incident WHERE private = 0 ORDER BY number DESC LIMIT 50"),
          new Page(
              "board over 10,000 incidents",
              "/board",
              """
              SELECT * FROM incident INDEXED BY incident_board
              WHERE status NOT IN ('RESOLVED', 'CLOSED') AND private = 0
              ORDER BY severity, number DESC LIMIT 100
              """));

  private final StoreSize size;

  Pages(StoreSize size) {
    this.size = size;
  }

  @Override
  public List<Row> run(Plan plan) throws Exception {
    Path folder = plan.work().resolve("pages");
    Path raw = plan.work().resolve("pages-raw");
    FilledStores stores = plan.stores("web");
    stores.copy(size, folder.resolve("data"));
    stores.copy(size, raw);
    FilledStores.open("jdbc:sqlite:" + raw.resolve(FilledStores.FILE)).close();
    try (WebMuster muster = new WebMuster(plan.jar(), folder)) {
      List<Row> rows = new ArrayList<>();
      for (Page page : PAGES) {
        rows.addAll(served(plan, muster, page, raw));
      }
      rows.addAll(painted(plan, muster));
      return rows;
    }
  }

  private static List<Row> served(Plan plan, WebMuster muster, Page page, Path raw)
      throws Exception {
    Rounds<Histogram> rounds = new Rounds<>(RAW);
    try (RawQuery query = RawQuery.in(raw, page.sql())) {
      for (int i = 0; i < WARMING; i++) {
        muster.get(page.path());
        query.read();
      }
      for (int i = 0; i < plan.rounds(); i++) {
        rounds.theirs(Stopwatch.during(plan.round(), query::read));
        rounds.ours(Stopwatch.during(plan.round(), () -> muster.get(page.path())));
      }
    }
    return List.of(
        rounds.row("", page.what() + ", first page, p50", "ms", h -> Stopwatch.ms(h, 50), ""),
        rounds.row("S9", "the same, p99", "ms", h -> Stopwatch.ms(h, 99), "≤ 50 ms"));
  }

  private static List<Row> painted(Plan plan, WebMuster muster) {
    if (!Browser.isThere()) {
      return PAGES.stream()
          .map(page -> Row.missing("S9", page.what(), "no Chromium on this machine", "≤ 300 ms"))
          .toList();
    }
    List<Row> rows = new ArrayList<>();
    try (Browser browser = new Browser()) {
      for (Page page : PAGES) {
        Rounds<Double> rounds = new Rounds<>("");
        browser.firstPaint(muster.address().resolve(page.path()));
        for (int i = 0; i < plan.rounds(); i++) {
          rounds.ours(browser.firstPaint(muster.address().resolve(page.path())));
        }
        String what = page.what() + ", first paint in headless Chromium";
        rows.add(rounds.row("S9", what, "ms", paint -> paint, "≤ 300 ms"));
      }
    }
    return rows;
  }
}
