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
 * The clock that the program reads may be set as well, which changes nothing of the time that has
 * passed. Any thread may use it.
 */
public final class MovedOn implements InstantSource {

  private final AtomicLong millis;
  private final AtomicLong wrong;

  /** Creates one that is so much ahead of the machine's, or behind it. */
  public MovedOn(Duration ahead) {
    this(ahead, Duration.ZERO);
  }

  /** Creates one that is so much ahead, and of which the program sees one that is so far out. */
  public MovedOn(Duration ahead, Duration wrong) {
    millis = new AtomicLong(ahead.toMillis());
    this.wrong = new AtomicLong(wrong.toMillis());
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

  /** Sets the clock that the program reads, so that it is out by that much. */
  public void set(Duration by) {
    wrong.set(by.toMillis());
  }

  /** Returns how far out the clock is that the program reads. */
  public Duration wrong() {
    return Duration.ofMillis(wrong.get());
  }

  @Override
  public Instant instant() {
    return Assembly.now().plus(ahead());
  }

  /** Wires the program as it is, on this clock. */
  public Assembly assembly(LiveConfig config, Function<String, String> env) {
    InstantSource wall = () -> instant().plus(wrong());
    return new Assembly(config, env, new SteadyClock(new SteadyClock.Sources(wall, elapsed())));
  }

  private SteadyClock.Elapsed elapsed() {
    return new SteadyClock.Elapsed() {
      @Override
      public Duration awake() {
        return Duration.ofNanos(System.nanoTime()).plus(ahead());
      }

      /** The machine of a trial does not sleep. */
      @Override
      public Optional<Duration> up() {
        return Optional.of(awake());
      }
    };
  }
}
