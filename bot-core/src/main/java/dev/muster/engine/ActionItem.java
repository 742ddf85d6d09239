// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * An agreed follow-up.
 *
 * @param incident of which incident
 * @param number its number within the incident, from 1
 * @param text what is to be done
 * @param owner who does it
 * @param due by which day
 * @param doneAt when it was done
 */
record ActionItem(
    IncidentId incident,
    int number,
    String text,
    Optional<Person> owner,
    Optional<LocalDate> due,
    Optional<Instant> doneAt) {

  /** Returns {@code #1 add an alert – Li, due 2026-12-01, done}. */
  String line() {
    return "#"
        + number
        + " "
        + text
        + owner.map(person -> " – " + person.name()).orElse(" – no owner")
        + due.map(day -> ", due " + day).orElse("")
        + (doneAt.isPresent() ? ", done" : "");
  }
}
