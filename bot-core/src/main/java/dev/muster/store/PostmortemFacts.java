// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.incident.Incident;
import dev.muster.postmortem.Postmortem;
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
 * Reads what a postmortem is made of, and nothing else: of what was said only the messages that
 * somebody highlighted, which are few in the longest incident.
 */
public final class PostmortemFacts {

  private static final int AT_ONCE = 1_000;
  private static final Set<EntryKind> WORDS =
      EnumSet.of(EntryKind.MESSAGE_LOGGED, EntryKind.MESSAGE_REVISED, EntryKind.MESSAGE_REMOVED);

  private final Tx tx;
  private final Incident incident;
  private final Stream stream;
  private final long upto;

  private PostmortemFacts(Tx tx, Incident incident, long upto) {
    this.tx = tx;
    this.incident = incident;
    stream = Stream.of(incident.id());
    this.upto = Math.min(upto, tx.timeline().lastSeq(stream));
  }

  /**
   * Drafts the postmortem of an incident, as of its newest fact.
   *
   * @param upto the place of the last fact that counts; {@link Long#MAX_VALUE} for all
   */
  public static Postmortem draft(Tx tx, Incident incident, long upto) {
    return new PostmortemFacts(tx, incident, upto).draft();
  }

  private Postmortem draft() {
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
    return Postmortem.of(incident, entries, newest());
  }

  private List<TimelineEntry> page(long after) {
    return tx.timeline().read(stream, after, AT_ONCE, Postmortem.SOURCES);
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
