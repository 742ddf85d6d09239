// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.chat.spi.Within;
import java.time.Duration;

/** Checks numbers and durations against the range their key has. */
final class Ranges {

  private Ranges() {}

  static void check(RecordShape.Slot slot, Object value, String path, Problems problems) {
    slot.range()
        .filter(range -> !holds(range, value))
        .ifPresent(
            range ->
                problems.at(
                    path,
                    slot.key() + " is out of range",
                    "It is from " + range.min() + " to " + range.max()));
  }

  private static boolean holds(Within range, Object value) {
    if (value instanceof Duration duration) {
      return duration.compareTo(Durations.parse(range.min())) >= 0
          && duration.compareTo(Durations.parse(range.max())) <= 0;
    }
    long number = ((Number) value).longValue();
    return number >= Long.parseLong(range.min()) && number <= Long.parseLong(range.max());
  }
}
