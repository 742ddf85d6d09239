// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.UserRef;
import dev.muster.incident.IncidentId;
import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EffectRunnerTest {

  private static QueuedEffect order() {
    return order(Priority.CARDS);
  }

  private static QueuedEffect order(Priority priority) {
    Effect effect =
        new Effect.SetTopic(new IncidentId(1), "web", "topic of " + new UserRef("web", "ada"));
    return new QueuedEffect(
        "e1",
        effect,
        "lane",
        priority,
        Optional.empty(),
        QueuedEffect.State.SENDING,
        false,
        1,
        Optional.empty(),
        Instant.EPOCH);
  }

  private static List<QueuedEffect> taken(Room room, List<QueuedEffect> claimed) {
    room.take(claimed);
    return claimed;
  }

  /** Hands out one order whose call throws, and is too busy the first time its end is told. */
  private static final class BusyDesk implements EffectDesk {
    private final AtomicReference<QueuedEffect> waiting = new AtomicReference<>(order());
    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch recorded = new CountDownLatch(1);
    private final Runnable call;

    BusyDesk(Runnable call) {
      this.call = call;
    }

    @Override
    public List<QueuedEffect> claim(Room room) {
      return taken(room, Optional.ofNullable(waiting.getAndSet(null)).stream().toList());
    }

    @Override
    public List<QueuedEffect> carryOut(QueuedEffect effect, Room room) {
      call.run();
      return List.of();
    }

    @Override
    public void giveBack(QueuedEffect claimed, String reason, Duration after) {
      throw new IllegalStateException("nothing is claimed that is not begun");
    }

    @Override
    public void broke(QueuedEffect effect, Throwable cause) {
      if (told.incrementAndGet() == 1) {
        throw new IllegalStateException("the store is busy");
      }
      recorded.countDown();
    }

    @Override
    public Optional<Instant> nextDue(Priority least) {
      return Optional.empty();
    }
  }

  @Test
  void endOfAnOrder_storeBusyAtFirst_isRecordedLater() throws InterruptedException {
    assertRecorded(
        () -> {
          throw new IllegalStateException("the call broke");
        });
  }

  @Test
  void endOfAnOrder_callRanOutOfStack_isRecorded() throws InterruptedException {
    assertRecorded(
        () -> {
          throw new StackOverflowError();
        });
  }

  @Test
  void roomForUnit_beforeTheStartAndAfterTheEnd_isNone() {
    EffectRunner runner = new EffectRunner(new BusyDesk(() -> {}), ManualClock.atNoon());
    UnitRoom before = runner.roomForUnit();
    assertEquals(0, before.limit(), "whoever starts looks at all attempts first");
    runner.start();
    assertTrue(before.limit() > 0);
    runner.close();

    assertEquals(0, before.limit());
  }

  private static void assertRecorded(Runnable call) throws InterruptedException {
    BusyDesk desk = new BusyDesk(call);
    try (EffectRunner runner = new EffectRunner(desk, ManualClock.atNoon())) {
      runner.start();

      assertTrue(desk.recorded.await(60, TimeUnit.SECONDS), "the end was never recorded");
    }

    assertEquals(2, desk.told.get());
  }

  /** Hands out as many cards as are asked for, each of which hangs, and one page. */
  private static final class HangingDesk implements EffectDesk {
    private final CountDownLatch hang = new CountDownLatch(1);
    private final CountDownLatch paged = new CountDownLatch(1);
    private final CountDownLatch full = new CountDownLatch(16);
    private final AtomicReference<QueuedEffect> page = new AtomicReference<>();

    @Override
    public List<QueuedEffect> claim(Room room) {
      QueuedEffect waiting = page.getAndSet(null);
      if (waiting != null) {
        return taken(room, List.of(waiting));
      }
      return room.least() == Priority.PAGING
          ? List.of()
          : taken(room, Collections.nCopies(room.limit(), order()));
    }

    @Override
    public List<QueuedEffect> carryOut(QueuedEffect effect, Room room) {
      if (effect.priority() == Priority.PAGING) {
        paged.countDown();
        return List.of();
      }
      full.countDown();
      try {
        hang.await(120, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return List.of();
    }

    @Override
    public void giveBack(QueuedEffect claimed, String reason, Duration after) {
      throw new IllegalStateException("nothing is claimed that is not begun");
    }

    @Override
    public void broke(QueuedEffect effect, Throwable cause) {
      throw new IllegalStateException(cause);
    }

    @Override
    public Optional<Instant> nextDue(Priority least) {
      return Optional.empty();
    }
  }

  /** Hands out one order until it is carried out; keeps what is given back. */
  private static final class PatientDesk implements EffectDesk {
    private final AtomicReference<QueuedEffect> waiting = new AtomicReference<>(order());
    private final List<String> givenBack = new CopyOnWriteArrayList<>();
    private final CountDownLatch carriedOut = new CountDownLatch(1);

    @Override
    public List<QueuedEffect> claim(Room room) {
      return taken(room, Optional.ofNullable(waiting.getAndSet(null)).stream().toList());
    }

    @Override
    public List<QueuedEffect> carryOut(QueuedEffect effect, Room room) {
      carriedOut.countDown();
      return List.of();
    }

    @Override
    public void giveBack(QueuedEffect claimed, String reason, Duration after) {
      givenBack.add(reason + ", again after " + after);
      waiting.set(claimed);
    }

    @Override
    public void broke(QueuedEffect effect, Throwable cause) {
      throw new IllegalStateException(cause);
    }

    @Override
    public Optional<Instant> nextDue(Priority least) {
      return Optional.empty();
    }
  }

  @Test
  void order_machineMakesNoThread_isGivenBackAndCarriedOutLater() throws InterruptedException {
    PatientDesk desk = new PatientDesk();
    AtomicInteger made = new AtomicInteger();
    ThreadFactory scarce = task -> made.incrementAndGet() == 1 ? noThread() : new Thread(task);
    try (EffectRunner runner = new EffectRunner(desk, ManualClock.atNoon(), scarce)) {
      runner.start();

      assertTrue(desk.carriedOut.await(60, TimeUnit.SECONDS), "it was never carried out");

      assertEquals(
          List.of("the machine made no thread to carry it out, again after PT1S"), desk.givenBack);
    }
  }

  private static Thread noThread() {
    return new Thread() {
      @Override
      public synchronized void start() {
        throw new OutOfMemoryError("unable to create native thread");
      }
    };
  }

  @Test
  void page_allCardsHang_isCarriedOutBesideThem() throws InterruptedException {
    HangingDesk desk = new HangingDesk();
    try (EffectRunner runner = new EffectRunner(desk, ManualClock.atNoon())) {
      runner.start();
      assertTrue(desk.full.await(60, TimeUnit.SECONDS), "cards did not take every place of theirs");

      desk.page.set(order(Priority.PAGING));
      runner.wake();

      assertTrue(desk.paged.await(60, TimeUnit.SECONDS), "the page waited for the cards");
      desk.hang.countDown();
    }
  }
}
