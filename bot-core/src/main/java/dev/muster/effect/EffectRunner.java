// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out durable orders the moment they are durable. One thread claims, a few threads call;
 * {@link #wake()} is called after every commit that wrote an order. Some of the callers take only
 * what people wait for, so that a slow platform full of cards delays no answer and no page.
 */
public final class EffectRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);
  private static final int CALLS_AT_ONCE = 20;
  private static final int KEPT_FOR_PEOPLE = 4;

  private final EffectDesk desk;
  private final AtomicInteger free = new AtomicInteger(CALLS_AT_ONCE);
  private final ExecutorService callers;
  private final WorkLoop claimer;
  private final Queue<Broken> unrecorded = new ConcurrentLinkedQueue<>();

  private record Broken(QueuedEffect effect, Throwable cause) {}

  /** Makes a runner; {@link #start()} begins. */
  public EffectRunner(EffectDesk desk, InstantSource clock) {
    this.desk = desk;
    AtomicInteger number = new AtomicInteger();
    callers =
        Executors.newFixedThreadPool(
            CALLS_AT_ONCE, task -> new Thread(task, "effect-caller-" + number.incrementAndGet()));
    claimer = new WorkLoop("effect-claimer", clock, this::claim);
  }

  /** Begins to carry out. */
  public void start() {
    claimer.start();
  }

  /** Says that an order may have become runnable. Any thread may call; never blocks. */
  public void wake() {
    claimer.wake();
  }

  /** Returns when the loop last went round, for the liveness check. */
  public Instant lastLoop() {
    return claimer.lastRound();
  }

  private Optional<Instant> claim() {
    recordLate();
    int idle = free.get();
    if (idle == 0) {
      return Optional.empty();
    }
    boolean peopleOnly = idle <= KEPT_FOR_PEOPLE;
    Priority least = peopleOnly ? Priority.PAGING : Priority.BACKGROUND;
    List<QueuedEffect> claimed = desk.claim(peopleOnly ? idle : idle - KEPT_FOR_PEOPLE, least);
    for (QueuedEffect effect : claimed) {
      free.decrementAndGet();
      callers.execute(() -> call(effect));
    }
    return claimed.isEmpty() ? desk.nextDue(least) : WorkLoop.MORE;
  }

  private void call(QueuedEffect effect) {
    try {
      desk.carryOut(effect);
    } catch (RuntimeException | Error e) {
      LOG.error("effect_broke id={} kind={}", effect.id(), kind(effect), e);
      recordBroken(new Broken(effect, e));
    } finally {
      free.incrementAndGet();
      wake();
    }
  }

  /** An order whose end could not be written down stays ours until it can. */
  private void recordBroken(Broken broken) {
    try {
      desk.broke(broken.effect(), broken.cause());
    } catch (RuntimeException | Error e) {
      LOG.error("effect_end_not_recorded id={}", broken.effect().id(), e);
      unrecorded.add(broken);
    }
  }

  private void recordLate() {
    for (int left = unrecorded.size(); left > 0; left--) {
      Broken broken = unrecorded.poll();
      if (broken != null) {
        recordBroken(broken);
      }
    }
  }

  private static String kind(QueuedEffect effect) {
    return effect.effect().getClass().getSimpleName();
  }

  /** Stops claiming and waits up to ten seconds for calls under way; what remains is UNKNOWN. */
  @Override
  public void close() {
    claimer.close();
    callers.shutdown();
    try {
      if (!callers.awaitTermination(10, TimeUnit.SECONDS)) {
        callers.shutdownNow();
      }
    } catch (InterruptedException e) {
      callers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
