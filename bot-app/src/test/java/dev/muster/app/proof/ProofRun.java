// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Runs batches of one kind of proof until enough were tried or time is up, writes each down as it
 * ends, and makes the page of figures anew. {@code tools/proof-run} starts it; no build does.
 */
final class ProofRun {

  private static final Path ROOT = Path.of(System.getProperty("muster.root", ".."));
  private static final Path PAGE = ROOT.resolve("docs/reliability.md");
  private static final ProofFile FILE = new ProofFile(ROOT.resolve("docs/proof-results.jsonl"));

  private final String name = System.getProperty("proof.kind", "");
  private final long seconds = 60 * Long.getLong("proof.minutes", 20);
  private final long begin = System.nanoTime();

  /** Returns every kind there is, by name. */
  static List<ProofKind> kinds() {
    return ServiceLoader.load(ProofKind.class).stream()
        .map(Provider::get)
        .sorted(Comparator.comparing(ProofKind::name))
        .toList();
  }

  /** Returns the page with its tables made from the results. */
  static String page() throws IOException {
    return new ProofPage(kinds(), FILE.read()).in(Files.readString(PAGE));
  }

  /** Returns the page as it is kept; made anew first with {@code -Dmuster.golden=write}. */
  static String kept() throws IOException {
    if ("write".equals(System.getProperty("muster.golden"))) {
      Files.writeString(PAGE, page());
    }
    return Files.readString(PAGE);
  }

  @Test
  void batches_untilEnoughOrTimeIsUp_breakNothing() throws IOException, InterruptedException {
    ProofKind kind =
        kinds().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("There is " + names()));
    List<String> defects = new ArrayList<>();
    int wanted = Integer.getInteger("proof.count", kind.wanted());
    int tried = 0;
    while (defects.isEmpty() && tried < wanted && !isTimeUp() && hasMore(kind)) {
      ProofResult result = batch(kind, next(kind));
      FILE.append(result);
      Files.writeString(PAGE, page());
      System.out.println(result);
      tried += result.trials();
      defects.addAll(result.defects());
    }
    assertEquals(List.of(), defects);
  }

  private boolean isTimeUp() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) >= seconds;
  }

  private static Set<Long> passed(ProofKind kind) throws IOException {
    return FILE.read().stream()
        .filter(result -> result.kind().equals(kind.name()) && result.hasPassed())
        .map(ProofResult::seed)
        .collect(Collectors.toSet());
  }

  private static boolean hasMore(ProofKind kind) throws IOException {
    return kind.batches().isEmpty() || passed(kind).size() < kind.batches().getAsInt();
  }

  /** The first batch that has not passed yet, or a fresh seed; one that is asked for goes first. */
  private static long next(ProofKind kind) throws IOException {
    if (kind.batches().isPresent()) {
      Set<Long> passed = passed(kind);
      return LongStream.range(0, kind.batches().getAsInt())
          .filter(number -> !passed.contains(number))
          .findFirst()
          .orElseThrow();
    }
    return Long.getLong("proof.seed", System.nanoTime());
  }

  private static ProofResult batch(ProofKind kind, long seed)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("proof-" + kind.name() + "-");
    String start = now();
    String commit = commit();
    Batch batch = tried(kind, folder, seed);
    boolean passed = batch.defects().isEmpty();
    if (passed) {
      delete(folder);
    }
    return new ProofResult(
        kind.name(),
        seed,
        commit,
        machine(),
        start,
        now(),
        batch.trials(),
        batch.injected(),
        batch.defects(),
        passed ? "passed" : "failed");
  }

  /** What breaks a batch is a finding too. */
  private static Batch tried(ProofKind kind, Path folder, long seed) {
    try {
      return kind.run(folder, seed);
    } catch (AssertionError | RuntimeException e) {
      return new Batch(1, 1, List.of(e + "; see " + folder));
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (var files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String commit() throws IOException, InterruptedException {
    String head = git("rev-parse", "--short=8", "HEAD").strip();
    boolean changed =
        git("status", "--porcelain", "--untracked-files=no")
            .lines()
            .anyMatch(line -> !line.contains("docs/"));
    return head + (changed ? "+" : "");
  }

  private static String git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git", "-C", ROOT.toString()));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).start();
    String said = new String(git.getInputStream().readAllBytes());
    git.waitFor(1, TimeUnit.MINUTES);
    return said;
  }

  private static String machine() {
    return Runtime.getRuntime().availableProcessors()
        + " cores, "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version").replaceAll("-.*", "")
        + ", JDK "
        + System.getProperty("java.version");
  }

  private static String names() {
    return kinds().stream().map(ProofKind::name).collect(Collectors.joining(", "));
  }
}
