// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of an incident where it was merged: in the one it went into, and in those that went
 * into it, taken up again or not. It matters when one of them becomes private or public.
 */
final class MergedTraces {

  private static final int MOST_NAMES = 12;

  private final Moment moment;
  private final Incident incident;

  MergedTraces(Moment moment, Incident incident) {
    this.moment = moment;
    this.incident = incident;
  }

  /** Returns what stays readable elsewhere when it becomes private, as sentences; or nothing. */
  String staying(UserRef viewer) {
    Predicate<Incident> read = other -> !other.isPrivate() && other.visibleTo(Optional.of(viewer));
    String went = names(wentInto(), read);
    String came = names(cameFrom(), read);
    return (went.isEmpty()
            ? ""
            : " It was merged into " + went + ", whose timeline keeps what it took over.")
        + (came.isEmpty() ? "" : " Merged into it was " + came + ", whose timeline names it.");
  }

  /** Returns what of private incidents becomes readable when this one becomes public. */
  String exposed() {
    String came = names(cameFrom(), Incident::isPrivate);
    return came.isEmpty()
        ? ""
        : " So is what came from "
            + came
            + ", private and merged into it: the title and what its members wrote.";
  }

  private String names(Set<IncidentId> ids, Predicate<Incident> which) {
    return found(ids)
        .filter(which)
        .limit(MOST_NAMES)
        .map(other -> other.id().toString())
        .collect(Collectors.joining(", "));
  }

  private Stream<Incident> found(Set<IncidentId> ids) {
    return ids.stream().flatMap(id -> moment.tx().incidents().find(id).stream());
  }

  private Set<IncidentId> cameFrom() {
    return named(EntryKind.INCIDENT_MERGED, "source");
  }

  private Set<IncidentId> wentInto() {
    return named(EntryKind.STATUS_CHANGED, "duplicateOf");
  }

  private Set<IncidentId> named(EntryKind kind, String key) {
    Set<IncidentId> ids = new TreeSet<>((one, other) -> Long.compare(one.number(), other.number()));
    for (TimelineEntry entry : Census.entries(moment, incident, kind)) {
      IncidentId.parse(String.valueOf(entry.data().get(key))).ifPresent(ids::add);
    }
    return ids;
  }

  /** Takes back the messages that tell its title in the channels of the others. */
  void takeDown() {
    Stream.concat(found(wentInto()), found(cameFrom())).distinct().forEach(this::takeDown);
  }

  private void takeDown(Incident other) {
    String told = Merging.toldSlot(incident.id());
    List<QueuedEffect> waiting = moment.tx().effects().unfinished(other.id());
    for (String platform : ReactionDesk.platformsOf(moment, other)) {
      Target there = new Target.InIncident(other.id(), platform);
      Set<String> slots =
          new TreeSet<>(moment.tx().slots().beginning(EffectCarrier.slotKey(there), told).keySet());
      for (QueuedEffect order : waiting) {
        if (order.effect() instanceof Effect.ShowMessage show
            && show.target().equals(there)
            && show.slot().startsWith(told)) {
          slots.add(show.slot());
        }
      }
      for (String slot : slots) {
        new Orders(moment)
            .withdraw(other.id(), there, slot, Optional.of(Withdrawal.elsewhere(incident.id())));
      }
    }
  }
}
