// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readiness that is cheap to ask for, and still true. */
class ReadinessTest {

  @TempDir Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicLong nanos = new AtomicLong(-5);
  private final Disk disk = new Disk();
  private SqlStore store;
  private Readiness readiness;

  /** A store over a disk that can break or hang; counts what is written. */
  private final class Disk implements UnitOfWork {
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean broken;
    private volatile boolean full;
    private volatile boolean hangs;

    @Override
    public <T> CompletableFuture<T> submit(Function<Tx, T> work) {
      writes.incrementAndGet();
      if (full) {
        throw new StoreBusy();
      }
      if (hangs) {
        return new CompletableFuture<>();
      }
      return broken
          ? CompletableFuture.failedFuture(new IllegalStateException("disk I/O error"))
          : store.submit(work);
    }

    @Override
    public <T> T run(Function<Tx, T> work) {
      return submit(work).join();
    }

    @Override
    public <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
      throw new AssertionError("nothing is done in the place of a probe");
    }

    @Override
    public <T> T read(Function<Tx, T> reading) {
      return store.read(reading);
    }
  }

  @BeforeEach
  void open() {
    AtomicInteger ids = new AtomicInteger();
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"),
            clock,
            () -> "id-" + ids.incrementAndGet(),
            new Telemetry());
    store = ((StoreOpening.Opened) opening).store();
    readiness = new Readiness(disk, clock, nanos::get, Duration.ofSeconds(60));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void passes(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void asking_allTheTime_writesEveryThreeSecondsAtMost() {
    for (int i = 0; i < 1_000; i++) {
      assertTrue(readiness.isReady());
      passes(Duration.ofMillis(30));
    }

    assertEquals(10, disk.writes.get());
    assertTrue(store.read(tx -> tx.note("canary")).isPresent());
  }

  @Test
  void disk_breaks_showsWithinFourSeconds_andItsEndWithinOne() {
    assertTrue(readiness.isReady());
    disk.broken = true;
    passes(Duration.ofSeconds(4));
    assertFalse(readiness.isReady());
    assertFalse(readiness.isReady());
    assertEquals(2, disk.writes.get());

    passes(Duration.ofSeconds(1));
    assertFalse(readiness.isReady());
    disk.broken = false;
    passes(Duration.ofSeconds(1));
    assertTrue(readiness.isReady());
    passes(Duration.ofSeconds(1));
    assertTrue(readiness.isReady());
    assertEquals(4, disk.writes.get());
  }

  @Test
  void store_thatTakesNoMore_isNotReady() {
    disk.full = true;

    assertFalse(readiness.isReady());
  }

  @Test
  void manyAtOnce_shareOneProbe() throws Exception {
    ExecutorService callers = Executors.newFixedThreadPool(8);
    try {
      List<CompletableFuture<Boolean>> all =
          IntStream.range(0, 64)
              .mapToObj(i -> CompletableFuture.supplyAsync(readiness::isReady, callers))
              .toList();
      assertTrue(all.stream().allMatch(CompletableFuture::join));
    } finally {
      callers.shutdownNow();
    }

    assertEquals(1, disk.writes.get());
  }

  @Test
  void disk_thatHangs_isNotReadyInTime() {
    readiness = new Readiness(disk, clock, nanos::get, Duration.ofMillis(20));
    disk.hangs = true;

    assertFalse(readiness.isReady());
  }
}
