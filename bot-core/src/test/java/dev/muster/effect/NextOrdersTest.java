// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.IncidentId;
import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is claimed in the transaction of an end is begun after it, within the places there are. */
class NextOrdersTest {

  private static final int PLACES = 20;
  private static final int FOR_PEOPLE = 4;

  private static QueuedEffect order(String id, Priority priority) {
    return new QueuedEffect(
        id,
        new Effect.SetTopic(new IncidentId(1), "web", "topic"),
        "lane " + id,
        priority,
        Optional.empty(),
        QueuedEffect.State.SENDING,
        false,
        1,
        Optional.empty(),
        Instant.EPOCH);
  }

  /** Remembers who is under way; only ends claim, once the first order was claimed. */
  private static class ChainDesk implements EffectDesk {
    final Queue<QueuedEffect> waiting = new ConcurrentLinkedQueue<>();
    final Queue<String> begun = new ConcurrentLinkedQueue<>();
    final Queue<String> givenBack = new ConcurrentLinkedQueue<>();
    final AtomicInteger underWay = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();
    final CountDownLatch all;
    private boolean first = true;

    ChainDesk(int orders, Priority priority) {
      all = new CountDownLatch(orders);
      for (int i = 0; i < orders; i++) {
        waiting.add(order("e" + i, priority));
      }
    }

    @Override
    public synchronized List<QueuedEffect> claim(Room room) {
      if (!first) {
        return List.of();
      }
      first = false;
      return claim(room, 1);
    }

    synchronized List<QueuedEffect> claim(Room room, int limit) {
      List<QueuedEffect> claimed = new ArrayList<>();
      while (claimed.size() < limit
          && !waiting.isEmpty()
          && waiting.peek().priority().compareTo(room.least()) <= 0) {
        claimed.add(waiting.remove());
      }
      room.take(claimed);
      underWay.addAndGet(claimed.size());
      most.accumulateAndGet(underWay.get(), Math::max);
      return claimed;
    }

    @Override
    public List<QueuedEffect> carryOut(QueuedEffect effect, Room room) {
      begun.add(effect.id());
      return end(room);
    }

    synchronized List<QueuedEffect> end(Room room) {
      underWay.decrementAndGet();
      all.countDown();
      return claim(room, room.limit());
    }

    @Override
    public void broke(QueuedEffect effect, Throwable cause) {
      throw new IllegalStateException(cause);
    }

    @Override
    public void giveBack(QueuedEffect claimed, String reason, Duration after) {
      givenBack.add(claimed.id());
    }

    @Override
    public Optional<Instant> nextDue(Priority least) {
      return Optional.empty();
    }
  }

  @Test
  void ends_manyOrdersWait_beginThemWithinThePlacesForCards() throws InterruptedException {
    ChainDesk desk = new ChainDesk(300, Priority.CARDS);
    try (EffectRunner runner = new EffectRunner(desk, ManualClock.atNoon())) {
      runner.start();
      assertTrue(desk.all.await(60, TimeUnit.SECONDS), desk.all.getCount() + " were never begun");
    }

    assertEquals(300, List.copyOf(desk.begun).stream().distinct().count());
    assertEquals(300, desk.begun.size(), "one was begun twice");
    assertTrue(desk.most.get() <= PLACES - FOR_PEOPLE, desk.most + " cards at once");
    assertTrue(desk.most.get() > 1, "an end claimed for its own place alone");
  }

  @Test
  void ends_storeTakesClaimsBack_placesAreFreeAgain() throws InterruptedException {
    AtomicInteger lost = new AtomicInteger();
    AtomicInteger room = new AtomicInteger();
    ChainDesk desk =
        new ChainDesk(1, Priority.CARDS) {
          @Override
          public synchronized List<QueuedEffect> claim(Room free) {
            int before = lost.getAndIncrement();
            if (before < 1) {
              free.take(List.of(order("x", Priority.CARDS), order("y", Priority.CARDS)));
              throw new IllegalStateException("the commit failed");
            }
            room.compareAndSet(0, free.limit());
            return super.claim(free);
          }
        };
    try (EffectRunner runner = new EffectRunner(desk, ManualClock.atNoon())) {
      runner.start();
      assertTrue(desk.all.await(60, TimeUnit.SECONDS), "nothing was claimed after the failure");
    }

    assertEquals(PLACES - FOR_PEOPLE, room.get(), "places were lost");
    assertEquals(List.of("e0"), List.copyOf(desk.begun));
  }

  @Test
  void end_whileTheRunnerStops_nextIsGivenBackAndNotCalled() throws InterruptedException {
    CountDownLatch calling = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch stopping = new CountDownLatch(1);
    ChainDesk desk =
        new ChainDesk(3, Priority.CARDS) {
          @Override
          public List<QueuedEffect> carryOut(QueuedEffect effect, Room room) {
            begun.add(effect.id());
            calling.countDown();
            List<QueuedEffect> claimed = end(room);
            ended.countDown();
            await(stopping);
            return claimed;
          }
        };
    EffectRunner runner = new EffectRunner(desk, ManualClock.atNoon());
    runner.start();
    assertTrue(calling.await(60, TimeUnit.SECONDS));
    assertTrue(ended.await(60, TimeUnit.SECONDS));
    Thread closer = new Thread(runner::close, "closer");
    closer.start();
    while (!runner.isStopping()) {
      Thread.onSpinWait();
    }
    awaitEnd(closer, stopping);

    assertEquals(List.of("e0"), List.copyOf(desk.begun));
    assertEquals(List.of("e1", "e2"), desk.givenBack.stream().sorted().toList());
  }

  @Test
  void end_afterTheRunnerWasStopped_hasNoRoom() throws InterruptedException {
    CountDownLatch calling = new CountDownLatch(1);
    CountDownLatch stopping = new CountDownLatch(1);
    ChainDesk desk =
        new ChainDesk(2, Priority.CARDS) {
          @Override
          public List<QueuedEffect> carryOut(QueuedEffect effect, Room room) {
            begun.add(effect.id());
            calling.countDown();
            await(stopping);
            return end(room);
          }
        };
    EffectRunner runner = new EffectRunner(desk, ManualClock.atNoon());
    runner.start();
    assertTrue(calling.await(60, TimeUnit.SECONDS));
    Thread closer = new Thread(runner::close, "closer");
    closer.start();
    while (!runner.isStopping()) {
      Thread.onSpinWait();
    }
    awaitEnd(closer, stopping);

    assertEquals(List.of("e0"), List.copyOf(desk.begun));
    assertEquals(List.of(), List.copyOf(desk.givenBack));
    assertEquals(1, desk.waiting.size(), "it is claimed by the next process");
  }

  @Test
  void roomForUnit_thatIsGivenBack_isThereAgain() {
    ChainDesk desk = new ChainDesk(0, Priority.CARDS);
    try (EffectRunner runner = new EffectRunner(desk, ManualClock.atNoon())) {
      runner.start();
      int all = runner.roomForUnit().limit();
      UnitRoom room = runner.roomForUnit();
      room.take(List.of(order("x", Priority.CARDS), order("y", Priority.CARDS)));
      assertEquals(all - 2, runner.roomForUnit().limit());

      room.free();
      room.free();

      assertEquals(all, runner.roomForUnit().limit());
    }
  }

  private static void awaitEnd(Thread closer, CountDownLatch stopping) throws InterruptedException {
    stopping.countDown();
    closer.join(60_000);
    assertFalse(closer.isAlive());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(60, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
