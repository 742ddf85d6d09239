// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.List;
import java.util.Set;

/** Says what changed since a card or a form was shown. */
final class Stale {

  private static final int READ_AT_MOST = 500;

  private Stale() {}

  /** Returns for example {@code This changed at 14:12 UTC by Ada (now SEV1, investigating).} */
  static String what(Moment moment, Incident incident) {
    List<TimelineEntry> changes =
        moment
            .tx()
            .timeline()
            .read(
                Stream.of(incident.id()),
                0,
                READ_AT_MOST,
                Set.of(EntryKind.SEVERITY_CHANGED, EntryKind.STATUS_CHANGED));
    String when =
        changes.isEmpty()
            ? ""
            : " at "
                + UtcText.clock(changes.get(changes.size() - 1).at())
                + " by "
                + changes.get(changes.size() - 1).actor().name();
    return "This changed"
        + when
        + " (now "
        + incident.severity()
        + ", "
        + incident.status().word()
        + ").";
  }
}
