// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Reads all there is, page by page, where one that is left out would be forgotten. */
final class Census {

  private static final int INCIDENTS = 500;
  private static final int ENTRIES = 1_000;

  private Census() {}

  /** Returns every closed incident that is wanted, private ones as well, newest first. */
  static List<Incident> closed(Moment moment, Predicate<Incident> wanted) {
    return those(moment, EnumSet.of(IncidentStatus.CLOSED), wanted);
  }

  /** Returns every incident of these statuses that is wanted, private ones as well. */
  static List<Incident> those(
      Moment moment, Set<IncidentStatus> statuses, Predicate<Incident> wanted) {
    List<Incident> all = new ArrayList<>();
    List<Incident> page = moment.tx().incidents().page(statuses, 0, INCIDENTS);
    while (!page.isEmpty()) {
      page.stream().filter(wanted).forEach(all::add);
      long before = page.get(page.size() - 1).id().number();
      page = moment.tx().incidents().page(statuses, before, INCIDENTS);
    }
    return all;
  }

  /** Returns every entry of these kinds on an incident's timeline, oldest first. */
  static List<TimelineEntry> entries(Moment moment, Incident incident, EntryKind... kinds) {
    Stream stream = Stream.of(incident.id());
    List<TimelineEntry> all = new ArrayList<>();
    List<TimelineEntry> page = moment.tx().timeline().read(stream, 0, ENTRIES, Set.of(kinds));
    while (!page.isEmpty()) {
      all.addAll(page);
      long after = page.get(page.size() - 1).seq();
      page = moment.tx().timeline().read(stream, after, ENTRIES, Set.of(kinds));
    }
    return all;
  }
}
