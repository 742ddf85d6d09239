// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import java.time.Instant;

/**
 * Somebody stands in for whoever would be on call.
 *
 * @param person identifier of the person who stands in
 * @param from first instant
 * @param until first instant after it
 */
public record Override(String person, Instant from, Instant until) {

  /** Refuses a nameless stand-in and an end that is not after the start. */
  public Override {
    if (person == null || person.isBlank()) {
      throw new IllegalArgumentException("an override needs a person");
    }
    if (!from.isBefore(until)) {
      throw new IllegalArgumentException(
          "an override ends after it begins; " + until + " is not after " + from);
    }
  }

  boolean covers(Instant at) {
    return !at.isBefore(from) && at.isBefore(until);
  }
}
