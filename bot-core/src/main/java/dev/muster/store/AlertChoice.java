// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.chat.UserRef;
import java.time.Instant;

/**
 * What somebody decided about an alert.
 *
 * @param alert the alert's identifier
 * @param kind what
 * @param by who
 * @param at when
 * @param until until when it holds
 */
public record AlertChoice(String alert, Kind kind, UserRef by, Instant at, Instant until) {

  /** What can be decided. */
  public enum Kind {
    /** It became an incident. */
    DECLARED,
    /** It was put to an incident. */
    ATTACHED,
    /** Nobody wants to hear of it for a time. */
    SNOOZED,
    /** It is no incident; do not ask again. */
    NOT_AN_INCIDENT
  }

  /** Returns whether it still holds. */
  public boolean holds(Instant now) {
    return now.isBefore(until);
  }
}
