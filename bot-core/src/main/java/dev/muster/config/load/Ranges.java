// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import dev.muster.chat.spi.Within;
import java.time.Duration;
import java.util.Optional;

/** Checks numbers and durations against the range their key has. */
final class Ranges {

  private Ranges() {}

  /** Returns whether a value is in its range, and reports it when it is not. */
  static boolean check(RecordShape.Slot slot, Object value, String path, Problems problems) {
    boolean holds = slot.range().map(range -> holds(range, value)).orElse(true);
    if (!holds) {
      Within range = slot.range().orElseThrow();
      problems.at(
          path,
          shown(value) + " is out of range",
          "It is from " + range.min() + " to " + range.max());
    }
    return holds;
  }

  private static String shown(Object value) {
    return value instanceof Number ? value.toString() : "This";
  }

  private static boolean holds(Within range, Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.isEmpty() || holds(range, optional.get());
    }
    if (value instanceof Duration duration) {
      return duration.compareTo(Durations.parse(range.min())) >= 0
          && duration.compareTo(Durations.parse(range.max())) <= 0;
    }
    long number = ((Number) value).longValue();
    return number >= Long.parseLong(range.min()) && number <= Long.parseLong(range.max());
  }
}
