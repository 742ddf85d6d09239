// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.WebMuster;
import dev.muster.bench.fill.FilledStores;
import dev.muster.bench.fill.StoreSize;
import dev.muster.incident.IncidentId;
import dev.muster.postmortem.PostmortemMarkdown;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.Viewer;
import dev.muster.store.sql.SqlStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * S11: what is written about an incident of a hundred thousand entries: the postmortem, in this
 * process, and the archive, by the start script and by {@code java -jar}, both with a small heap,
 * from the start of the process to its end. Beside them every row of the incident is read once by
 * hand.
 */
final class Papers implements Benchmark {

  private static final String RAW = "every row of the incident, one query by hand";
  private static final String SQL =
      """
      SELECT t.*, w.* FROM timeline t JOIN timeline_words w
      ON w.stream = t.stream AND w.seq = t.seq WHERE t.stream = 1 ORDER BY t.seq
      """;

  /** Far less than the incident would take if it were held whole. */
  private static final String HEAP = "-Xmx64m";

  private static final IncidentId LARGEST = new IncidentId(1);
  private static final long PATIENCE_SECONDS = 300;

  private final StoreSize size;

  Papers(StoreSize size) {
    this.size = size;
  }

  @Override
  public List<Row> run(Plan plan) throws Exception {
    Path folder = plan.work().resolve("papers");
    String url = plan.stores("web").copy(size, folder.resolve("data"));
    WebMuster.configure(folder);
    Rounds<Double> postmortem = new Rounds<>(RAW);
    Rounds<Double> archived = new Rounds<>(RAW);
    Rounds<Double> plain = new Rounds<>(RAW);
    Path script = plan.script();
    List<String> byScript = List.of(script.toString());
    List<String> byJar = List.of(java(), HEAP, "-jar", plan.jar().toString());
    try (SqlStore store = FilledStores.open(url);
        RawQuery raw = new RawQuery(url, SQL)) {
      IncidentViews views = new IncidentViews(store);
      for (int i = -1; i < plan.rounds(); i++) {
        double rows = millis(raw::read);
        double draft = millis(() -> draft(views));
        double shipped = millis(export(byScript, folder, i + "-script.zip"));
        double bare = millis(export(byJar, folder, i + "-jar.zip"));
        if (i >= 0) {
          postmortem.theirs(rows);
          archived.theirs(rows);
          plain.theirs(rows);
          postmortem.ours(draft);
          archived.ours(shipped);
          plain.ours(bare);
        }
      }
    }
    String of = " of an incident of 100,000 entries";
    String wanted = "≤ 10 ×, ≤ 2 s";
    return List.of(
        postmortem.row("S11", "postmortem" + of, "ms", ms -> ms, wanted),
        archived.row("S11", "archive" + of + ", tools/muster, " + HEAP, "ms", ms -> ms, wanted),
        plain.row("", "archive" + of + ", java -jar, " + HEAP, "ms", ms -> ms, ""));
  }

  private static double millis(Runnable thing) {
    long begin = System.nanoTime();
    thing.run();
    return (System.nanoTime() - begin) / 1e6;
  }

  private static void draft(IncidentViews views) {
    String text =
        views
            .postmortem(LARGEST, Viewer.ANYBODY)
            .flatMap(draft -> draft)
            .map(PostmortemMarkdown::render)
            .orElseThrow();
    if (text.isBlank()) {
      throw new IllegalStateException("the postmortem is empty");
    }
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Runnable export(List<String> program, Path folder, String file) {
    List<String> command = new ArrayList<>(program);
    command.addAll(
        List.of("export", LARGEST.toString(), "--config", "bot.yaml", "--out", "round" + file));
    return () -> export(new ProcessBuilder(command), folder, folder.resolve("round" + file));
  }

  private static void export(ProcessBuilder program, Path folder, Path file) {
    program.environment().put("MUSTER_JAVA_OPTS", HEAP);
    try {
      Process process =
          program
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("export.out").toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (!ended || process.exitValue() != 0 || !Files.exists(file)) {
        process.destroyForcibly();
        throw new IllegalStateException("no archive; see " + folder.resolve("export.out"));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
