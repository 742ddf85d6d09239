// SPDX-License-Identifier: Apache-2.0
package dev.muster.http;

import dev.muster.store.UnitOfWork;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Knows whether the store takes a write, however often it is asked: an answer stands for a second,
 * a write that went well for three, and after one that did not the store is tried at each look. A
 * store that does not answer in time is not ready. Any thread may ask.
 */
final class Readiness {

  static final Duration STANDS = Duration.ofSeconds(1);
  static final Duration PROBED_EVERY = Duration.ofSeconds(3);

  /** A write takes milliseconds; supervisors wait for some seconds. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String CANARY = "canary";

  private final UnitOfWork store;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Duration patience;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Look last;
  private long probedAt;

  /** What was seen, and when. */
  private record Look(boolean ready, long at) {}

  /**
   * Creates it; nothing is looked at before somebody asks.
   *
   * @param nanos a clock that only goes forwards, in nanoseconds
   * @param patience how long a write may take at most
   */
  Readiness(UnitOfWork store, InstantSource clock, LongSupplier nanos, Duration patience) {
    this.store = store;
    this.clock = clock;
    this.nanos = nanos;
    this.patience = patience;
  }

  /** Returns whether the store takes writes. */
  boolean isReady() {
    Look seen = last;
    return stands(seen) ? seen.ready() : look();
  }

  private boolean stands(Look seen) {
    return seen != null && nanos.getAsLong() - seen.at() < STANDS.toNanos();
  }

  private boolean look() {
    try {
      if (!looking.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      if (!stands(last)) {
        boolean ready = probe();
        last = new Look(ready, nanos.getAsLong());
      }
      return last.ready();
    } finally {
      looking.unlock();
    }
  }

  private boolean probe() {
    long now = nanos.getAsLong();
    boolean fresh = last != null && last.ready() && now - probedAt < PROBED_EVERY.toNanos();
    if (!fresh) {
      probedAt = now;
    }
    return fresh || isWritable();
  }

  private boolean isWritable() {
    try {
      store
          .submit(
              tx -> {
                tx.keepNote(CANARY, clock.instant().toString());
                return true;
              })
          .get(patience.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      return false;
    }
  }
}
