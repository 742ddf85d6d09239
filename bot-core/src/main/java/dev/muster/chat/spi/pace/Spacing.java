// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi.pace;

import dev.muster.chat.spi.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps changes of one message apart, so that those in between are merged and nobody sees it
 * flicker. Not thread-safe.
 */
public final class Spacing {

  private final Duration apart;
  private final Map<String, Instant> changedAt;

  /**
   * Begins without a memory.
   *
   * @param apart how far two changes of one message are apart at least
   * @param most how many messages are remembered, at least 1
   */
  public Spacing(Duration apart, int most) {
    this.apart = apart;
    changedAt = new Recent<>(most);
  }

  /** Returns how long a change has to wait; what is more urgent than a card never does. */
  public Optional<Duration> left(String message, Urgency urgency, Instant now) {
    Instant changed = changedAt.get(message);
    boolean cosmetic = !urgency.isBefore(Urgency.CARD);
    if (changed == null || changed.isAfter(now) || !cosmetic) {
      return Optional.empty();
    }
    Duration left = apart.minus(Duration.between(changed, now));
    return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
  }

  /** Notes that a message is changed now. */
  public void changed(String message, Instant now) {
    changedAt.put(message, now);
  }
}
