// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.IncidentEvent.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Applies facts to an incident, one after another. Pure: the same facts make the same incident. */
public final class IncidentHistory {

  private final Incident before;
  private String title;
  private Severity severity;
  private IncidentStatus status;
  private Optional<Closing> closing;
  private final Map<Role, Person> roles = new EnumMap<>(Role.class);
  private final List<Space> spaces;
  private final Map<Milestone, Instant> milestones = new EnumMap<>(Milestone.class);
  private String impact;
  private List<String> services;
  private Optional<Instant> nextUpdate;
  private final Set<UserRef> members;
  private boolean isPrivate;

  private IncidentHistory(Incident before) {
    this.before = before;
    title = before.title();
    severity = before.severity();
    status = before.status();
    closing = before.closing();
    roles.putAll(before.roles());
    spaces = new ArrayList<>(before.spaces());
    milestones.putAll(before.milestones());
    impact = before.impact();
    services = before.services();
    nextUpdate = before.nextUpdate();
    members = new HashSet<>(before.members());
    isPrivate = before.isPrivate();
  }

  /** Returns the incident that a declaration begins. */
  public static Incident begin(IncidentEvent.Declared declared, Actor actor, Instant at) {
    Map<Milestone, Instant> milestones = new EnumMap<>(Milestone.class);
    declared.startedAt().ifPresent(start -> milestones.put(Milestone.STARTED, start));
    milestones.put(Milestone.DETECTED, at);
    milestones.put(Milestone.DECLARED, at);
    if (actor.human().isPresent()) {
      milestones.put(Milestone.ACKNOWLEDGED, at);
    }
    Set<UserRef> members = new HashSet<>();
    actor.human().ifPresent(person -> members.add(person.ref()));
    return new Incident(
        declared.id(),
        declared.title(),
        declared.severity(),
        IncidentStatus.INVESTIGATING,
        Optional.empty(),
        Map.of(),
        List.of(),
        milestones,
        "",
        declared.services(),
        declared.isPrivate(),
        declared.drill(),
        Optional.empty(),
        members,
        new Incident.Declarer(actor.type(), actor.id(), actor.name()),
        actor.human().isPresent(),
        1);
  }

  /** Returns the incident after one more fact. */
  public static Incident after(Incident before, IncidentEvent event, Actor actor, Instant at) {
    return new IncidentHistory(before).apply(event, actor, at);
  }

  private Incident apply(IncidentEvent event, Actor actor, Instant at) {
    if (event instanceof IncidentEvent.RoleAssigned e) {
      assign(e, actor, at);
    } else if (event instanceof IncidentEvent.RoleReleased e) {
      roles.remove(e.role());
    } else if (event instanceof IncidentEvent.SeverityChanged e) {
      severity = e.to();
    } else if (event instanceof IncidentEvent.StatusChanged e) {
      move(e, at);
    } else if (event instanceof IncidentEvent.FieldChanged e) {
      describe(e);
    } else if (event instanceof IncidentEvent.NextUpdateSet e) {
      nextUpdate = e.at();
    } else {
      applyMembership(event, at);
    }
    return result(before.touched() || actor.human().isPresent());
  }

  private void applyMembership(IncidentEvent event, Instant at) {
    if (event instanceof IncidentEvent.MemberAdded e) {
      members.add(e.person().ref());
    } else if (event instanceof IncidentEvent.MemberRemoved e) {
      members.remove(e.person().ref());
    } else if (event instanceof IncidentEvent.VisibilityChanged e) {
      isPrivate = e.isPrivate();
      spaces.clear();
    } else if (event instanceof IncidentEvent.SpaceOpened e) {
      live(e.space());
    } else if (event instanceof IncidentEvent.SpaceChanged e) {
      live(e.space());
    } else if (event instanceof IncidentEvent.Acknowledged) {
      milestones.putIfAbsent(Milestone.ACKNOWLEDGED, at);
    }
  }

  /** One space per platform: a new one takes the place of the old. */
  private void live(Space space) {
    spaces.removeIf(old -> old.platform().equals(space.platform()));
    spaces.add(space);
  }

  private void assign(IncidentEvent.RoleAssigned event, Actor actor, Instant at) {
    roles.put(event.role(), event.person());
    members.add(event.person().ref());
    if (event.role() == Role.COMMANDER && actor.human().isPresent()) {
      milestones.putIfAbsent(Milestone.ACKNOWLEDGED, at);
    }
  }

  private void move(IncidentEvent.StatusChanged event, Instant at) {
    status = event.to();
    closing = event.closing();
    switch (event.to()) {
      case INVESTIGATING -> {
        milestones.remove(Milestone.IDENTIFIED);
        milestones.remove(Milestone.MITIGATED);
        milestones.remove(Milestone.RESOLVED);
        milestones.remove(Milestone.CLOSED);
      }
      case IDENTIFIED -> milestones.put(Milestone.IDENTIFIED, at);
      case MITIGATED -> milestones.put(Milestone.MITIGATED, at);
      case RESOLVED -> milestones.put(Milestone.RESOLVED, at);
      case CLOSED -> milestones.put(Milestone.CLOSED, at);
    }
    if (!event.to().isOpen()) {
      nextUpdate = Optional.empty();
    }
  }

  private void describe(IncidentEvent.FieldChanged event) {
    if (event.field() == Field.TITLE) {
      title = event.to();
    } else if (event.field() == Field.IMPACT) {
      impact = event.to();
    } else {
      services = event.to().isEmpty() ? List.of() : List.of(event.to().split(", "));
    }
  }

  private Incident result(boolean touched) {
    return new Incident(
        before.id(),
        title,
        severity,
        status,
        closing,
        roles,
        spaces,
        milestones,
        impact,
        services,
        isPrivate,
        before.drill(),
        nextUpdate,
        members,
        before.declaredBy(),
        touched,
        before.version() + 1);
  }
}
