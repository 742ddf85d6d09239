// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.access.AccessDecision;
import dev.muster.access.AccessPolicy;
import dev.muster.chat.UserRef;
import dev.muster.command.Requirement;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which incident may be called a duplicate of which, and when the one that stays takes over what
 * the other had. Nothing of a private incident may be learned by it.
 */
final class MergeRules {

  private final Exchange exchange;
  private final Incident source;

  MergeRules(Exchange exchange, Incident source) {
    this.exchange = exchange;
    this.source = source;
  }

  /** Returns the incident that is to stay, if this person can see it. */
  Optional<Incident> target(IncidentId id) {
    Optional<UserRef> viewer = Optional.of(exchange.by().person().ref());
    return exchange.moment().tx().incidents().find(id).filter(found -> found.visibleTo(viewer));
  }

  /** Returns why it cannot be closed as a duplicate of that one; empty when it can. */
  Optional<Rejection> closing(IncidentId original) {
    if (original.equals(source.id())) {
      return Optional.of(
          new Rejection(
              "same_incident",
              "An incident cannot be a duplicate of itself.",
              "For example: /incident close duplicate INC-" + (original.number() + 1)));
    }
    Optional<Incident> target = target(original);
    if (target.isEmpty()) {
      return Optional.of(AccessPolicy.unseen(original));
    }
    if (isDuplicateOfSource(target.get())) {
      return Optional.of(
          new Rejection(
              "duplicate_cycle",
              original + " was closed as a duplicate of " + source.id() + " itself.",
              "To take it up again: /incident INC-"
                  + original.number()
                  + " reopen it is another matter"));
    }
    return target.get().isPrivate() ? secret(target.get()) : Optional.empty();
  }

  /** Whoever reads that something is a duplicate learns that the other one exists. */
  private Optional<Rejection> secret(Incident target) {
    return source.isPrivate()
        ? merging(target)
        : Optional.of(
            new Rejection(
                "would_tell",
                target.id()
                    + " is private and "
                    + source.id()
                    + " is not: its people would learn of it.",
                "Make this one private first: /incident private"));
  }

  private boolean isDuplicateOfSource(Incident target) {
    Set<IncidentId> seen = new HashSet<>();
    Optional<IncidentId> next = original(target);
    while (next.isPresent() && seen.add(next.get())) {
      if (next.get().equals(source.id())) {
        return true;
      }
      next = exchange.moment().tx().incidents().find(next.get()).flatMap(MergeRules::original);
    }
    return false;
  }

  private static Optional<IncidentId> original(Incident incident) {
    return incident.closing().flatMap(Closing::duplicateOf);
  }

  /** Returns why that one cannot take over what this one has; empty when it can. */
  Optional<Rejection> merging(Incident target) {
    if (target.status() == IncidentStatus.CLOSED) {
      return Optional.of(closed(target));
    }
    if (source.isPrivate() && !target.isPrivate()) {
      return Optional.of(
          new Rejection(
              "would_tell",
              source.id()
                  + " is private and "
                  + target.id()
                  + " is not: everybody would read what was said here.",
              "Make it public first: /incident public"));
    }
    if (source.drill() != target.drill()) {
      return Optional.of(
          new Rejection(
              "drill",
              (source.drill() ? source.id() : target.id()) + " is a drill and the other is not.",
              "To end a drill: /incident close"));
    }
    return denied(target);
  }

  private Rejection closed(Incident target) {
    Optional<IncidentId> next = original(target).filter(id -> target(id).isPresent());
    return new Rejection(
        "target_closed",
        target.id()
            + " is closed"
            + next.map(id -> " as a duplicate of " + id).orElse("")
            + "; it takes nothing over.",
        next.filter(id -> !id.equals(source.id()))
            .map(id -> "Use that one: /incident merge " + id)
            .orElse("To work on it again: /incident " + target.id() + " reopen it is back"));
  }

  /** People come into a private incident by its commander alone. */
  private Optional<Rejection> denied(Incident target) {
    Requirement needed = target.isPrivate() ? Requirement.COMMANDER : Requirement.RESPONDER;
    AccessDecision decision =
        exchange
            .moment()
            .settings()
            .access()
            .decide(Optional.of(exchange.by()), exchange.selves(), needed, Optional.of(target));
    return decision.match(Optional::empty, Optional::of);
  }
}
