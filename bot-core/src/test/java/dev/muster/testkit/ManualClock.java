// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that only moves when told to. Any thread may read it. */
public final class ManualClock implements InstantSource {

  private final AtomicReference<Instant> now;

  /** Creates a clock that shows {@code start}. */
  public ManualClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  /** Creates a clock that shows a fixed instant, the same for every test. */
  public static ManualClock atNoon() {
    return new ManualClock(Instant.parse("2026-11-20T12:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /** Moves the clock by {@code step}, which may be negative, and returns the new instant. */
  public Instant advance(Duration step) {
    return now.updateAndGet(before -> before.plus(step));
  }

  /** Sets the clock to {@code instant}. */
  public void set(Instant instant) {
    now.set(instant);
  }
}
