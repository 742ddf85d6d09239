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
import java.util.function.Consumer;

/**
 * What a postmortem is made of, and nothing else: of what was said only the messages that somebody
 * highlighted, which are few in the longest incident.
 *
 * @param entries the facts that are held, oldest first
 * @param asOf when the newest fact that counts was recorded
 */
public record PostmortemFacts(List<TimelineEntry> entries, Instant asOf) {

  /** Facts with the longest words there are, this many at once, are some twenty megabytes. */
  private static final int AT_ONCE = 500;

  private static final Set<EntryKind> WORDS =
      EnumSet.of(EntryKind.MESSAGE_LOGGED, EntryKind.MESSAGE_REVISED, EntryKind.MESSAGE_REMOVED);

  /** Copies the facts. */
  public PostmortemFacts {
    entries = List.copyOf(entries);
  }

  /**
   * Reads those that are held.
   *
   * @param kinds the kinds that count, beside what was highlighted
   * @param upto the place of the last fact that counts; {@link Long#MAX_VALUE} for all
   */
  public static PostmortemFacts read(Tx tx, IncidentId id, Set<EntryKind> kinds, long upto) {
    Stream stream = Stream.of(id);
    long last = Math.min(upto, tx.timeline().lastSeq(stream));
    return new Reading(tx, stream, last).all(kinds);
  }

  /** Reads all of some kinds up to a place, in order, of which only a few are held at once. */
  public static void each(
      Tx tx, IncidentId id, Set<EntryKind> kinds, long upto, Consumer<TimelineEntry> taker) {
    new Reading(tx, Stream.of(id), upto).each(kinds, taker);
  }

  private record Reading(Tx tx, Stream stream, long upto) {

    PostmortemFacts all(Set<EntryKind> kinds) {
      List<TimelineEntry> entries = new ArrayList<>();
      each(kinds, entries::add);
      entries.addAll(highlighted(entries));
      entries.sort(Comparator.comparingLong(TimelineEntry::seq));
      return new PostmortemFacts(entries, newest());
    }

    void each(Set<EntryKind> kinds, Consumer<TimelineEntry> taker) {
      List<TimelineEntry> page = tx.timeline().read(stream, 0, AT_ONCE, kinds);
      while (!page.isEmpty()) {
        page.stream().filter(entry -> entry.seq() <= upto).forEach(taker);
        long after = page.get(page.size() - 1).seq();
        boolean more = page.size() == AT_ONCE && after < upto;
        page = more ? tx.timeline().read(stream, after, AT_ONCE, kinds) : List.of();
      }
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
