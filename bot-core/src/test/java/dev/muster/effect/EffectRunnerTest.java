// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.UserRef;
import dev.muster.incident.IncidentId;
import dev.muster.testkit.ManualClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EffectRunnerTest {

  private static QueuedEffect order() {
    Effect effect =
        new Effect.SetTopic(new IncidentId(1), "web", "topic of " + new UserRef("web", "ada"));
    return new QueuedEffect(
        "e1",
        effect,
        "lane",
        Priority.CARDS,
        Optional.empty(),
        QueuedEffect.State.SENDING,
        1,
        Optional.empty(),
        Instant.EPOCH);
  }

  /** Hands out one order whose call throws, and is too busy the first time its end is told. */
  private static final class BusyDesk implements EffectDesk {
    private final AtomicReference<QueuedEffect> waiting = new AtomicReference<>(order());
    private final AtomicInteger told = new AtomicInteger();
    private final CountDownLatch recorded = new CountDownLatch(1);

    @Override
    public List<QueuedEffect> claim(int limit) {
      return Optional.ofNullable(waiting.getAndSet(null)).stream().toList();
    }

    @Override
    public void carryOut(QueuedEffect effect) {
      throw new IllegalStateException("the call broke");
    }

    @Override
    public void broke(QueuedEffect effect, RuntimeException cause) {
      if (told.incrementAndGet() == 1) {
        throw new IllegalStateException("the store is busy");
      }
      recorded.countDown();
    }

    @Override
    public Optional<Instant> nextDue() {
      return Optional.empty();
    }
  }

  @Test
  void endOfAnOrder_storeBusyAtFirst_isRecordedLater() throws InterruptedException {
    BusyDesk desk = new BusyDesk();
    try (EffectRunner runner = new EffectRunner(desk, ManualClock.atNoon())) {
      runner.start();

      assertTrue(desk.recorded.await(10, TimeUnit.SECONDS), "the end was never recorded");
    }

    assertEquals(2, desk.told.get());
  }
}
