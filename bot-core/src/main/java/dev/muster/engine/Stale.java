// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says what changed since a card or a form was shown. */
final class Stale {

  private static final String SEEN = "seen";

  private Stale() {}

  /** Returns what a button keeps of what its card showed; another severity is another matter. */
  static Map<String, String> seen(Incident incident) {
    return Map.of(SEEN, incident.severity().name());
  }

  /** Returns why a press counts for nothing: its card showed what is so no more. */
  static Optional<Rejection> rejection(Moment moment, Incident incident, ButtonAction pressed) {
    return Optional.ofNullable(pressed.arguments().get(SEEN))
        .filter(seen -> !seen.equals(incident.severity().name()))
        .map(
            seen ->
                new Rejection(
                    "stale",
                    what(moment, incident) + " Nothing was done.",
                    "The card in the channel shows how it is now; press there."));
  }

  /** Returns for example {@code This changed at 14:12 UTC by Ada (now SEV1, investigating).} */
  static String what(Moment moment, Incident incident) {
    List<TimelineEntry> changes =
        Census.entries(moment, incident, EntryKind.SEVERITY_CHANGED, EntryKind.STATUS_CHANGED);
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
