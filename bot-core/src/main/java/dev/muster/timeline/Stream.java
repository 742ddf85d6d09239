// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

import dev.muster.incident.IncidentId;
import java.util.Optional;

/**
 * Where a fact belongs: to one incident, or to none (the journal).
 *
 * @param number the incident's number; 0 for the journal
 */
public record Stream(long number) {

  /** The stream of facts that belong to no incident. */
  public static final Stream JOURNAL = new Stream(0);

  /** Returns the stream of an incident. */
  public static Stream of(IncidentId id) {
    return new Stream(id.number());
  }

  /** Returns the incident, unless this is the journal. */
  public Optional<IncidentId> incident() {
    return number == 0 ? Optional.empty() : Optional.of(new IncidentId(number));
  }
}
