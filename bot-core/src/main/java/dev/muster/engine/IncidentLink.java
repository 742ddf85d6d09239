// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.IncidentId;
import java.util.List;
import java.util.Optional;

/**
 * A link that somebody gave to an incident.
 *
 * @param incident of which incident
 * @param number its number within the incident, from 1
 * @param url where it goes
 * @param label what it is called
 * @param call whether people talk to each other there; the newest one counts
 */
record IncidentLink(IncidentId incident, int number, String url, String label, boolean call) {

  /** Returns the links that stand at the channel's head: of the calls, the newest alone. */
  static List<IncidentLink> current(Moment moment, IncidentId incident) {
    Optional<String> call = callOf(moment, incident);
    return moment.tx().all(IncidentLink.class).of(incident).stream()
        .filter(link -> !link.call() || call.filter(link.url()::equals).isPresent())
        .toList();
  }

  /** Returns where people talk to each other. */
  static Optional<String> callOf(Moment moment, IncidentId incident) {
    return moment.tx().all(IncidentLink.class).of(incident).stream()
        .filter(IncidentLink::call)
        .reduce((before, after) -> after.number() > before.number() ? after : before)
        .map(IncidentLink::url);
  }
}
