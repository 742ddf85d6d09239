// SPDX-License-Identifier: Apache-2.0
package dev.muster.postmortem;

import dev.muster.postmortem.Postmortem.Publication;
import dev.muster.postmortem.Postmortem.Written;
import dev.muster.timeline.TimelineEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people wrote into a postmortem, and whether it was published, as the timeline tells it. */
final class Authorship {

  private final Cast cast;
  private final Map<String, TimelineEntry> newest = new HashMap<>();
  private TimelineEntry published;
  private boolean changedSince;

  /** Reads the whole timeline, in order. */
  Authorship(Cast cast, List<TimelineEntry> entries) {
    this.cast = cast;
    entries.forEach(this::read);
  }

  private void read(TimelineEntry entry) {
    switch (entry.kind()) {
      case POSTMORTEM_EDITED -> {
        newest.put(entry.ref(), entry);
        changedSince = true;
      }
      case POSTMORTEM_DRAFTED -> changedSince = true;
      case POSTMORTEM_PUBLISHED -> {
        published = entry;
        changedSince = false;
      }
      // An incident that goes on after its end gets another end, and what was said of it is old.
      case STATUS_CHANGED -> published = null;
      default -> {}
    }
  }

  /** Returns what stands in a part; words that were taken back or erased are none. */
  Optional<Written> in(String part) {
    return Optional.ofNullable(newest.get(part))
        .filter(entry -> !entry.text().isBlank())
        .map(entry -> new Written(entry.text(), cast.who(entry), entry.occurredAt(), entry.seq()));
  }

  Optional<Publication> published() {
    return Optional.ofNullable(published)
        .map(
            entry ->
                new Publication(cast.who(entry), entry.occurredAt(), entry.seq(), changedSince));
  }
}
