// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import dev.muster.chat.Person;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A fact about one incident. */
public sealed interface IncidentEvent {

  /**
   * The incident was declared.
   *
   * @param id its number
   * @param title what is broken
   * @param severity how large the impact is
   * @param services what is affected
   * @param isPrivate whether only members may see it
   * @param drill whether it is practice
   * @param startedAt when the impact began, if known
   */
  record Declared(
      IncidentId id,
      String title,
      Severity severity,
      List<String> services,
      boolean isPrivate,
      boolean drill,
      Optional<Instant> startedAt)
      implements IncidentEvent {}

  /**
   * Somebody took a role.
   *
   * @param role which
   * @param person who
   * @param before who had it
   */
  record RoleAssigned(Role role, Person person, Optional<Person> before) implements IncidentEvent {}

  /**
   * A role became vacant.
   *
   * @param role which
   * @param person who had it
   */
  record RoleReleased(Role role, Person person) implements IncidentEvent {}

  /**
   * The impact is judged differently.
   *
   * @param from before
   * @param to now
   */
  record SeverityChanged(Severity from, Severity to) implements IncidentEvent {}

  /**
   * The incident moved on, or was reopened.
   *
   * @param from before
   * @param to now
   * @param closing why it was closed; present exactly when {@code to} is CLOSED
   */
  record StatusChanged(IncidentStatus from, IncidentStatus to, Optional<Closing> closing)
      implements IncidentEvent {}

  /**
   * A described part changed.
   *
   * @param field which
   * @param from before
   * @param to now
   */
  record FieldChanged(Field field, String from, String to) implements IncidentEvent {}

  /** The parts people describe. */
  enum Field {
    /** What is broken. */
    TITLE,
    /** Who feels it and how. */
    IMPACT,
    /** What is affected; names separated by comma and space. */
    SERVICES
  }

  /**
   * People outside were promised news.
   *
   * @param at by when; empty when no further update is planned
   */
  record NextUpdateSet(Optional<Instant> at) implements IncidentEvent {}

  /**
   * Somebody may see and work on the incident.
   *
   * @param person who
   */
  record MemberAdded(Person person) implements IncidentEvent {}

  /**
   * Somebody is no longer a member.
   *
   * @param person who
   */
  record MemberRemoved(Person person) implements IncidentEvent {}

  /**
   * The incident is seen by other people from now on; it leaves the channels it had.
   *
   * @param isPrivate whether only members see it
   */
  record VisibilityChanged(boolean isPrivate) implements IncidentEvent {}

  /**
   * The incident has a channel.
   *
   * @param space the channel
   */
  record SpaceOpened(Space space) implements IncidentEvent {}

  /**
   * A channel of the incident is known by another name or identifier now.
   *
   * @param space the channel as it is now
   */
  record SpaceChanged(Space space) implements IncidentEvent {}

  /** Somebody took the incident on. */
  record Acknowledged() implements IncidentEvent {}

  /** A person said or did something here that no other fact records. */
  record Touched() implements IncidentEvent {}
}
