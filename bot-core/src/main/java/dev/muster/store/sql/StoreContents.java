// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.time.Instant;
import java.util.Optional;

/**
 * How much a store holds.
 *
 * @param incidents how many incidents there are
 * @param highest the highest number of an incident; 0 for none
 * @param entries how many facts there are
 * @param lastFact when the newest fact was recorded
 */
public record StoreContents(
    long incidents, long highest, long entries, Optional<Instant> lastFact) {

  static StoreContents of(Statements statements) {
    return new StoreContents(
        statements.number("SELECT count(*) FROM incident"),
        statements.number("SELECT max(number) FROM incident"),
        statements.number("SELECT count(*) FROM timeline"),
        statements
            .first("SELECT max(at) FROM timeline", row -> (Long) row.getObject(1))
            .map(Micros::read));
  }

  /** Returns whether something was recorded here that the other one does not have. */
  boolean isNewerThan(StoreContents other) {
    return entries > other.entries()
        || lastFact.orElse(Instant.MIN).isAfter(other.lastFact().orElse(Instant.MIN));
  }
}
