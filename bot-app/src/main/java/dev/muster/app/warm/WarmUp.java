// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.warm;

import dev.muster.chat.spi.ChatPlatform;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through everything that happens around an incident, once the program serves, over a core of
 * its own that is thrown away: what a process does for the first time takes it many times as long
 * as later, and the first incident after a start is the one that somebody waits for. One thread,
 * the least urgent there is; it stands back while anything real arrives, and takes only so much.
 */
public final class WarmUp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private static final long LOOK_MILLIS = 2;
  private static final long STANDS_BACK_MILLIS = 20;

  /** How long a step may take; all it has to wait for are its own threads. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private final Surroundings around;
  private final Limits limits;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private boolean begun;
  private long began;
  private Duration tookBefore;
  private long seen;
  private long seenAt;

  /**
   * What it knows of the program.
   *
   * @param jdbcUrl the store, beside which the other lies meanwhile
   * @param clock the clock
   * @param ids identifiers, none of which the program gets
   * @param platforms the chat platforms; they rehearse what is shown to nobody
   * @param arrivals how much the program has had to store so far
   * @param processorTime how much the process has taken so far
   */
  public record Surroundings(
      String jdbcUrl,
      InstantSource clock,
      Supplier<String> ids,
      List<ChatPlatform> platforms,
      LongSupplier arrivals,
      Supplier<Duration> processorTime) {}

  /**
   * Where it ends.
   *
   * @param rounds after so many
   * @param processorTime after so much of the whole process
   * @param time after so long
   * @param quiet how long nothing real has to have arrived
   */
  record Limits(int rounds, Duration processorTime, Duration time, Duration quiet) {

    static final Limits USUAL =
        new Limits(60, Duration.ofSeconds(5), Duration.ofMinutes(2), Duration.ofMillis(300));
  }

  /** Why it ended. */
  enum End {
    /** Nothing more is to be gained. */
    ROUNDS,
    /** It took what it may. */
    PROCESSOR_TIME,
    /** It had to stand back for too long. */
    TIME,
    /** The program ends. */
    CLOSED,
    /** It could not go on. */
    FAILED
  }

  /**
   * What became of it.
   *
   * @param end why it ended
   * @param steps how many it took, see {@link Walk}
   */
  record Outcome(End end, int steps) {}

  /**
   * Makes one that has not begun.
   *
   * @param threads makes its thread, in a group of {@link WarmThreads}
   */
  public WarmUp(Surroundings around, ThreadFactory threads) {
    this(around, Limits.USUAL, threads);
  }

  WarmUp(Surroundings around, Limits limits, ThreadFactory threads) {
    this.around = around;
    this.limits = limits;
    this.thread = threads.newThread(this::run);
  }

  /** Begins, unless it did or was closed. */
  public synchronized void begin() {
    if (!begun && !isClosed()) {
      begun = true;
      thread.start();
    }
  }

  /** Returns what completes when nothing of it is left. */
  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  private void run() {
    began = System.nanoTime();
    tookBefore = around.processorTime().get();
    seenAt = began;
    Outcome found = walked();
    LOG.info(
        "warmed_up rounds={} because={} cpu_ms={} took_ms={}",
        found.steps() / Walk.STEPS,
        found.end().name().toLowerCase(Locale.ROOT),
        taken().toMillis(),
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    outcome.complete(found);
  }

  private Outcome walked() {
    int steps = 0;
    try (WalkGround ground =
        new WalkGround(around.jdbcUrl(), around.clock(), around.ids(), around.platforms())) {
      Walk walk = new Walk(ground);
      Optional<End> end = end(steps);
      while (end.isEmpty()) {
        walk.step(steps++);
        settle(ground);
        end = end(steps);
      }
      return new Outcome(end.get(), steps);
    } catch (IOException | RuntimeException e) {
      // Nothing hangs on it: what comes first is slower, as it would be without.
      LOG.info("warm_up_failed steps={}", steps, e);
      return new Outcome(End.FAILED, steps);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(End.CLOSED, steps);
    }
  }

  /** Stands back while something real arrives; returns why no further step is taken, if so. */
  private Optional<End> end(int steps) throws InterruptedException {
    while (!isClosed()) {
      if (steps >= limits.rounds() * Walk.STEPS) {
        return Optional.of(End.ROUNDS);
      }
      if (System.nanoTime() - began >= limits.time().toNanos()) {
        return Optional.of(End.TIME);
      }
      if (isQuiet()) {
        boolean spent = taken().compareTo(limits.processorTime()) >= 0;
        return spent ? Optional.of(End.PROCESSOR_TIME) : Optional.empty();
      }
      closed.await(STANDS_BACK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return Optional.of(End.CLOSED);
  }

  private Duration taken() {
    return around.processorTime().get().minus(tookBefore);
  }

  private boolean isQuiet() {
    long now = System.nanoTime();
    long arrived = around.arrivals().getAsLong();
    if (arrived != seen) {
      seen = arrived;
      seenAt = now;
    }
    return now - seenAt >= limits.quiet().toNanos();
  }

  private void settle(WalkGround ground) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!ground.isSettled() && !isClosed()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("a step of the walk does not come to its end");
      }
      closed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Ends it, and waits until nothing of it is left. */
  @Override
  public void close() {
    synchronized (this) {
      closed.countDown();
    }
    try {
      thread.join(ENDS_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
