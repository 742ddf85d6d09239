// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was said in an incident that was merged into another: it stands on both timelines, on the
 * second one with the name of the first, and what is said there later follows.
 */
final class Merged {

  /** Under which name a fact keeps from which incident it came. */
  static final String ORIGIN = "origin";

  /** More than this stays on the first timeline alone, or one decision would take too long. */
  static final int MOST = 500;

  private static final Set<EntryKind> SPOKEN =
      EnumSet.of(
          EntryKind.MESSAGE_LOGGED,
          EntryKind.MESSAGE_REVISED,
          EntryKind.MESSAGE_REMOVED,
          EntryKind.FILE_SHARED,
          EntryKind.NOTE_ADDED,
          EntryKind.HIGHLIGHTED,
          EntryKind.HIGHLIGHT_REMOVED);

  /** What points at places of the first timeline means nothing on the second. */
  private static final Set<String> PLACES = Set.of("of", "revised", "removed", "superseded");

  private static final String DUPLICATES = "duplicates/";
  private static final String OF = "of";
  private static final Set<EntryKind> FIRST = EnumSet.of(EntryKind.MESSAGE_LOGGED);

  private Merged() {}

  private static String note(IncidentId source) {
    return "merged/" + source;
  }

  /** Remembers that one took over what the other had. */
  static void begin(Moment moment, IncidentId source, IncidentId target) {
    moment.tx().keepNote(note(source), target.toString());
    List<String> all = new ArrayList<>(duplicates(moment, target));
    all.remove(source.toString());
    all.add(source.toString());
    moment.tx().keepNote(DUPLICATES + target, String.join(", ", all));
  }

  /** Returns the incidents whose things this one took over and still has alone. */
  static List<String> duplicates(Moment moment, IncidentId target) {
    return moment.tx().note(DUPLICATES + target).stream()
        .flatMap(all -> Arrays.stream(all.split(", ")))
        .filter(id -> !id.isEmpty())
        .toList();
  }

  /** Lets nothing follow any more, and remembers up to where it did. */
  static void end(Moment moment, IncidentId source, IncidentId target) {
    moment.tx().keepNote(note(source), "");
    List<String> left = new ArrayList<>(duplicates(moment, target));
    left.remove(source.toString());
    moment.tx().keepNote(DUPLICATES + target, String.join(", ", left));
    long last = moment.tx().timeline().lastSeq(Stream.of(source));
    moment.tx().keepNote(until(source, target), String.valueOf(last));
  }

  private static String until(IncidentId source, IncidentId target) {
    return "merged-until/" + source + "/" + target;
  }

  /** Returns which incident took over what this one had; empty since it was reopened. */
  static Optional<IncidentId> into(Moment moment, Incident source) {
    return source
        .closing()
        .flatMap(Closing::duplicateOf)
        .filter(
            target ->
                moment.tx().note(note(source.id())).filter(target.toString()::equals).isPresent());
  }

  /** Returns where people go on who look for this incident: itself, or the one that stayed. */
  static Incident goesOn(Moment moment, Incident incident, UserRef viewer) {
    Set<IncidentId> seen = new HashSet<>();
    Incident last = incident;
    Optional<Incident> next = Optional.of(incident);
    while (next.isPresent() && seen.add(next.get().id())) {
      last = next.get();
      next =
          into(moment, last)
              .flatMap(id -> moment.tx().incidents().find(id))
              .filter(target -> target.visibleTo(Optional.of(viewer)));
    }
    return last;
  }

  /** Copies what was said, the newest of it; returns how much was left where it is. */
  static int copy(Moment moment, Incident source, Incident target) {
    List<TimelineEntry> said =
        new ArrayList<>(Census.entries(moment, source, SPOKEN.toArray(EntryKind[]::new)));
    Set<String> gone = new HashSet<>();
    said.stream()
        .filter(entry -> entry.kind() == EntryKind.MESSAGE_REMOVED)
        .forEach(entry -> gone.add(entry.ref()));
    long known = moment.tx().note(until(source.id(), target.id())).map(Long::parseLong).orElse(0L);
    Set<String> there = cameBefore(moment, source, target);
    said.removeIf(
        entry ->
            entry.seq() <= known || gone.contains(about(entry)) || there.contains(same(entry)));
    int left = Math.max(0, said.size() - MOST);
    for (TimelineEntry entry : said.subList(left, said.size())) {
      append(moment, source.id(), target.id(), of(entry));
    }
    return left;
  }

  /** What went round by a third incident, or comes back to where it was said, is there already. */
  private static Set<String> cameBefore(Moment moment, Incident source, Incident target) {
    EntryKind merged = EntryKind.INCIDENT_MERGED;
    boolean first =
        Census.entries(moment, source, merged).isEmpty()
            && Census.entries(moment, target, merged).isEmpty();
    return first
        ? Set.of()
        : Census.entries(moment, target, SPOKEN.toArray(EntryKind[]::new)).stream()
            .map(Merged::same)
            .collect(Collectors.toSet());
  }

  private static String same(TimelineEntry entry) {
    return entry.kind() + " " + entry.occurredAt() + " " + entry.ref() + " " + entry.text();
  }

  private static String about(TimelineEntry entry) {
    return entry.kind() == EntryKind.FILE_SHARED
        ? String.valueOf(entry.data().getOrDefault("message", ""))
        : entry.ref();
  }

  private static NewEntry of(TimelineEntry entry) {
    return new NewEntry(
        entry.occurredAt(),
        entry.kind(),
        actor(entry.actor()),
        entry.text(),
        entry.reason(),
        entry.ref(),
        entry.data());
  }

  private static Actor actor(TimelineEntry.Who who) {
    int colon = who.id().indexOf(':');
    if (who.type().equals("person") && colon > 0) {
      UserRef ref = new UserRef(who.id().substring(0, colon), who.id().substring(colon + 1));
      return new Actor.Human(new Person(ref, who.name()));
    }
    return who.type().equals("alert") ? new Actor.AlertSource(who.name()) : new Actor.Bot();
  }

  private static void append(Moment moment, IncidentId source, IncidentId target, NewEntry entry) {
    Map<String, Object> data = new LinkedHashMap<>(entry.data());
    data.keySet().removeAll(PLACES);
    data.putIfAbsent(ORIGIN, source.toString());
    if (entry.data().containsKey(OF)) {
      moment.tx().timeline().about(Stream.of(target), entry.ref(), FIRST).stream()
          .findFirst()
          .ifPresent(first -> data.put(OF, first.seq()));
    }
    Facts.append(moment, target, entry.with(data));
  }

  /** Lets a fact that was just written follow to where the incident went, however often it did. */
  static void follow(Moment moment, Incident source, NewEntry entry) {
    Set<IncidentId> seen = new HashSet<>(Set.of(source.id()));
    Optional<Incident> from = Optional.of(source);
    while (from.isPresent() && SPOKEN.contains(entry.kind())) {
      from =
          into(moment, from.get())
              .filter(seen::add)
              .flatMap(id -> moment.tx().incidents().find(id))
              .filter(target -> target.isPrivate() || !source.isPrivate());
      from.ifPresent(target -> append(moment, source.id(), target.id(), entry));
    }
  }
}
