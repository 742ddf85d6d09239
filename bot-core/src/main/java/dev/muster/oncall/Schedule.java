// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Who is on call when.
 *
 * @param name what policies call it
 * @param zone whose calendar and clock the hand-overs follow
 * @param rotation who takes turns
 * @param overrides who stands in; where two cover the same instant the later in the list wins; null
 *     means none
 */
public record Schedule(String name, ZoneId zone, Rotation rotation, List<Override> overrides) {

  /** Refuses a nameless schedule. */
  public Schedule {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("a schedule needs a name, for example payments");
    }
    overrides = overrides == null ? List.of() : List.copyOf(overrides);
  }

  /** Returns the identifier of the one person on call at an instant. */
  public String onCallAt(Instant at) {
    return turnAt(at).person();
  }

  /**
   * Returns who is on call at an instant and for how long without a change. An override is one
   * turn; the rotation's turn around it is cut where an override begins or ends.
   */
  public Turn turnAt(Instant at) {
    for (int i = overrides.size() - 1; i >= 0; i--) {
      Override override = overrides.get(i);
      if (override.covers(at)) {
        return cut(new Turn(override.person(), override.from(), override.until()), at, i + 1);
      }
    }
    return cut(rotation.turnAt(at, zone), at, 0);
  }

  private Turn cut(Turn turn, Instant at, int firstStronger) {
    Instant from = turn.from();
    Instant until = turn.until();
    for (Override stronger : overrides.subList(firstStronger, overrides.size())) {
      if (stronger.until().isAfter(from) && !stronger.until().isAfter(at)) {
        from = stronger.until();
      }
      if (stronger.from().isBefore(until) && stronger.from().isAfter(at)) {
        until = stronger.from();
      }
    }
    return new Turn(turn.person(), from, until);
  }
}
