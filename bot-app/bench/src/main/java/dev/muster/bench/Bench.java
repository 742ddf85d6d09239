// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures Muster beside its peers and limits, and prints one table. It states figures; it judges
 * none. {@link Plan} lists the arguments.
 */
public final class Bench {

  private final Plan plan;
  private final PrintStream out;

  private Bench(Plan plan, PrintStream out) {
    this.plan = plan;
    this.out = out;
  }

  /** Measures and prints. What a benchmark left running when it broke must not keep us here. */
  public static void main(String[] arguments) {
    int exit = 1;
    try {
      new Bench(Plan.of(arguments), System.out).run();
      exit = 0;
    } catch (Exception e) {
      e.printStackTrace();
    } finally {
      System.exit(exit);
    }
  }

  private static Map<String, Benchmark> all() {
    Map<String, Benchmark> all = new LinkedHashMap<>();
    all.put("deliveries", new Deliveries());
    all.put("acts", new Acts());
    all.put("orders", new Orders());
    all.put("storm", new Storm());
    all.put("alerts", new Alerts(0, "≥ 1.5 ×"));
    all.put("alerts-open", new Alerts(400_000, "≥ 2.5 ×"));
    all.put("first-call", new FirstCall());
    all.put("opening", new Opening());
    all.put("opening-teams", new OpeningOnTeams());
    all.put("restart", new Restart());
    all.put("stop", new Stop());
    all.put("appends", new Appends());
    all.put("pages", new Pages(Pages.SIZE));
    all.put("search", new Search(Pages.SIZE));
    all.put("growth", new Growth());
    all.put("start", new Start());
    all.put("papers", new Papers(Pages.SIZE));
    return all;
  }

  private void run() throws Exception {
    Map<String, Benchmark> wanted = all();
    if (!plan.only().isEmpty()) {
      wanted.keySet().retainAll(plan.only());
    }
    clear(plan.work());
    Files.createDirectories(plan.work());
    double load = Machine.load();
    Figure sync = Machine.sync(plan.work());
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<String, Benchmark> each : wanted.entrySet()) {
      rows.addAll(measured(each.getKey(), each.getValue()));
    }
    Report report = Report.of(plan, sync, load, rows);
    out.println();
    out.print(report.markdown());
    if (plan.write().isPresent()) {
      report.writeInto(plan.write().get());
    }
  }

  /** One that breaks leaves its lines out and lets the others go on. */
  private List<Row> measured(String name, Benchmark benchmark) {
    out.println("measuring " + name);
    try {
      return benchmark.run(plan);
    } catch (Exception e) {
      e.printStackTrace(out);
      return List.of();
    }
  }

  private static void clear(Path folder) throws Exception {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
