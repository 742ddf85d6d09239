// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.Memory;
import dev.muster.store.Tx;
import dev.muster.timeline.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every store promises. A store's test class extends this one and supplies its {@link
 * StoreWorld}; the tests are final, so none can be blanked out.
 */
public abstract class StoreContract extends RecordContract {

  private static final int PATIENCE_SECONDS = 60;

  private List<String> texts() {
    return read(tx -> tx.timeline().read(FIRST, 0, 10_000, Set.of())).stream()
        .map(TimelineEntry::text)
        .toList();
  }

  @Test
  public final void run_throwingBetweenTwoStatements_leavesNothing() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                change(
                    tx -> {
                      tx.keepNote("half", "done");
                      tx.timeline().append(FIRST, note("half"), NOON);
                      throw new IllegalStateException("on purpose");
                    }));

    assertEquals("on purpose", thrown.getMessage());
    assertEquals(Optional.empty(), read(tx -> tx.note("half")));
    assertEquals(List.of(), texts());
  }

  @Test
  public final void submit_oneOfManyThrows_onlyThatOneIsRolledBack() {
    List<CompletableFuture<Long>> all = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      boolean bad = i % 7 == 3;
      all.add(
          store()
              .submit(
                  tx -> {
                    long seq = tx.timeline().append(FIRST, note("n"), NOON).seq();
                    if (bad) {
                      throw new IllegalStateException("on purpose");
                    }
                    return seq;
                  }));
    }

    List<Long> places = new ArrayList<>();
    int refused = 0;
    for (CompletableFuture<Long> each : all) {
      try {
        places.add(each.join());
      } catch (CompletionException e) {
        refused++;
      }
    }

    assertEquals(7, refused);
    assertEquals(LongStream.rangeClosed(1, 43).boxed().toList(), places);
    assertEquals(43, texts().size());
    assertEquals(Optional.empty(), read(tx -> tx.timeline().firstBroken(FIRST)));
  }

  @Test
  public final void run_twoRacing_neverSeeTheSamePlace() throws InterruptedException {
    int each = 200;
    List<Thread> writers = new ArrayList<>();
    for (int w = 0; w < 2; w++) {
      Thread thread =
          new Thread(
              () -> {
                for (int i = 0; i < each; i++) {
                  change(
                      tx -> {
                        long count = tx.note("count").map(Long::valueOf).orElse(0L);
                        tx.keepNote("count", Long.toString(count + 1));
                      });
                }
              });
      writers.add(thread);
      thread.start();
    }
    for (Thread thread : writers) {
      thread.join();
    }

    assertEquals(Optional.of(Integer.toString(2 * each)), read(tx -> tx.note("count")));
  }

  @Test
  public final void run_insideAUnitOfWork_isRefusedAndNotWaitedFor() {
    assertThrows(
        IllegalStateException.class, () -> change(tx -> change(inner -> inner.keepNote("a", "b"))));
    assertEquals(Optional.empty(), read(tx -> tx.note("a")));
  }

  @Test
  public final void read_writingInside_isRefused() {
    assertThrows(
        RuntimeException.class,
        () ->
            read(
                tx -> {
                  tx.keepNote("a", "b");
                  return true;
                }));
    assertEquals(Optional.empty(), read(tx -> tx.note("a")));
  }

  @Test
  public final void tx_keptBeyondItsUnit_isRefused() {
    AtomicReference<Tx> kept = new AtomicReference<>();
    change(kept::set);

    assertThrows(IllegalStateException.class, () -> kept.get().note("a"));
  }

  @Test
  public final void afterCommit_committed_runsOnceAndSeesWhatWasWritten() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    AtomicReference<Optional<String>> seen = new AtomicReference<>();
    List<String> order = new ArrayList<>();
    store()
        .submit(
            tx -> {
              tx.keepNote("a", "b");
              tx.afterCommit(
                  () -> {
                    seen.set(read(later -> later.note("a")));
                    order.add("action");
                    ran.countDown();
                  });
              return true;
            });

    assertTrue(ran.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(Optional.of("b"), seen.get());
    assertEquals(List.of("action"), order);
  }

  @Test
  public final void afterCommit_rolledBack_neverRuns() {
    List<String> ran = new ArrayList<>();
    assertThrows(
        IllegalStateException.class,
        () ->
            change(
                tx -> {
                  tx.afterCommit(() -> ran.add("lost"));
                  throw new IllegalStateException("on purpose");
                }));
    CompletableFuture<Boolean> behind = new CompletableFuture<>();
    change(tx -> tx.afterCommit(() -> behind.complete(true)));

    assertTrue(behind.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
    assertEquals(List.of(), ran);
  }

  @Test
  public final void reopening_afterStopAndAfterCrash_keepsEveryAcknowledgedRow() {
    for (int round = 0; round < 3; round++) {
      int from = round * 10;
      for (int i = 0; i < 10; i++) {
        String text = "n" + (from + i);
        change(tx -> tx.timeline().append(FIRST, note(text), NOON));
      }
      if (round % 2 == 0) {
        world().crash();
      } else {
        world().stop();
      }
    }

    assertEquals(LongStream.range(0, 30).mapToObj(i -> "n" + i).toList(), texts());
    assertEquals(Optional.empty(), read(tx -> tx.timeline().firstBroken(FIRST)));
    assertEquals(31, (long) write(tx -> tx.timeline().append(FIRST, note("x"), NOON).seq()));
    world().settle();
    assertFalse(read(tx -> tx.timeline().search("n29", Optional.empty(), 10)).isEmpty());
  }

  @Test
  public final void memory_scan_isInOrderOfUtf8BytesAndPaged() {
    Memory memory = world().memory("web");
    memory.put(
        List.of(
            Memory.Write.of("a/2", "two"),
            Memory.Write.of("a/10", "ten"),
            Memory.Write.of("a/\uFF5E", "wide"),
            Memory.Write.of("a/\uD83D\uDE00", "smile"),
            Memory.Write.of("a", "bare"),
            Memory.Write.of("b/1", "other")));
    world().memory("slack").put(List.of(Memory.Write.of("a/1", "not yours")));

    List<Memory.Entry> first = memory.scan("a/", "", 2);
    List<Memory.Entry> rest = memory.scan("a/", first.get(1).key(), 10);

    assertEquals(List.of("ten", "two"), first.stream().map(Memory.Entry::value).toList());
    assertEquals(List.of("wide", "smile"), rest.stream().map(Memory.Entry::value).toList());
    assertEquals(6, memory.scan("", "", 1_000).size());
  }

  @Test
  public final void memory_putIfAbsent_writesAllOrNothing() {
    Memory memory = world().memory("web");
    assertTrue(memory.putIfAbsent(List.of("k"), List.of(Memory.Write.of("k", "1"))));

    boolean again =
        memory.putIfAbsent(
            List.of("k", "other"), List.of(Memory.Write.of("k", "2"), Memory.Write.of("x", "3")));

    assertFalse(again);
    assertEquals(Optional.of("1"), memory.get("k"));
    assertEquals(Optional.empty(), memory.get("x"));
    memory.put(List.of(Memory.Write.remove("k")));
    assertEquals(Optional.empty(), memory.get("k"));
  }

  @Test
  public final void memory_rememberedInAUnit_isWrittenWithTheRest() {
    change(tx -> tx.remember("web", List.of(Memory.Write.of("mark", "1"))));
    assertThrows(
        IllegalStateException.class,
        () ->
            change(
                tx -> {
                  tx.remember("web", List.of(Memory.Write.of("mark", "2")));
                  throw new IllegalStateException("on purpose");
                }));

    assertEquals(Optional.of("1"), world().memory("web").get("mark"));
  }
}
