// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentHistory;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.IncidentFacts;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Writes facts without setting anything off. */
final class Facts {

  private Facts() {}

  /** Applies a fact to the newest state of an incident, stores both, and returns the new state. */
  static Incident write(
      Moment moment, Incident before, IncidentEvent event, Actor actor, String reason) {
    Incident after = IncidentHistory.after(before, event, actor, moment.now());
    tell(moment, after.id(), event, actor, reason);
    moment.tx().incidents().save(after);
    if (after.status() == IncidentStatus.CLOSED && before.status() != IncidentStatus.CLOSED) {
      LatelyClosed.note(moment, after);
    }
    Set<UserRef> newcomers = new HashSet<>(after.members());
    if (before.isPrivate()) {
      newcomers.removeAll(before.members());
    }
    return Identities.complete(moment, after, newcomers);
  }

  /** Writes the timeline entry of a fact, if it has one. */
  static void tell(Moment moment, IncidentId id, IncidentEvent event, Actor actor, String reason) {
    IncidentFacts.entry(event, actor, moment.now())
        .ifPresent(entry -> append(moment, id, entry.because(reason)));
  }

  /** Appends an entry to an incident's timeline. */
  static TimelineEntry append(Moment moment, IncidentId id, NewEntry entry) {
    return moment.tx().timeline().append(Stream.of(id), entry, moment.now());
  }

  /** Appends what was said in an incident, also where the incident went. */
  static void said(Moment moment, Incident incident, NewEntry entry) {
    append(moment, incident.id(), entry);
    Merged.follow(moment, incident, entry);
  }

  /** Appends an entry that the bot itself caused. */
  static TimelineEntry bot(
      Moment moment, IncidentId id, EntryKind kind, String text, Map<String, Object> data) {
    NewEntry entry = NewEntry.of(moment.now(), kind, new Actor.Bot(), text).with(data);
    return append(moment, id, entry);
  }

  /** Appends an entry to the journal. */
  static void journal(Moment moment, NewEntry entry) {
    moment.tx().timeline().append(Stream.JOURNAL, entry, moment.now());
  }

  /** Returns the newest state of an incident. */
  static Incident fresh(Moment moment, Incident incident) {
    return moment.tx().incidents().find(incident.id()).orElse(incident);
  }
}
