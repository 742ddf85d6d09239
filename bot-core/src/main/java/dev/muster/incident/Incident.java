// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An incident as its facts made it. Immutable; {@link IncidentDecisions} decides what may happen,
 * {@link IncidentHistory} applies what happened.
 *
 * @param id its number
 * @param title what is broken, at most 250 characters
 * @param severity how large the impact is
 * @param status where it is
 * @param closing why it was closed; empty while it is not
 * @param roles who wears which hat; a missing role is vacant
 * @param spaces its channels, one per platform at most
 * @param milestones the instants known so far
 * @param impact who feels it and how; empty until somebody says so
 * @param services what is affected
 * @param isPrivate whether only members may see it
 * @param drill whether it is practice
 * @param nextUpdate by when people outside were promised news
 * @param members who belongs to it; decides who sees a private incident
 * @param declaredBy who declared it: {@code person}, {@code alert} and so on, and who exactly
 * @param touched whether a person has said or done anything in it
 * @param version counts its facts
 */
public record Incident(
    IncidentId id,
    String title,
    Severity severity,
    IncidentStatus status,
    Optional<Closing> closing,
    Map<Role, Person> roles,
    List<Space> spaces,
    Map<Milestone, Instant> milestones,
    String impact,
    List<String> services,
    boolean isPrivate,
    boolean drill,
    Optional<Instant> nextUpdate,
    Set<UserRef> members,
    Declarer declaredBy,
    boolean touched,
    long version) {

  /**
   * Who declared an incident.
   *
   * @param type as {@link Actor#type()}
   * @param id as {@link Actor#id()}
   * @param name as {@link Actor#name()}
   */
  public record Declarer(String type, String id, String name) {}

  /** Keeps unmodifiable copies. */
  public Incident {
    roles = Map.copyOf(roles);
    spaces = List.copyOf(spaces);
    milestones = Map.copyOf(milestones);
    services = List.copyOf(services);
    members = Set.copyOf(members);
  }

  /** Returns who decides; empty while the role is vacant. */
  public Optional<Person> commander() {
    return holder(Role.COMMANDER);
  }

  /** Returns who wears a hat. */
  public Optional<Person> holder(Role role) {
    return Optional.ofNullable(roles.get(role));
  }

  /** Returns the incident's channel on a platform. */
  public Optional<Space> spaceOn(String platform) {
    return spaces.stream().filter(space -> space.platform().equals(platform)).findFirst();
  }

  /** Returns whether the whole channel belongs to this incident. */
  public boolean livesIn(ChannelRef channel) {
    return spaces.stream().anyMatch(space -> space.place().equals(channel));
  }

  /** Returns whether this person may know that the incident exists. */
  public boolean visibleTo(Optional<UserRef> viewer) {
    return !isPrivate || viewer.filter(members::contains).isPresent();
  }

  /** Returns when a milestone was reached. */
  public Optional<Instant> reached(Milestone milestone) {
    return Optional.ofNullable(milestones.get(milestone));
  }
}
