// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.config.LiveConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * A clock that goes on like the machine's and can be moved on beside that, so that nobody has to
 * wait for what comes later. To the program it is time that has passed, not a clock that was set.
 * Any thread may use it.
 */
public final class MovedOn implements InstantSource {

  private final AtomicLong millis;

  /** Creates one that is so much ahead of the machine's, or behind it. */
  public MovedOn(Duration ahead) {
    millis = new AtomicLong(ahead.toMillis());
  }

  /** Moves it on. */
  public void by(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not go back by " + time);
    }
    millis.addAndGet(time.toMillis());
  }

  /** Returns how much it is ahead of the machine's. */
  public Duration ahead() {
    return Duration.ofMillis(millis.get());
  }

  @Override
  public Instant instant() {
    return Assembly.now().plus(ahead());
  }

  /** Wires the program as it is, on this clock. */
  public Assembly assembly(LiveConfig config, Function<String, String> env) {
    return new Assembly(config, env, new SteadyClock(new SteadyClock.Sources(this, elapsed())));
  }

  private SteadyClock.Elapsed elapsed() {
    return new SteadyClock.Elapsed() {
      @Override
      public Duration awake() {
        return Duration.ofNanos(System.nanoTime()).plus(ahead());
      }

      @Override
      public Optional<Duration> up() {
        return Optional.empty();
      }
    };
  }
}
