// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import dev.muster.chat.Person;
import java.time.Instant;
import java.util.Optional;

/**
 * Something to be done while the incident lasts, before it is resolved. What is agreed for later is
 * an action item. Immutable; each method returns the task as it is afterwards.
 *
 * @param incident of which incident
 * @param number its number within the incident, from 1
 * @param text what is to be done, as a person wrote it
 * @param owner who does it; empty while nobody has it
 * @param doneAt when it was done; empty while it is open
 * @param revision counts its changes, from 1
 */
public record IncidentTask(
    IncidentId incident,
    int number,
    String text,
    Optional<Person> owner,
    Optional<Instant> doneAt,
    int revision) {

  /** Returns whether it is still to be done. */
  public boolean open() {
    return doneAt.isEmpty();
  }

  /** Returns the task in other hands; empty hands mean that nobody has it. */
  public IncidentTask givenTo(Optional<Person> person) {
    return new IncidentTask(incident, number, text, person, doneAt, revision + 1);
  }

  /** Returns the task once it is done. */
  public IncidentTask done(Instant at) {
    return new IncidentTask(incident, number, text, owner, Optional.of(at), revision + 1);
  }

  /** Returns {@code #1 restart the queue – Li, done}. */
  public String line() {
    return "#"
        + number
        + " "
        + text
        + owner.map(person -> " – " + person.name()).orElse(" – nobody has it")
        + (open() ? "" : ", done");
  }
}
