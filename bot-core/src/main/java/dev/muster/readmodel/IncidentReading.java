// SPDX-License-Identifier: Apache-2.0
package dev.muster.readmodel;

import dev.muster.incident.Incident;
import dev.muster.incident.IncidentTask;
import dev.muster.store.Tx;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One incident that its viewer may see, and what belongs to it, all of the same moment. Good only
 * while {@link IncidentViews#reading} runs, on its thread.
 */
public final class IncidentReading {

  private final Tx tx;
  private final Incident incident;

  IncidentReading(Tx tx, Incident incident) {
    this.tx = tx;
    this.incident = incident;
  }

  /** Returns the incident. */
  public Incident incident() {
    return incident;
  }

  /** Returns whether it has a postmortem draft. */
  public boolean isDrafted() {
    return tx.timeline().latest(stream(), EntryKind.POSTMORTEM_DRAFTED, "").isPresent();
  }

  /** Returns the place of its newest fact. */
  public long newestFact() {
    return tx.timeline().lastSeq(stream());
  }

  /**
   * Returns a page of its timeline, in order.
   *
   * @param after exclusive
   * @param limit 1 to 500
   */
  public Page<TimelineEntry> timeline(long after, int limit, Set<EntryKind> kinds) {
    return page(tx, stream(), after, limit, kinds);
  }

  /** Returns its alerts for pages: the oldest few of them, at least one. */
  public AttachedAlerts attached(int most) {
    return AttachedAlerts.of(tx.alerts().tally(incident.id(), most));
  }

  /**
   * Returns its tasks, oldest first, without those that went on to another incident when it was
   * merged.
   */
  public List<IncidentTask> tasks() {
    List<IncidentTask> open = tx.all(IncidentTask.class).openOf(incident.id());
    return tx.all(IncidentTask.class).of(incident.id()).stream()
        .filter(task -> !task.open() || open.contains(task))
        .toList();
  }

  private Stream stream() {
    return Stream.of(incident.id());
  }

  static Page<TimelineEntry> page(
      Tx tx, Stream stream, long after, int limit, Set<EntryKind> kinds) {
    List<TimelineEntry> found = tx.timeline().read(stream, after, limit + 1, kinds);
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    List<TimelineEntry> page = found.subList(0, limit);
    return new Page<>(page, Optional.of(String.valueOf(page.get(limit - 1).seq())));
  }
}
