// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi.pace;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * What a platform asked us to leave for a while. Lives in memory alone: after a restart a pause is
 * forgotten, and asked for once more. Not thread-safe.
 */
public final class Pauses {

  /** How much later than asked a pause ends, at most, as a part of it. */
  private static final double JITTER = 0.1;

  private final DoubleSupplier random;
  private final Map<String, Instant> until;

  /**
   * Begins without a pause.
   *
   * @param most how many are remembered, at least 1
   * @param random numbers from 0 to 1, so that not everybody goes on at the same moment
   */
  public Pauses(int most, DoubleSupplier random) {
    this.random = random;
    until = new Recent<>(most);
  }

  /** Returns a wait that is as long as asked for, or a little longer. */
  public Duration lengthened(Duration wait) {
    return wait.plusMillis((long) (wait.toMillis() * JITTER * random.getAsDouble()));
  }

  /** Begins a pause of that length, whatever was asked for before. */
  public void begin(String what, Instant now, Duration wait) {
    until.put(what, now.plus(wait));
  }

  /** Returns how long a pause goes on; empty when there is none. */
  public Optional<Duration> left(String what, Instant now) {
    Instant end = until.getOrDefault(what, Instant.MIN);
    Duration wait = Duration.between(now, end.isAfter(now) ? end : now);
    // A longer one than we ever order was ordered before the clock was put back.
    boolean ordered = !wait.isZero() && wait.compareTo(RetryAfter.LONGEST.multipliedBy(2)) < 0;
    return ordered ? Optional.of(wait) : Optional.empty();
  }
}
