// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/** Turns a local time into the one instant at which a turn begins, when clocks change as well. */
final class LocalTimes {

  private LocalTimes() {}

  /**
   * Returns the first valid instant of a local time: the end of the gap when the clocks jump over
   * it (the standard resolver would move it by the length of the gap instead), and the first
   * occurrence when the clocks show it twice.
   */
  static Instant firstInstant(LocalDateTime local, ZoneId zone) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    if (!offsets.isEmpty()) {
      return local.toInstant(offsets.get(0));
    }
    ZoneOffsetTransition gap = rules.getTransition(local);
    return gap.getInstant();
  }
}
