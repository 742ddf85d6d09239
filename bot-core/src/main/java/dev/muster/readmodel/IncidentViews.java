// SPDX-License-Identifier: Apache-2.0
package dev.muster.readmodel;

import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.postmortem.Postmortem;
import dev.muster.store.AlertRecord;
import dev.muster.store.IncidentIndex;
import dev.muster.store.PostmortemFacts;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What pages and programs may see. Every call takes the viewer; what a viewer may not see looks
 * exactly like what does not exist. Any thread may call; each call reads once, beside the writer.
 */
public final class IncidentViews {

  private final UnitOfWork store;

  /** Reads from this store. */
  public IncidentViews(UnitOfWork store) {
    this.store = store;
  }

  /** Returns an incident, unless the viewer may not know of it. */
  public Optional<Incident> find(IncidentId id, Viewer viewer) {
    return store.read(tx -> visible(tx, id, viewer));
  }

  /**
   * Reads several things about one incident at once: the store is asked once whether the viewer may
   * know of it, and all that is read is of the same moment.
   *
   * @return empty when the viewer may not know of it
   */
  public <T> Optional<T> reading(IncidentId id, Viewer viewer, Function<IncidentReading, T> what) {
    return store.read(
        tx ->
            visible(tx, id, viewer).map(incident -> what.apply(new IncidentReading(tx, incident))));
  }

  private static Optional<Incident> visible(Tx tx, IncidentId id, Viewer viewer) {
    return tx.incidents().find(id, viewer.user());
  }

  /**
   * Returns a page of incidents, newest first.
   *
   * @param cursor {@link Page#next()} of the page before; empty for the first
   * @param limit 1 to 200
   */
  public Page<Incident> list(
      Set<IncidentStatus> statuses,
      Set<Severity> severities,
      String words,
      Viewer viewer,
      String cursor,
      int limit) {
    long before = cursor.isEmpty() ? 0 : Long.parseLong(cursor);
    List<Incident> found =
        store.read(
            tx ->
                tx.incidents()
                    .list(
                        new IncidentIndex.Query(
                            statuses, severities, words, viewer.user(), before, limit + 1)));
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    List<Incident> page = found.subList(0, limit);
    return new Page<>(page, Optional.of(String.valueOf(page.get(limit - 1).id().number())));
  }

  /**
   * Returns the incidents that are worked on, worst first, then newest.
   *
   * @param most at least 1
   */
  public List<Incident> open(Viewer viewer, int most) {
    return store.read(tx -> tx.incidents().worst(viewer.user(), most));
  }

  /**
   * Returns a page of an incident's timeline, in order.
   *
   * @param after exclusive
   * @param limit 1 to 500
   */
  public Optional<Page<TimelineEntry>> timeline(
      IncidentId id, Viewer viewer, long after, int limit, Set<EntryKind> kinds) {
    return reading(id, viewer, incident -> incident.timeline(after, limit, kinds));
  }

  /** Returns a page of the journal: facts that belong to no incident. */
  public Page<TimelineEntry> journal(long after, int limit, Set<EntryKind> kinds) {
    return store.read(tx -> IncidentReading.page(tx, Stream.JOURNAL, after, limit, kinds));
  }

  /** Returns the postmortem draft; an empty inner value when the incident has none yet. */
  public Optional<Optional<Postmortem>> postmortem(IncidentId id, Viewer viewer) {
    return store.read(tx -> visible(tx, id, viewer).map(incident -> drafted(tx, incident)));
  }

  private static Optional<Postmortem> drafted(Tx tx, Incident incident) {
    Stream stream = Stream.of(incident.id());
    Optional<TimelineEntry> draft = tx.timeline().latest(stream, EntryKind.POSTMORTEM_DRAFTED, "");
    return draft.map(entry -> draft(tx, incident));
  }

  /** Drafts the postmortem of an incident, as of its newest fact. */
  public static Postmortem draft(Tx tx, Incident incident) {
    IncidentId id = incident.id();
    PostmortemFacts facts = PostmortemFacts.read(tx, id, Postmortem.FEW, Long.MAX_VALUE);
    return Postmortem.of(
        incident,
        facts.entries(),
        each -> PostmortemFacts.each(tx, id, Postmortem.MANY, Long.MAX_VALUE, each),
        facts.asOf());
  }

  /** Returns the alerts of an incident the viewer may see, oldest first. */
  public List<AlertRecord> alertsOf(IncidentId id, Viewer viewer) {
    return store.read(
        tx -> visible(tx, id, viewer).map(incident -> tx.alerts().of(id)).orElseGet(List::of));
  }

  /** Returns a page of alerts, newest first, without those of incidents hidden from the viewer. */
  public Page<AlertRecord> alerts(boolean firingOnly, Viewer viewer, String cursor, int limit) {
    return store.read(
        tx -> {
          List<AlertRecord> found = tx.alerts().list(firingOnly, cursor, limit + 1);
          boolean more = found.size() > limit;
          List<AlertRecord> page = more ? found.subList(0, limit) : found;
          Optional<String> next = more ? Optional.of(page.get(limit - 1).id()) : Optional.empty();
          return new Page<>(
              page.stream().filter(alert -> visible(tx, alert, viewer)).toList(), next);
        });
  }

  /** Returns one alert, unless it belongs to an incident hidden from the viewer. */
  public Optional<AlertRecord> alert(String id, Viewer viewer) {
    return store.read(tx -> tx.alerts().byId(id).filter(alert -> visible(tx, alert, viewer)));
  }

  private static boolean visible(Tx tx, AlertRecord alert, Viewer viewer) {
    return alert.incident().map(id -> visible(tx, id, viewer).isPresent()).orElse(true);
  }

  /** Returns facts that hold all the words, newest first, of incidents the viewer may see. */
  public List<TimelineEntry> search(String words, Viewer viewer, int limit) {
    return store.read(
        tx ->
            tx.timeline().search(words, viewer.user(), limit).stream()
                .filter(entry -> entry.stream().incident().isPresent())
                .toList());
  }
}
