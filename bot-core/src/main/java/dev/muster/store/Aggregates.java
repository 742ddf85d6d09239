// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.incident.IncidentId;
import java.util.List;
import java.util.Optional;

/**
 * Things that live within an incident, as they are now; within one transaction.
 *
 * @param <T> the kind of thing, a record
 */
public interface Aggregates<T extends Record> {

  /**
   * Stores a thing as it is now.
   *
   * @param open whether something is still to be done about it
   */
  void save(String id, IncidentId incident, boolean open, T thing);

  /** Returns a thing. */
  Optional<T> find(String id);

  /** Returns the things of an incident, oldest first. */
  List<T> of(IncidentId incident);

  /**
   * Returns the things of all incidents about which something is still to be done, oldest first.
   *
   * @param limit at least 1
   */
  List<T> allOpen(int limit);

  /** Returns the things of an incident about which something is still to be done. */
  List<T> openOf(IncidentId incident);
}
