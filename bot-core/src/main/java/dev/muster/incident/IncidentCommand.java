// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import dev.muster.chat.Person;
import dev.muster.incident.IncidentEvent.Field;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something somebody wants to happen to an incident that exists. */
public sealed interface IncidentCommand {

  /**
   * Give a role to a person.
   *
   * @param role which
   * @param person to whom
   */
  record AssignRole(Role role, Person person) implements IncidentCommand {}

  /**
   * Take a role from whoever has it.
   *
   * @param role which
   */
  record ReleaseRole(Role role) implements IncidentCommand {}

  /**
   * Judge the impact differently.
   *
   * @param to the new severity
   */
  record ChangeSeverity(Severity to) implements IncidentCommand {}

  /**
   * Move forward.
   *
   * @param to the wanted status; not CLOSED
   */
  record Advance(IncidentStatus to) implements IncidentCommand {}

  /**
   * Close.
   *
   * @param closing why
   * @param openMatters what must be settled first, one phrase each; empty when nothing
   */
  record Close(Closing closing, List<String> openMatters) implements IncidentCommand {}

  /**
   * Go back to investigating.
   *
   * @param reason why; must not be blank
   */
  record Reopen(String reason) implements IncidentCommand {}

  /**
   * Describe a part.
   *
   * @param field which
   * @param to the new words
   */
  record Describe(Field field, String to) implements IncidentCommand {}

  /**
   * Promise news.
   *
   * @param at by when
   */
  record PromiseUpdate(Optional<Instant> at) implements IncidentCommand {}

  /**
   * Add members.
   *
   * @param people who; those who are members already are left out
   */
  record AddMembers(List<Person> people) implements IncidentCommand {}

  /**
   * Show it to its members alone, or to everybody.
   *
   * @param toPrivate whether only members are to see it
   * @param in who is to be a member, if not one already; counts when it becomes private
   * @param out who cannot be a member of a private incident
   */
  record ChangeVisibility(boolean toPrivate, List<Person> in, List<Person> out)
      implements IncidentCommand {}

  /** Take the incident on. */
  record Acknowledge() implements IncidentCommand {}
}
