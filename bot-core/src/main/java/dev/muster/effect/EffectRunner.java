// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out durable orders the moment they are durable. One thread claims, a few threads call;
 * {@link #wake()} is called after every commit that wrote an order.
 */
public final class EffectRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);
  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
  private static final int CALLS_AT_ONCE = 16;

  private final EffectDesk desk;
  private final InstantSource clock;
  private final Semaphore work = new Semaphore(0);
  private final AtomicInteger free = new AtomicInteger(CALLS_AT_ONCE);
  private final ExecutorService callers;
  private final Thread claimer;
  private final Queue<Broken> unrecorded = new ConcurrentLinkedQueue<>();
  private volatile boolean running = true;
  private volatile Instant lastLoop;

  private record Broken(QueuedEffect effect, RuntimeException cause) {}

  /** Makes a runner; {@link #start()} begins. */
  public EffectRunner(EffectDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
    this.lastLoop = clock.instant();
    AtomicInteger number = new AtomicInteger();
    callers =
        Executors.newFixedThreadPool(
            CALLS_AT_ONCE, task -> new Thread(task, "effect-caller-" + number.incrementAndGet()));
    claimer = new Thread(this::loop, "effect-claimer");
  }

  /** Begins to carry out. */
  public void start() {
    claimer.start();
  }

  /** Says that an order may have become runnable. Any thread may call; never blocks. */
  public void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  /** Returns when the loop last went round, for the liveness check. */
  public Instant lastLoop() {
    return lastLoop;
  }

  private void loop() {
    while (running) {
      lastLoop = clock.instant();
      try {
        recordLate();
        if (!claimOnce()) {
          nap();
        }
      } catch (InterruptedException e) {
        running = false;
      } catch (RuntimeException e) {
        LOG.error("effects_claim_failed", e);
        work.drainPermits();
        pause();
      }
    }
  }

  private boolean claimOnce() {
    int limit = free.get();
    if (limit == 0) {
      return false;
    }
    List<QueuedEffect> claimed = desk.claim(limit);
    for (QueuedEffect effect : claimed) {
      free.decrementAndGet();
      callers.execute(() -> call(effect));
    }
    return !claimed.isEmpty();
  }

  private void call(QueuedEffect effect) {
    try {
      desk.carryOut(effect);
    } catch (RuntimeException e) {
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
    } catch (RuntimeException e) {
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

  private void nap() throws InterruptedException {
    Optional<Instant> due = free.get() == 0 ? Optional.empty() : desk.nextDue();
    Duration wait =
        due.map(at -> Duration.between(clock.instant(), at))
            .filter(left -> left.compareTo(LONGEST_NAP) < 0)
            .orElse(LONGEST_NAP);
    work.tryAcquire(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
    work.drainPermits();
  }

  private void pause() {
    try {
      work.tryAcquire(LONGEST_NAP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  /** Stops claiming and waits up to ten seconds for calls under way; what remains is UNKNOWN. */
  @Override
  public void close() {
    running = false;
    claimer.interrupt();
    callers.shutdown();
    try {
      claimer.join(TimeUnit.SECONDS.toMillis(2));
      if (!callers.awaitTermination(10, TimeUnit.SECONDS)) {
        callers.shutdownNow();
      }
    } catch (InterruptedException e) {
      callers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
