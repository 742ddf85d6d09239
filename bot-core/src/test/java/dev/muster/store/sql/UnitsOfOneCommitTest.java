// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.store.Tx;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units that share a commit: what throws takes nothing with it, wherever in the commit it is. */
class UnitsOfOneCommitTest {

  private static final RuntimeException FAILURE = new IllegalStateException("on purpose");

  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicInteger ids = new AtomicInteger();
  private final Telemetry counts = new Telemetry();
  private final LinkedBlockingQueue<String> afterwards = new LinkedBlockingQueue<>();
  private SqlStore store;
  @TempDir Path folder;

  @BeforeEach
  void open() {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + folder.resolve("muster.db"),
            clock,
            () -> "id-" + ids.incrementAndGet(),
            counts);
    store = ((StoreOpening.Opened) opening).store();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private boolean keep(Tx tx, String name) {
    tx.keepNote(name, "kept");
    tx.afterCommit(() -> afterwards.add(name));
    return true;
  }

  private boolean keepAndThrow(Tx tx, String name) {
    keep(tx, name);
    throw FAILURE;
  }

  /** Hands in units while the first of them is under way, so that all are in one commit. */
  private List<CompletableFuture<Boolean>> together(List<Function<Tx, Boolean>> units)
      throws InterruptedException {
    CountDownLatch allQueued = new CountDownLatch(1);
    long commits = counts.counted("muster_store_commits_total");
    List<CompletableFuture<Boolean>> futures = new ArrayList<>();
    futures.add(store.submit(tx -> awaited(allQueued) && units.get(0).apply(tx)));
    units.stream().skip(1).map(store::submit).forEach(futures::add);
    allQueued.countDown();
    CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
        .exceptionally(failed -> null)
        .join();
    assertEquals(commits + 1, counts.counted("muster_store_commits_total"));
    return futures;
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> kept() {
    return List.copyOf(store.read(tx -> tx.notes("", 100)).keySet());
  }

  @Test
  void units_ofWhichTheFirstThrows_areAllKeptButThat() throws Exception {
    var futures =
        together(List.of(tx -> keepAndThrow(tx, "a"), tx -> keep(tx, "b"), tx -> keep(tx, "c")));

    assertSame(FAILURE, assertThrows(CompletionException.class, futures.get(0)::join).getCause());
    assertEquals(List.of("b", "c"), kept());
    assertEquals(List.of("b", "c"), List.of(afterwards.take(), afterwards.take()));
  }

  @Test
  void units_ofWhichAnotherThrows_areAllKeptButThat() throws Exception {
    var futures =
        together(List.of(tx -> keep(tx, "a"), tx -> keepAndThrow(tx, "b"), tx -> keep(tx, "c")));

    assertSame(FAILURE, assertThrows(CompletionException.class, futures.get(1)::join).getCause());
    assertEquals(List.of("a", "c"), kept());
  }

  @Test
  void units_thatAllThrow_leaveNothingAndTheNextIsKept() throws Exception {
    together(List.of(tx -> keepAndThrow(tx, "a"), tx -> keepAndThrow(tx, "b")));

    assertEquals(true, store.run(tx -> keep(tx, "c")));
    assertEquals(List.of("c"), kept());
  }

  @Test
  void unit_withAnotherInItsPlace_leavesOnlyWhatThatOneWrote() throws Exception {
    BiFunction<Tx, Throwable, Boolean> instead =
        (tx, error) -> error == FAILURE && tx.note("a").isEmpty() && keep(tx, "b");

    assertEquals(true, store.run(tx -> keepAndThrow(tx, "a"), instead));
    assertEquals(true, store.forMachines().run(tx -> keepAndThrow(tx, "a"), instead));

    assertEquals(List.of("b"), kept());
    assertEquals(List.of("b", "b"), List.of(afterwards.take(), afterwards.take()));
  }

  @Test
  void unit_thatSucceeds_needsNothingInItsPlace() {
    store.run(tx -> keep(tx, "a"), (tx, error) -> keep(tx, "b"));

    assertEquals(List.of("a"), kept());
  }

  @Test
  void unit_whoseOtherThrowsToo_leavesNothing() {
    RuntimeException second = new IllegalStateException("again");

    assertSame(
        second,
        assertThrows(
            IllegalStateException.class,
            () ->
                store.run(
                    tx -> keepAndThrow(tx, "a"),
                    (tx, error) -> {
                      keep(tx, "b");
                      throw second;
                    })));

    assertEquals(List.of(), kept());
    assertEquals(Optional.empty(), store.run(tx -> tx.note("b")));
  }

  /** Behind another of the same commit it has a savepoint; nothing gets between the two. */
  @Test
  void unit_withAnotherInItsPlace_isFollowedByWhatCameLater() throws Exception {
    Thread sender =
        new Thread(() -> store.run(tx -> keepAndThrow(tx, "b"), (tx, error) -> keep(tx, "seen")));
    var later = new CompletableFuture<Boolean>();
    Thread last = new Thread(() -> later.complete(store.run(tx -> tx.note("seen").isPresent())));
    store.run(tx -> queued(sender) && queued(last) && keep(tx, "a"));

    assertEquals(true, later.get(30, TimeUnit.SECONDS));
    sender.join();
    assertEquals(List.of("a", "seen"), kept());
  }

  /** Whoever waits for the others stands at the beginning, or is no part of what is undone. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void units_thatMayRepeat_areAllKeptButTheOneThatThrows(boolean firstToo) throws Exception {
    CountDownLatch allQueued = new CountDownLatch(1);
    long commits = counts.counted("muster_store_commits_total");
    Function<Tx, Boolean> waits = tx -> awaited(allQueued) && keep(tx, "a");
    List<CompletableFuture<Boolean>> futures = new ArrayList<>();
    futures.add(firstToo ? store.submit(waits, (tx, error) -> false) : store.submit(waits));
    futures.add(store.submit(tx -> keep(tx, "b"), (tx, error) -> false));
    futures.add(store.submit(tx -> keepAndThrow(tx, "c"), (tx, error) -> keep(tx, "d")));
    futures.add(store.submit(tx -> keep(tx, "e"), (tx, error) -> false));
    futures.add(store.submit(tx -> keepAndThrow(tx, "f")));
    futures.add(store.submit(tx -> keep(tx, "g"), (tx, error) -> false));
    allQueued.countDown();

    assertSame(
        FAILURE, assertThrows(CompletionException.class, futures.remove(4)::join).getCause());
    for (CompletableFuture<Boolean> future : futures) {
      assertEquals(true, future.join());
    }
    assertEquals(List.of("a", "b", "d", "e", "g"), kept());
    for (String name : kept()) {
      assertEquals(name, afterwards.take(), "each follows its commit once");
    }
    assertEquals(List.of(), List.copyOf(afterwards));
    assertEquals(commits + 1, counts.counted("muster_store_commits_total"));
  }

  /** Only what says that it may is carried out more than once. */
  @Test
  void unit_thatMustNotRepeat_isCarriedOutOnceWhateverThrowsBesideIt() throws Exception {
    AtomicInteger times = new AtomicInteger();
    CountDownLatch allQueued = new CountDownLatch(1);
    store.submit(tx -> awaited(allQueued) && keep(tx, "a"), (tx, error) -> false);
    var once = store.submit(tx -> times.incrementAndGet() == 1 && keep(tx, "b"));
    var last = store.submit(tx -> keepAndThrow(tx, "c"), (tx, error) -> keep(tx, "d"));
    allQueued.countDown();

    assertEquals(true, last.join());
    assertEquals(true, once.join());
    assertEquals(1, times.get());
    assertEquals(List.of("a", "b", "d"), kept());
  }

  private static boolean queued(Thread thread) {
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return true;
  }
}
