// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No timer fires early, twice or never, over a long time with stops and set clocks. Every ten days
 * have a store and a seed of their own, so that they can be lived through side by side. The seeds
 * are printed; {@code -Dmuster.seed=N} repeats the ten days of one, and {@code -Dmuster.days=3650}
 * takes ten years.
 */
class TimerYearsTest {

  /** The short run is the same each time; chance is for the long one. */
  private static final long SEED = 20261122;

  /** A store that has grown for months would mostly be looked through for damage, every hour. */
  private static final int STORE_LASTS = 10;

  /** Each of them mostly waits for one of its threads or another. */
  private static final int SIDE_BY_SIDE = 2 * Runtime.getRuntime().availableProcessors();

  @Test
  void timers_overADay_fireOnceAndInTime(@TempDir Path folder) {
    live(folder, 1, Long.getLong("muster.seed", SEED));
  }

  @Test
  @Tag("proof")
  void timers_overSomeDays_fireOnceAndInTime(@TempDir Path folder) throws InterruptedException {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    int days = Integer.getInteger("muster.days", 10);
    List<Callable<Void>> lives = new ArrayList<>();
    for (int from = 0; from < days; from += STORE_LASTS) {
      Path own = folder.resolve("from-day-" + from);
      int lasts = Math.min(STORE_LASTS, days - from);
      long its = seed + from;
      lives.add(
          () -> {
            live(own, lasts, its);
            clear(own);
            return null;
          });
    }
    sideBySide(lives);
  }

  /** Carries out all of them, a few at a time; throws what any of them threw. */
  private static void sideBySide(List<Callable<Void>> lives) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(SIDE_BY_SIDE, lives.size()));
    try {
      List<Throwable> broken =
          threads.invokeAll(lives).stream()
              .map(TimerYearsTest::broken)
              .flatMap(Optional::stream)
              .toList();
      if (!broken.isEmpty()) {
        // What is told of a test that failed is the first line of one of them.
        AssertionError first = new AssertionError(broken.get(0).getMessage(), broken.get(0));
        broken.stream().skip(1).forEach(first::addSuppressed);
        throw first;
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Optional<Throwable> broken(Future<Void> life) {
    try {
      life.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException("all of them have ended", e);
    }
  }

  /** The files may lie in memory, where those of years would take much of it. */
  private static void clear(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static void live(Path folder, int days, long seed) {
    System.out.println("timers from seed " + seed);
    try (TimerYears years = TimerYears.usual(folder, seed)) {
      years.live(Duration.ofDays(days));
      System.out.println(days + " days, " + years.report());
    }
  }
}
