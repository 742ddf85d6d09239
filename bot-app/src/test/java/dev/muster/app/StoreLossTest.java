// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.http.AlertsAside;
import dev.muster.http.Gatekeeper;
import dev.muster.http.HttpServer;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreFailure;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running program does when its store is damaged or gone, and for how long. */
final class StoreLossTest {

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final CompletableFuture<String> broken = new CompletableFuture<>();
  private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
  private final AtomicInteger ended = new AtomicInteger();
  private SqlStore store;
  private StoreLoss last;

  private void open(Path file) {
    StoreOpening opening = SqlStore.open("jdbc:sqlite:" + file, clock, () -> "id", new Telemetry());
    store = ((StoreOpening.Opened) opening).store();
    Gatekeeper gatekeeper = new Gatekeeper(true, List.of(), port -> URI.create("http://localhost"));
    StoreLoss loss =
        new StoreLoss(
            new StoreLoss.Surroundings(
                file,
                new HttpServer(gatekeeper, thread, new Telemetry()),
                new AlertsAside(clock, () -> "id", new Telemetry()),
                clock,
                broken),
            thread);
    loss.watch(store, List.of(ended::incrementAndGet));
    last = loss;
  }

  @AfterEach
  void end() {
    thread.shutdownNow();
    if (store != null) {
      store.close();
    }
  }

  private void refusesToWrite() {
    assertThrows(
        StoreFailure.class,
        () ->
            store.run(
                tx -> {
                  tx.keepNote("a", "b");
                  return true;
                }));
  }

  @Test
  void fileDamaged_keepsAlertsAsideForAQuarterOfAnHour_andThenLetsTheProgramEnd() throws Exception {
    Path file = folder.resolve("data/muster.db");
    open(file);
    store.close();
    open(file);
    Path reserve = Files.writeString(folder.resolve("data/muster.reserve"), "zeros");
    DamagedPages.overwrite(file);

    assertThrows(StoreFailure.class, () -> store.read(tx -> tx.note("a")));
    refusesToWrite();

    assertTrue(Files.exists(folder.resolve("data/muster.spool")), "before anybody is refused");
    assertFalse(Files.exists(reserve), "its room is needed now");
    assertFalse(broken.isDone());
    thread.submit(() -> true).get();
    assertEquals(1, ended.get(), "what has nothing to do without a store is ended");
    Delayed last = (Delayed) thread.getQueue().element();
    long left = last.getDelay(TimeUnit.SECONDS);
    assertTrue(left > 14 * 60 && left <= 15 * 60, left + " seconds");

    ((Runnable) last).run();

    assertTrue(broken.getNow("").startsWith(file + " is damaged: "), broken.getNow(""));
    assertFalse(Files.exists(folder.resolve("data/muster.spool")), "nothing came");
  }

  /** A writer that dies of it would leave those waiting who have to end. */
  @Test
  void fileFoundDamagedWhileTheProgramStops_endsIt() throws Exception {
    Path file = folder.resolve("data/muster.db");
    open(file);
    store.close();
    open(file);
    last.close();
    DamagedPages.overwrite(file);

    assertThrows(StoreFailure.class, () -> store.read(tx -> tx.note("a")));
    refusesToWrite();

    assertTrue(broken.get(60, TimeUnit.SECONDS).startsWith(file + " is damaged: "));
    assertTimeoutPreemptively(Duration.ofSeconds(60), store::close);
  }

  @Test
  void fileGone_letsTheProgramEndAtOnce_withTheCommandThatPutsItBack() throws Exception {
    Path file = folder.resolve("data/muster.db");
    open(file);
    Files.delete(file);

    refusesToWrite();

    String told = broken.get(60, TimeUnit.SECONDS);
    assertTrue(told.contains("Put it back: mkdir -p"), told);
    assertFalse(Files.exists(folder.resolve("data/muster.spool")), "nothing is kept aside");
  }

  @Test
  void folderGone_letsTheProgramEndAtOnce() throws Exception {
    Path file = folder.resolve("data/muster.db");
    open(file);
    Files.move(file.getParent(), folder.resolve("away"));

    refusesToWrite();

    String told = broken.get(60, TimeUnit.SECONDS);
    assertTrue(told.contains("was deleted or moved away"), told);
  }
}
