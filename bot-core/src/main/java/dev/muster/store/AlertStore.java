// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Alerts by key; within one transaction. */
public interface AlertStore {

  /** Returns what we know of a key. */
  Optional<AlertRecord> find(AlertKey key);

  /** Returns the record with that identifier. */
  Optional<AlertRecord> byId(String id);

  /** Stores what we know now; one record per key. */
  void save(AlertRecord alert);

  /**
   * Stores what further statements in the same words change: the verdict, how often and when. Of
   * one alert nothing overtakes what was said before.
   *
   * @param judge returns a known alert after a statement that changes nothing else of it; empty for
   *     one that does
   * @return the statements that are no such repeats, in their order
   */
  List<Alert> saveRepeats(
      List<Alert> stated, BiFunction<Alert, AlertRecord, Optional<AlertRecord>> judge);

  /** Returns the alerts of an incident, oldest first. */
  List<AlertRecord> of(IncidentId incident);

  /** Counts the alerts that ever belonged to an incident, and returns the first few of them. */
  Tally tally(IncidentId incident, int most);

  /**
   * The alerts of an incident at a glance.
   *
   * @param all how many there are
   * @param firing how many of them fire
   * @param first the oldest ones
   */
  record Tally(long all, long firing, List<AlertRecord> first) {}

  /** Lets every alert that belongs to one incident belong to another; returns how many. */
  int move(IncidentId from, IncidentId to);

  /** Returns the unclosed incident that alerts of this group go to. */
  Optional<IncidentId> incidentOfGroup(String groupKey);

  /** Returns when alerts of this source declared incidents since {@code since}. */
  List<Instant> declarationsSince(String source, Instant since);

  /** Remembers that an alert of this source declared an incident for this group. */
  void declared(String source, String groupKey, IncidentId incident, Instant at);

  /**
   * Returns alerts, newest first.
   *
   * @param before identifier of the last one seen; empty for the beginning
   */
  List<AlertRecord> list(boolean firingOnly, String before, int limit);

  /** Returns what was remembered of the last body of a source. */
  Optional<String> lastBody(String source);

  /** Remembers the last body of a source, and when it came. */
  void rememberBody(String source, String stamp, Instant at);
}
