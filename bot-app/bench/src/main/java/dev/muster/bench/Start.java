// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.Program;
import dev.muster.bench.fill.FilledStores;
import dev.muster.bench.fill.StoreSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * S8: from the start of the process to the first good answer of {@code /readyz}, by the start
 * script with its archive and by {@code java -jar}, and the memory held some seconds later, with
 * nothing stored and with a million facts and 10,000 firing alerts.
 */
final class Start implements Benchmark {

  private static final long IDLE = TimeUnit.SECONDS.toNanos(10);
  private static final String BESIDE = "bare Jetty";
  private static final StoreSize LARGE =
      StoreSize.ofIncidents(1_000, 100).withEntries(100_000, 900_000).withWork(10_000, 0);

  /** One start. */
  private record Round(double seconds, double megabytes) {}

  @Override
  public List<Row> run(Plan plan) throws IOException, InterruptedException {
    Path folder = Files.createDirectories(plan.work().resolve("start"));
    Path script = plan.script();
    Rounds<Round> archived = new Rounds<>(BESIDE);
    Rounds<Round> plain = new Rounds<>(BESIDE);
    Rounds<Round> large = new Rounds<>(BESIDE);
    new FilledStores(plan.work().resolveSibling("stores"), "web")
        .copy(LARGE, folder.resolve("large"));
    for (int i = 0; i < plan.rounds(); i++) {
      Path empty = folder.resolve("round-" + i);
      Round theirs = round(empty.resolve("jetty"), Program::bareJetty);
      archived.theirs(theirs);
      plain.theirs(theirs);
      large.theirs(theirs);
      archived.ours(round(empty.resolve("script"), in -> Program.script(script, in)));
      plain.ours(round(empty.resolve("plain"), in -> Program.jar(plan.jar(), in)));
      large.ours(round(folder.resolve("large"), in -> Program.script(script, in)));
    }
    return rows(archived, plain, large);
  }

  private static Round round(Path folder, Function<Path, Program> start) {
    try {
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve("bot.yaml"),
          "server: { port: 0 }\nstore: { url: \"jdbc:sqlite:" + FilledStores.FILE + "\" }\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long begin = System.nanoTime();
    try (Program program = start.apply(folder)) {
      program.awaitReady();
      double seconds = (System.nanoTime() - begin) / 1e9;
      LockSupport.parkNanos(IDLE);
      return new Round(seconds, program.megabytes());
    }
  }

  private static List<Row> rows(Rounds<Round> archived, Rounds<Round> plain, Rounds<Round> large) {
    return List.of(
        archived.row("S8", "start to ready, tools/muster", "s", Round::seconds, "≤ 1.5 s"),
        plain.row("S8", "start to ready, java -jar", "s", Round::seconds, "≤ 3.5 s"),
        large.row(
            "", "start to ready, tools/muster, with 1,000,000 facts", "s", Round::seconds, ""),
        archived.row(
            "S8", "resident memory, tools/muster, idle", "MB", Round::megabytes, "≤ 160 MB"),
        plain.row("", "resident memory, java -jar, idle", "MB", Round::megabytes, ""),
        large.row(
            "S8",
            "resident memory, tools/muster, with 1,000,000 facts and 10,000 alerts",
            "MB",
            Round::megabytes,
            "≤ 256 MB"));
  }
}
