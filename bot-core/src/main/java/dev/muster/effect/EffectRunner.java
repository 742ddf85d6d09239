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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out durable orders the moment they are durable. One thread claims, a few threads call;
 * {@link #wake()} is called after every commit that wrote an order. Whoever ends an order claims in
 * the same transaction what is runnable then, so that steps which wait for each other take one
 * commit each; a unit of work that orders something may do the same with {@link #roomForUnit()}.
 * Some of the callers take only what people wait for, so that a slow platform full of cards delays
 * no answer and no page.
 */
public final class EffectRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);
  private static final int CALLS_AT_ONCE = 20;
  private static final int KEPT_FOR_PEOPLE = 4;
  private static final String STOPPED = "claimed while the program was stopping";
  private static final String NO_THREAD = "the machine made no thread to carry it out";
  private static final Duration WITHOUT_THREAD = Duration.ofSeconds(1);

  private final EffectDesk desk;
  private final AtomicInteger free = new AtomicInteger(CALLS_AT_ONCE);
  private final ExecutorService callers;
  private final WorkLoop claimer;
  private final Queue<Broken> unrecorded = new ConcurrentLinkedQueue<>();

  private volatile boolean started;
  private volatile boolean closing;

  private record Broken(QueuedEffect effect, Throwable cause) {}

  /** Makes a runner; {@link #start()} begins. */
  public EffectRunner(EffectDesk desk, InstantSource clock) {
    this(desk, clock, named());
  }

  /** Makes a runner whose callers are threads of {@code factory}. */
  EffectRunner(EffectDesk desk, InstantSource clock, ThreadFactory factory) {
    this.desk = desk;
    callers = Executors.newFixedThreadPool(CALLS_AT_ONCE, factory);
    claimer = new WorkLoop("effect-claimer", clock, this::claim);
  }

  private static ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return task -> new Thread(task, "effect-caller-" + number.incrementAndGet());
  }

  /** Begins to carry out. */
  public void start() {
    started = true;
    claimer.start();
  }

  /** Returns room for what a unit of work orders. Any thread may ask; never blocks. */
  public UnitRoom roomForUnit() {
    return new Places(0);
  }

  /** Says that an order may have become runnable. Any thread may call; never blocks. */
  public void wake() {
    claimer.wake();
  }

  /** Returns when the loop last went round, for the liveness check. */
  public Instant lastLoop() {
    return claimer.lastRound();
  }

  /** Returns whether nothing more is begun. */
  boolean isStopping() {
    return closing;
  }

  private Optional<Instant> claim() {
    recordLate();
    Places places = new Places(0);
    Priority least = places.least();
    if (places.limit() == 0) {
      return Optional.empty();
    }
    List<QueuedEffect> claimed = claimed(places);
    claimed.forEach(this::begin);
    return claimed.isEmpty() ? desk.nextDue(least) : WorkLoop.MORE;
  }

  private List<QueuedEffect> claimed(Places places) {
    try {
      return desk.claim(places);
    } catch (RuntimeException | Error e) {
      places.free();
      throw e;
    }
  }

  private void begin(QueuedEffect effect) {
    try {
      callers.execute(() -> call(effect));
    } catch (RejectedExecutionException e) {
      giveBack(effect, STOPPED, Duration.ZERO);
    } catch (OutOfMemoryError e) {
      LOG.error("effect_without_thread id={} why={}", effect.id(), e.getMessage());
      giveBack(effect, NO_THREAD, WITHOUT_THREAD);
    }
  }

  /** Goes on with what its end made runnable: one itself, others beside it. */
  private void call(QueuedEffect first) {
    Optional<QueuedEffect> next = Optional.of(first);
    while (next.isPresent() && !closing) {
      List<QueuedEffect> claimed = end(next.get());
      claimed.stream().skip(1).forEach(this::begin);
      next = claimed.stream().findFirst();
    }
    next.ifPresent(effect -> giveBack(effect, STOPPED, Duration.ZERO));
  }

  private List<QueuedEffect> end(QueuedEffect effect) {
    Places places = new Places(1);
    try {
      return desk.carryOut(effect, places);
    } catch (RuntimeException | Error e) {
      places.free();
      LOG.error("effect_broke id={} kind={}", effect.id(), kind(effect), e);
      recordBroken(new Broken(effect, e));
      return List.of();
    } finally {
      free.incrementAndGet();
      wake();
    }
  }

  /** It was claimed and is not called, so nobody need ask what became of it. */
  private void giveBack(QueuedEffect effect, String reason, Duration after) {
    free.incrementAndGet();
    try {
      desk.giveBack(effect, reason, after);
    } catch (RuntimeException | Error e) {
      LOG.error("effect_not_given_back id={}", effect.id(), e);
    }
  }

  /** What one transaction may claim and did; whoever ends an order offers its own place as well. */
  private final class Places implements UnitRoom {
    private final int own;
    private List<QueuedEffect> taken = List.of();

    private Places(int own) {
      this.own = own;
    }

    private int idle() {
      return closing || !started ? 0 : Math.max(0, free.get() + own);
    }

    @Override
    public int limit() {
      int idle = idle();
      return idle <= KEPT_FOR_PEOPLE ? idle : idle - KEPT_FOR_PEOPLE;
    }

    @Override
    public Priority least() {
      return idle() <= KEPT_FOR_PEOPLE ? Priority.PAGING : Priority.BACKGROUND;
    }

    @Override
    public void take(List<QueuedEffect> claimed) {
      taken = claimed;
      free.addAndGet(-claimed.size());
    }

    @Override
    public void begin() {
      taken.forEach(EffectRunner.this::begin);
    }

    @Override
    public void free() {
      free.addAndGet(taken.size());
      taken = List.of();
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
    closing = true;
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
