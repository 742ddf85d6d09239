// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.time.Duration;
import java.util.Optional;

/**
 * A duration, or {@code off}.
 *
 * @param value the duration; empty when it is off
 */
record DurationOrOff(Optional<Duration> value) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  static DurationOrOff parse(String text) {
    if (text.equalsIgnoreCase("off")) {
      return new DurationOrOff(Optional.empty());
    }
    Duration duration = Durations.parse(text);
    if (duration.compareTo(SHORTEST) < 0) {
      throw new BadValue("'" + text + "' is too short", "Write off, or at least 1s");
    }
    return new DurationOrOff(Optional.of(duration));
  }
}
