// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One named thread that goes round: it works while there is work, naps for at most a second, and is
 * woken when work arrives. A round that throws is logged and tried again after a nap.
 */
public final class WorkLoop implements AutoCloseable {

  /** What a round returns when there is more to do at once. */
  public static final Optional<Instant> MORE = Optional.of(Instant.MIN);

  private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);
  private static final Duration SHORTEST_NAP = Duration.ofMillis(1);
  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

  private final String name;
  private final InstantSource clock;
  private final Round round;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread;
  private volatile boolean running = true;
  private volatile Instant lastRound;

  /** What is done each time round. */
  @FunctionalInterface
  public interface Round {

    /**
     * Does what can be done now; runs on the loop's thread alone.
     *
     * @return when there is work again, {@link #MORE} when there is at once, empty when nobody
     *     knows
     */
    Optional<Instant> go();
  }

  /** Makes a loop; {@link #start()} begins. */
  public WorkLoop(String name, InstantSource clock, Round round) {
    this.name = name;
    this.clock = clock;
    this.round = round;
    this.lastRound = clock.instant();
    this.thread = new Thread(this::run, name);
  }

  /** Begins to go round. */
  public void start() {
    thread.start();
  }

  /** Says that there may be work. Any thread may call; never blocks. */
  public void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  /** Returns when the last round began, for the liveness check. */
  public Instant lastRound() {
    return lastRound;
  }

  private void run() {
    while (running) {
      lastRound = clock.instant();
      try {
        nap(goRound());
      } catch (InterruptedException e) {
        running = false;
      }
    }
  }

  private Duration goRound() {
    try {
      Optional<Instant> next = round.go();
      return next.equals(MORE) ? Duration.ZERO : untilThen(next);
    } catch (RuntimeException | Error e) {
      LOG.error("loop_failed loop={}", name, e);
      work.drainPermits();
      return LONGEST_NAP;
    }
  }

  private Duration untilThen(Optional<Instant> next) {
    return next.map(at -> Duration.between(clock.instant(), at))
        .filter(left -> left.compareTo(LONGEST_NAP) < 0)
        .map(left -> left.compareTo(SHORTEST_NAP) < 0 ? SHORTEST_NAP : left)
        .orElse(LONGEST_NAP);
  }

  private void nap(Duration wait) throws InterruptedException {
    if (!wait.isZero()) {
      work.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
      work.drainPermits();
    }
  }

  /** Ends after the round under way; waits up to five seconds for it. */
  @Override
  public void close() {
    running = false;
    thread.interrupt();
    try {
      thread.join(ENDS_WITHIN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
