// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.Actor;
import dev.muster.incident.Decision;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentCommand;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Rejection;
import dev.muster.incident.Severity;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Declares incidents and changes them: decide, write the facts, set off what follows. */
final class IncidentLifecycle {

  private final ReactionDesk reactions;

  IncidentLifecycle(ReactionDesk reactions) {
    this.reactions = reactions;
  }

  /**
   * What is to be declared.
   *
   * @param title what is broken
   * @param severity how large the impact is
   * @param services what is affected
   * @param isPrivate whether only members may see it
   * @param drill whether it is practice
   * @param startedAt when the impact began, if known
   * @param platforms where it gets a channel
   */
  record Declaration(
      String title,
      Severity severity,
      List<String> services,
      boolean isPrivate,
      boolean drill,
      Optional<Instant> startedAt,
      List<String> platforms) {}

  /** Declares an incident; the first facts are the declaration and then {@code first}. */
  Incident declare(
      Moment moment, Declaration wanted, Actor actor, List<IncidentEvent> first, String reason) {
    IncidentId id = moment.tx().incidents().nextId();
    IncidentEvent.Declared declared =
        new IncidentEvent.Declared(
            id,
            wanted.title(),
            wanted.severity(),
            wanted.services(),
            wanted.isPrivate(),
            wanted.drill(),
            wanted.startedAt());
    Incident begun = IncidentHistory.begin(declared, actor, moment.now());
    moment.tx().incidents().save(begun);
    moment.tx().keepNote("platforms/" + id, String.join(",", wanted.platforms()));
    Facts.tell(moment, id, declared, actor, reason);
    Set<Reaction> after = new LinkedHashSet<>(Reactions.to(declared, begun, actor, reason));
    Incident incident = Identities.complete(moment, begun, begun.members());
    for (IncidentEvent event : first) {
      incident = apply(moment, incident, event, actor, reason, after);
    }
    reactions.carryOut(moment, incident, after, actor);
    return Facts.fresh(moment, incident);
  }

  /** Decides a command and writes what follows; a rejection changes nothing. */
  Outcome change(
      Moment moment, Incident incident, IncidentCommand command, Actor actor, String reason) {
    Decision decision = IncidentDecisions.decide(incident, command, moment.now());
    return decision.match(
        events -> new Outcome(record(moment, incident, events, actor, reason), Optional.empty()),
        rejection -> new Outcome(incident, Optional.of(rejection)));
  }

  /**
   * What a command led to.
   *
   * @param incident the incident as it is now
   * @param rejection why nothing changed; empty when something did
   */
  record Outcome(Incident incident, Optional<Rejection> rejection) {}

  /** Writes facts that need no decision, and sets off what follows. */
  Incident record(
      Moment moment, Incident before, List<IncidentEvent> events, Actor actor, String reason) {
    Set<Reaction> after = new LinkedHashSet<>();
    Incident incident = before;
    for (IncidentEvent event : events) {
      incident = apply(moment, incident, event, actor, reason, after);
    }
    reactions.carryOut(moment, incident, after, actor);
    return Facts.fresh(moment, incident);
  }

  /** Shows an incident anew where what its cards say has changed. */
  void showAnew(Moment moment, Incident incident) {
    reactions.refresh(moment, incident);
  }

  private static Incident apply(
      Moment moment,
      Incident before,
      IncidentEvent event,
      Actor actor,
      String reason,
      Set<Reaction> after) {
    Incident now = Facts.write(moment, before, event, actor, reason);
    after.addAll(Reactions.to(event, now, actor, reason));
    return now;
  }
}
