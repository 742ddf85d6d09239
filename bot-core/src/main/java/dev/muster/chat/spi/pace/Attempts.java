// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi.pace;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers, for this process alone, which attempts certainly did nothing, so that only an order
 * whose fate is unknown is searched for before it is sent again. Forgetting is harmless: then we
 * search. Thread-safe.
 */
public final class Attempts {

  /**
   * A message may show in the history a moment late, so one absence proves nothing; two this far
   * apart do.
   */
  public static final Duration ABSENT_TWICE_APART = Duration.ofSeconds(10);

  private static final int REMEMBERED = 10_000;

  private final Map<String, Integer> nothingDone = new Recent<>(REMEMBERED);
  private final Map<String, Instant> absentSince = new Recent<>(REMEMBERED);

  /** Begins without a memory. */
  public Attempts() {}

  /** Returns whether an earlier attempt of this order may have been carried out. */
  public synchronized boolean mayBeDone(OnceKey key) {
    return key.mayHaveHappened() && nothingDone.getOrDefault(key.value(), 0) < key.attempt() - 1;
  }

  /** Notes that this attempt and, as far as we looked, all before it did nothing. */
  public synchronized void didNothing(OnceKey key) {
    nothingDone.put(key.value(), key.attempt());
    absentSince.remove(key.value());
  }

  /** Notes what came of this attempt, if that says that nothing was done. */
  public void note(OnceKey key, ChatOutcome<?> outcome) {
    if (outcome instanceof ChatOutcome.RetryLater || outcome instanceof ChatOutcome.Refused) {
      didNothing(key);
    }
  }

  /**
   * Notes that what this order makes was searched for and is not there.
   *
   * @return how long to wait before the search that proves it; empty when this one does
   */
  public synchronized Optional<Duration> absent(OnceKey key, Instant now) {
    Instant first =
        absentSince.merge(key.value(), now, (then, again) -> again.isBefore(then) ? again : then);
    Duration left = ABSENT_TWICE_APART.minus(Duration.between(first, now));
    if (left.isNegative() || left.isZero()) {
      absentSince.remove(key.value());
      return Optional.empty();
    }
    return Optional.of(left);
  }
}
