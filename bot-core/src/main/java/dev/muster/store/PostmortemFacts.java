// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.incident.IncidentId;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a postmortem is made of, and nothing else: of what was said only the messages that somebody
 * highlighted, which are few in the longest incident.
 *
 * @param entries the facts, oldest first
 * @param asOf when the newest fact that counts was recorded
 */
public record PostmortemFacts(List<TimelineEntry> entries, Instant asOf) {

  private static final int AT_ONCE = 1_000;
  private static final Set<EntryKind> WORDS =
      EnumSet.of(EntryKind.MESSAGE_LOGGED, EntryKind.MESSAGE_REVISED, EntryKind.MESSAGE_REMOVED);

  /** Copies the facts. */
  public PostmortemFacts {
    entries = List.copyOf(entries);
  }

  /**
   * Reads them.
   *
   * @param kinds the kinds that count, beside what was highlighted
   * @param upto the place of the last fact that counts; {@link Long#MAX_VALUE} for all
   */
  public static PostmortemFacts read(Tx tx, IncidentId id, Set<EntryKind> kinds, long upto) {
    Stream stream = Stream.of(id);
    long last = Math.min(upto, tx.timeline().lastSeq(stream));
    return new Reading(tx, stream, kinds, last).all();
  }

  private record Reading(Tx tx, Stream stream, Set<EntryKind> kinds, long upto) {

    PostmortemFacts all() {
      List<TimelineEntry> entries = new ArrayList<>();
      long after = 0;
      List<TimelineEntry> page = page(after);
      while (!page.isEmpty() && after < upto) {
        after = page.get(page.size() - 1).seq();
        page.stream().filter(entry -> entry.seq() <= upto).forEach(entries::add);
        page = page(after);
      }
      entries.addAll(highlighted(entries));
      entries.sort(Comparator.comparingLong(TimelineEntry::seq));
      return new PostmortemFacts(entries, newest());
    }

    private List<TimelineEntry> page(long after) {
      return tx.timeline().read(stream, after, AT_ONCE, kinds);
    }

    private List<TimelineEntry> highlighted(List<TimelineEntry> entries) {
      Set<String> refs = new TreeSet<>();
      entries.stream()
          .filter(entry -> entry.kind() == EntryKind.HIGHLIGHTED && !entry.ref().isEmpty())
          .forEach(entry -> refs.add(entry.ref()));
      return refs.stream()
          .flatMap(ref -> tx.timeline().about(stream, ref, WORDS).stream())
          .filter(entry -> entry.seq() <= upto)
          .toList();
    }

    private Instant newest() {
      return tx.timeline().read(stream, upto - 1, 1, Set.of()).get(0).at();
    }
  }
}
