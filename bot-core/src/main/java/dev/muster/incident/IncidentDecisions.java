// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import dev.muster.chat.Person;
import dev.muster.chat.UtcText;
import dev.muster.incident.IncidentEvent.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what a command does to an incident. Pure: who may ask was decided before, and nothing is
 * looked up.
 */
public final class IncidentDecisions {

  /** Longest title in characters; longer ones are cut and the full text stays on the timeline. */
  public static final int MAX_TITLE = 250;

  private final Incident incident;

  private IncidentDecisions(Incident incident) {
    this.incident = incident;
  }

  /** Returns what {@code command} leads to, given the incident and the time. */
  public static Decision decide(Incident incident, IncidentCommand command, Instant now) {
    return new IncidentDecisions(incident).decide(command, now);
  }

  /** Returns why nothing more may be done in an incident; empty unless it is closed. */
  public static Optional<Rejection> closed(Incident incident) {
    return incident.status() == IncidentStatus.CLOSED
        ? new IncidentDecisions(incident)
            .alreadyClosed()
            .match(events -> Optional.empty(), Optional::of)
        : Optional.empty();
  }

  private Decision decide(IncidentCommand command, Instant now) {
    if (command instanceof IncidentCommand.Reopen c) {
      return reopen(c);
    }
    if (command instanceof IncidentCommand.Close c) {
      return close(c);
    }
    if (command instanceof IncidentCommand.AddMembers c) {
      return addMembers(c);
    }
    if (incident.status() == IncidentStatus.CLOSED) {
      return alreadyClosed();
    }
    if (command instanceof IncidentCommand.Advance c) {
      return advance(c.to());
    }
    if (command instanceof IncidentCommand.AssignRole c) {
      return assign(c);
    }
    return decideDetail(command, now);
  }

  private Decision decideDetail(IncidentCommand command, Instant now) {
    if (command instanceof IncidentCommand.ReleaseRole c) {
      return release(c.role());
    }
    if (command instanceof IncidentCommand.ChangeSeverity c) {
      return changeSeverity(c.to());
    }
    if (command instanceof IncidentCommand.Describe c) {
      return describe(c);
    }
    if (command instanceof IncidentCommand.PromiseUpdate c) {
      return promise(c, now);
    }
    if (command instanceof IncidentCommand.ChangeVisibility c) {
      return changeVisibility(c);
    }
    return acknowledge();
  }

  private Decision assign(IncidentCommand.AssignRole command) {
    Optional<Person> before = incident.holder(command.role());
    if (before.filter(p -> p.ref().equals(command.person().ref())).isPresent()) {
      return Decision.reject(
          "already",
          command.person().name() + " is already " + command.role().word() + ".",
          "Nothing was changed.");
    }
    return Decision.accept(
        new IncidentEvent.RoleAssigned(command.role(), command.person(), before));
  }

  private Decision release(Role role) {
    return incident
        .holder(role)
        .map(person -> Decision.accept(new IncidentEvent.RoleReleased(role, person)))
        .orElseGet(() -> Decision.reject("vacant", "Nobody is " + role.word() + ".", ""));
  }

  private Decision changeSeverity(Severity to) {
    if (incident.severity() == to) {
      return Decision.reject(
          "already", incident.id() + " is already " + to + ".", "Nothing was changed.");
    }
    return Decision.accept(new IncidentEvent.SeverityChanged(incident.severity(), to));
  }

  private Decision advance(IncidentStatus to) {
    if (incident.status() == to) {
      return Decision.reject(
          "already",
          incident.id() + " is already " + to.word() + reachedAt(to) + ".",
          "Nothing was changed.");
    }
    if (incident.status().compareTo(to) > 0) {
      return Decision.reject(
          "backwards",
          incident.id() + " is " + incident.status().word() + ", which is past " + to.word() + ".",
          "To go back: /incident reopen the errors are back");
    }
    return Decision.accept(
        new IncidentEvent.StatusChanged(incident.status(), to, Optional.empty()));
  }

  private String reachedAt(IncidentStatus status) {
    return incident
        .reached(
            Milestone.valueOf(status == IncidentStatus.INVESTIGATING ? "DECLARED" : status.name()))
        .map(at -> " since " + UtcText.minute(at))
        .orElse("");
  }

  private Decision close(IncidentCommand.Close command) {
    if (incident.status() == IncidentStatus.CLOSED) {
      return alreadyClosed();
    }
    if (!command.openMatters().isEmpty()) {
      return Decision.reject(
          "open_matters",
          incident.id()
              + " cannot be closed yet: "
              + String.join("; ", command.openMatters())
              + ".",
          "Settle this first, then close again.");
    }
    return Decision.accept(
        new IncidentEvent.StatusChanged(
            incident.status(), IncidentStatus.CLOSED, Optional.of(command.closing())));
  }

  private Decision alreadyClosed() {
    Optional<IncidentId> original = incident.closing().flatMap(Closing::duplicateOf);
    if (original.isPresent()) {
      return Decision.reject(
          "already_closed",
          incident.id()
              + " is already closed"
              + reachedAt(IncidentStatus.CLOSED)
              + ", as a duplicate of "
              + original.get()
              + ".",
          "To go on there: /incident status "
              + original.get()
              + ". If it is another matter: /incident reopen it is another matter");
    }
    return Decision.reject(
        "already_closed",
        incident.id() + " is already closed" + reachedAt(IncidentStatus.CLOSED) + ".",
        "To work on it again: /incident reopen the errors are back");
  }

  private Decision reopen(IncidentCommand.Reopen command) {
    if (incident.status().isOpen()) {
      return Decision.reject(
          "already",
          incident.id() + " is open (" + incident.status().word() + ").",
          "Nothing was changed.");
    }
    if (command.reason().isBlank()) {
      return Decision.reject(
          "reason_missing",
          "Reopening needs a reason.",
          "For example: /incident reopen the errors are back");
    }
    return Decision.accept(
        new IncidentEvent.StatusChanged(
            incident.status(), IncidentStatus.INVESTIGATING, Optional.empty()));
  }

  private Decision describe(IncidentCommand.Describe command) {
    String from = current(command.field());
    String to = command.to().strip();
    if (command.field() == Field.TITLE && to.codePoints().noneMatch(Character::isLetterOrDigit)) {
      return Decision.reject(
          "title_empty",
          "A title needs at least one letter or digit.",
          "For example: /incident title Checkout errors");
    }
    if (from.equals(to)) {
      return Decision.reject("already", "It already says so.", "Nothing was changed.");
    }
    return Decision.accept(new IncidentEvent.FieldChanged(command.field(), from, to));
  }

  private String current(Field field) {
    return switch (field) {
      case TITLE -> incident.title();
      case IMPACT -> incident.impact();
      case SERVICES -> String.join(", ", incident.services());
    };
  }

  private Decision promise(IncidentCommand.PromiseUpdate command, Instant now) {
    if (command.at().filter(at -> !at.isAfter(now)).isPresent()) {
      return Decision.reject(
          "past", "The next update must lie in the future.", "For example: /incident next 30m");
    }
    return Decision.accept(new IncidentEvent.NextUpdateSet(command.at()));
  }

  private Decision addMembers(IncidentCommand.AddMembers command) {
    List<IncidentEvent> added = new ArrayList<>();
    for (Person person : command.people()) {
      if (!incident.members().contains(person.ref())) {
        added.add(new IncidentEvent.MemberAdded(person));
      }
    }
    return added.isEmpty()
        ? Decision.reject("already", "Everybody named is a member already.", "")
        : new Decision.Accepted(added);
  }

  private Decision changeVisibility(IncidentCommand.ChangeVisibility command) {
    if (incident.isPrivate() == command.toPrivate()) {
      String now = command.toPrivate() ? "private" : "public";
      return Decision.reject(
          "already", incident.id() + " is already " + now + ".", "Nothing was changed.");
    }
    List<IncidentEvent> events = new ArrayList<>();
    if (command.toPrivate()) {
      command.in().stream()
          .filter(person -> !incident.members().contains(person.ref()))
          .forEach(person -> events.add(new IncidentEvent.MemberAdded(person)));
      command.out().stream()
          .filter(person -> incident.members().contains(person.ref()))
          .forEach(person -> events.add(new IncidentEvent.MemberRemoved(person)));
    }
    events.add(new IncidentEvent.VisibilityChanged(command.toPrivate()));
    return new Decision.Accepted(events);
  }

  private Decision acknowledge() {
    return incident
        .reached(Milestone.ACKNOWLEDGED)
        .map(
            at ->
                Decision.reject(
                    "already",
                    incident.id() + " was acknowledged at " + UtcText.minute(at) + ".",
                    ""))
        .orElseGet(() -> Decision.accept(new IncidentEvent.Acknowledged()));
  }
}
