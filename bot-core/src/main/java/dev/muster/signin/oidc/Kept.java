// SPDX-License-Identifier: Apache-2.0
package dev.muster.signin.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Something of the provider that is kept: fetched anew after an hour, served on for a day when that
 * fails, and not asked for again within seconds of a failure. Thread-safe; one thread fetches, and
 * nobody waits long for it: the others get what is kept, or hear that the provider is slow.
 */
final class Kept<T> {

  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration GRACE = Duration.ofHours(24);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** As long as an answer usually takes, for the first who come at once. */
  private static final long WAIT_MILLIS = 500;

  private final Source<T> source;
  private final InstantSource clock;
  private final ReentrantLock fetching = new ReentrantLock();
  private volatile Held<T> held;
  private Failed failed;

  /** Where it comes from. */
  interface Source<T> {
    T fetch() throws SignInFailure;
  }

  private record Held<T>(T value, Instant at) {}

  private record Failed(SignInFailure why, Instant at) {}

  Kept(Source<T> source, InstantSource clock) {
    this.source = source;
    this.clock = clock;
  }

  /** Returns it, from memory where that is fresh enough. */
  T get() throws SignInFailure {
    return get(FRESH);
  }

  /** Returns it, fetched within the time given, or as it was while that is possible. */
  T get(Duration age) throws SignInFailure {
    Held<T> known = held;
    if (known != null && isWithin(known.at(), age)) {
      return known.value();
    }
    boolean usable = known != null && isWithin(known.at(), GRACE);
    if (!isMine(usable ? 0 : WAIT_MILLIS)) {
      return usable ? known.value() : slow();
    }
    try {
      return again(age);
    } finally {
      fetching.unlock();
    }
  }

  private boolean isMine(long waitMillis) {
    try {
      return fetching.tryLock(waitMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static <V> V slow() throws SignInFailure {
    throw new SignInFailure(SignInFailure.Reason.UNREACHABLE, "somebody else still waits for it");
  }

  private T again(Duration age) throws SignInFailure {
    Held<T> known = held;
    if (known != null && isWithin(known.at(), age)) {
      return known.value();
    }
    if (failed == null || !isWithin(failed.at(), PAUSE)) {
      try {
        held = new Held<>(source.fetch(), clock.instant());
        failed = null;
        return held.value();
      } catch (SignInFailure e) {
        failed = new Failed(e, clock.instant());
      }
    }
    if (known != null && isWithin(known.at(), GRACE)) {
      return known.value();
    }
    throw failed.why();
  }

  /** A clock that was set back stretches nothing. */
  private boolean isWithin(Instant then, Duration time) {
    return Duration.between(then, clock.instant()).abs().compareTo(time) < 0;
  }
}
