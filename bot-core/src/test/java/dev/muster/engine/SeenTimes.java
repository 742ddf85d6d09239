// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.IncidentId;
import dev.muster.testkit.EngineHarness;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What an incident's timeline tells of what fell due. What stands there never changes, so each look
 * reads on from where the last one ended.
 */
final class SeenTimes {

  private static final int AT_ONCE = 500;

  private static final Set<EntryKind> KINDS =
      Set.of(
          EntryKind.ESCALATION_STARTED,
          EntryKind.SUMMARY_POSTED,
          EntryKind.EFFECT_FAILED,
          EntryKind.STEP_REFUSED);

  private final Stream stream;
  private final List<Integer> asked = new ArrayList<>();
  private long last;
  private int summaries;
  private int skipped;
  private int lapsed;

  SeenTimes(String id) {
    stream = Stream.of(IncidentId.parse(id).orElseThrow());
  }

  /** Reads what was added. */
  void look(EngineHarness engine) {
    for (TimelineEntry entry :
        engine.read(tx -> tx.timeline().read(stream, last, AT_ONCE, KINDS))) {
      last = entry.seq();
      switch (entry.kind()) {
        case ESCALATION_STARTED -> asked.add(((Number) entry.data().get("level")).intValue());
        case SUMMARY_POSTED -> summaries++;
        case EFFECT_FAILED ->
            skipped += Objects.equals(entry.data().get("reason"), "summary_too_late") ? 1 : 0;
        case STEP_REFUSED -> lapsed++;
        default -> throw new IllegalStateException("nobody asked for " + entry.kind());
      }
    }
  }

  /** Returns the levels that were asked, in order. */
  List<Integer> asked() {
    return List.copyOf(asked);
  }

  /** Returns how many summaries were posted. */
  int summaries() {
    return summaries;
  }

  /** Returns how many summaries were left out because their time was long over. */
  int skipped() {
    return skipped;
  }

  /** Returns how many requests nobody approved in time. */
  int lapsed() {
    return lapsed;
  }
}
