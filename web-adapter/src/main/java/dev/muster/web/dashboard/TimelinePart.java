// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.readmodel.IncidentReading;
import dev.muster.readmodel.Page;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The timeline on an incident's page. Without a place asked for it shows the newest page; with
 * {@code ?after=} the page that begins there, oldest first.
 */
final class TimelinePart {

  private static final int MOST_REVISIONS = 500;
  private static final Set<EntryKind> REVISIONS =
      EnumSet.of(EntryKind.MESSAGE_REVISED, EntryKind.MESSAGE_REMOVED);

  private TimelinePart() {}

  static Tag show(IncidentReading reading, Visit visit) {
    Incident incident = reading.incident();
    Set<EntryKind> kinds = KindFilter.read(visit.query("kind"));
    long newest = reading.newestFact();
    long after = visit.number("after").orElse(kinds.isEmpty() ? lastPage(newest) : 0L);
    Page<TimelineEntry> page = reading.timeline(after, Links.ENTRIES, kinds);
    TimelineEntries entries =
        new TimelineEntries(incident.id(), visit.links(), revisions(reading, after));
    Tag part = Tag.of("section", "part").attr("id", "timeline").flag("data-live");
    part.add(Tag.of("h2").text("Timeline"), filters(incident.id(), visit, kinds));
    part.add(
        page.items().isEmpty()
            ? Tag.of("p", "empty").text("Nothing of this kind here.")
            : entries.list(page.items()));
    return part.add(turning(incident.id(), visit, after, page.next()));
  }

  private static long lastPage(long newest) {
    return Math.max(0, newest - Links.ENTRIES);
  }

  private static Map<Long, TimelineEntry> revisions(IncidentReading reading, long after) {
    Map<Long, TimelineEntry> last = new HashMap<>();
    for (TimelineEntry entry : reading.timeline(after, MOST_REVISIONS, REVISIONS).items()) {
      TimelineEntries.original(entry).ifPresent(seq -> last.put(seq, entry));
    }
    return last;
  }

  private static Tag filters(IncidentId id, Visit visit, Set<EntryKind> kinds) {
    Tag list = Tag.of("ul", "kinds").attr("aria-label", "Which entries");
    for (KindFilter filter : KindFilter.values()) {
      String address = visit.links().to("/incidents/" + id, "kind", filter.words());
      Tag link = Tag.of("a", "kind").href(address + "#timeline").text(filter.label());
      if (filter.kinds().equals(kinds)) {
        link.attr("aria-current", "true");
      }
      list.add(Tag.of("li").add(link));
    }
    return list;
  }

  private static Tag turning(IncidentId id, Visit visit, long after, Optional<String> next) {
    String kind = visit.query("kind");
    Tag nav = Tag.of("nav", "turning").attr("aria-label", "Pages of the timeline");
    if (after > 0 && kind.isEmpty()) {
      long before = Math.max(0, after - Links.ENTRIES);
      nav.add(Parts.button(page(id, visit, kind, String.valueOf(before)), "Earlier", ""));
    } else if (after > 0) {
      nav.add(Parts.button(page(id, visit, kind, ""), "From the beginning", ""));
    }
    next.ifPresent(place -> nav.add(Parts.button(page(id, visit, kind, place), "Later", "")));
    return nav;
  }

  private static String page(IncidentId id, Visit visit, String kind, String after) {
    return visit.links().to("/incidents/" + id, "kind", kind, "after", after) + "#timeline";
  }
}
