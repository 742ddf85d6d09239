// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.incident.IncidentId;
import dev.muster.store.AlertRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The alerts stated last, the counts of their incidents and where their groups go, remembered by
 * the writer, so that a storm reads little. Must be forgotten whenever work is rolled back. One
 * thread.
 */
final class AlertMemory {

  /** In all, counted in characters of text; an ordinary alert has some hundreds. */
  private static final long MOST_TEXT = 16_000_000;

  private static final int MOST_ROWS = 20_000;

  private static final int MOST_COUNTED = 1_000;
  private static final int MOST_MISSING = 1_000;
  private static final int MOST_GROUPS = 1_000;

  /** A row: its number in the table, and what it says. */
  static final class Row {
    private final long number;
    private AlertRecord alert;

    Row(long number, AlertRecord alert) {
      this.number = number;
      this.alert = alert;
    }

    long number() {
      return number;
    }

    AlertRecord alert() {
      return alert;
    }

    /** Says from now on what a repeat changed: nothing of the alert itself. */
    void repeats(AlertRecord now) {
      alert = now;
    }
  }

  /**
   * How many alerts an incident ever had, and how many of them fire.
   *
   * @param first the identifiers of the oldest, as many as were asked for
   * @param asked how many were asked for
   */
  record Counts(long all, long firing, List<String> first, int asked) {}

  private final boolean remembers;
  private final Map<AlertKey, Row> rows = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, AlertKey> keys = new HashMap<>();
  private final Map<Long, Counts> counts = new HashMap<>();
  private final Set<AlertKey> missing = new HashSet<>();
  private final Map<String, Optional<IncidentId>> groups = new HashMap<>();
  private final Map<String, Optional<String>> bodies = new HashMap<>();
  private long text;

  /**
   * @param remembers whether nobody else writes
   */
  AlertMemory(boolean remembers) {
    this.remembers = remembers;
  }

  Optional<Row> find(AlertKey key) {
    return Optional.ofNullable(rows.get(key));
  }

  Optional<Row> byId(String id) {
    return Optional.ofNullable(keys.get(id)).flatMap(this::find);
  }

  /** Returns whether it was looked for a moment ago and is not there. */
  boolean isMissing(AlertKey key) {
    return missing.contains(key);
  }

  void missing(AlertKey key) {
    if (remembers) {
      if (missing.size() >= MOST_MISSING) {
        missing.clear();
      }
      missing.add(key);
    }
  }

  void remember(Row row) {
    if (!remembers) {
      return;
    }
    AlertKey key = row.alert().latest().key();
    missing.remove(key);
    Row before = rows.put(key, row);
    if (before == null) {
      keys.put(row.alert().id(), key);
    }
    if (before == null || before.alert().latest() != row.alert().latest()) {
      text += length(row) - (before == null ? 0 : length(before));
      Iterator<Row> oldest = rows.values().iterator();
      while (rows.size() > MOST_ROWS || text > MOST_TEXT) {
        Row dropped = oldest.next();
        oldest.remove();
        keys.remove(dropped.alert().id());
        text -= length(dropped);
      }
    }
  }

  private static long length(Row row) {
    Alert alert = row.alert().latest();
    return 300L + length(alert.labels()) + length(alert.annotations());
  }

  private static long length(Map<String, String> texts) {
    long length = 0;
    for (Map.Entry<String, String> each : texts.entrySet()) {
      length += each.getKey().length() + each.getValue().length();
    }
    return length;
  }

  Optional<Counts> counts(IncidentId incident) {
    return Optional.ofNullable(counts.get(incident.number()));
  }

  void remember(IncidentId incident, Counts counted) {
    if (remembers) {
      if (counts.size() >= MOST_COUNTED) {
        counts.clear();
      }
      counts.put(incident.number(), counted);
    }
  }

  /**
   * Counts a change of an alert. Of other incidents that it belonged to before, nothing is known
   * then.
   *
   * @param before what was stored; empty for an alert that is new
   * @param joined whether it belongs to its incident since this change
   */
  void changed(Optional<AlertRecord> before, AlertRecord now, boolean joined) {
    boolean fired = before.filter(AlertMemory::fires).isPresent();
    boolean turned = before.isPresent() && fired != fires(now);
    Optional<Counts> known = now.incident().flatMap(this::counts);
    if (turned) {
      counts.clear();
    }
    if (known.isPresent()) {
      Counts old = known.get();
      long already = joined || !fired ? 0 : 1;
      long firing = old.firing() - already + (fires(now) ? 1 : 0);
      remember(
          now.incident().get(),
          new Counts(
              old.all() + (joined ? 1 : 0),
              firing,
              old.first(),
              isStillFirst(old, before, joined) ? old.asked() : -1));
    }
  }

  /** A new alert is the last of all; one that joins later may stand anywhere. */
  private static boolean isStillFirst(Counts old, Optional<AlertRecord> before, boolean joined) {
    return !joined || before.isEmpty() && old.first().size() >= old.asked();
  }

  private static boolean fires(AlertRecord alert) {
    return alert.latest().status() == Alert.Status.FIRING;
  }

  /** Returns the unclosed incident that a group goes to; asks for it once. */
  Optional<IncidentId> incidentOf(String group, Supplier<Optional<IncidentId>> stored) {
    return remembered(groups, MOST_GROUPS, group, stored);
  }

  /** Another incident than the one that is known may be that of the group now. */
  void regrouped(Optional<AlertRecord> before, AlertRecord now) {
    before
        .filter(known -> !isWhereItWas(known, now))
        .ifPresent(known -> groups.remove(known.groupKey()));
    if (now.incident().isPresent() && !now.incident().equals(groups.get(now.groupKey()))) {
      groups.remove(now.groupKey());
    }
  }

  private static boolean isWhereItWas(AlertRecord before, AlertRecord now) {
    return before.groupKey().equals(now.groupKey()) && before.incident().equals(now.incident());
  }

  void declared(String group) {
    groups.remove(group);
  }

  /** An incident was closed, or is open again. */
  void incidentsChanged() {
    groups.clear();
  }

  /** Returns what was noted of the last body of a source; asks for it once. */
  Optional<String> lastBody(String source, Supplier<Optional<String>> stored) {
    return remembered(bodies, MOST_COUNTED, source, stored);
  }

  void rememberBody(String source, String stamp) {
    if (remembers) {
      bodies.put(source, Optional.of(stamp));
    }
  }

  private <T> Optional<T> remembered(
      Map<String, Optional<T>> kept, int most, String name, Supplier<Optional<T>> stored) {
    Optional<T> known = kept.get(name);
    if (known != null) {
      return known;
    }
    Optional<T> found = stored.get();
    if (remembers) {
      if (kept.size() >= most) {
        kept.clear();
      }
      kept.put(name, found);
    }
    return found;
  }

  void forget() {
    rows.clear();
    keys.clear();
    counts.clear();
    missing.clear();
    groups.clear();
    bodies.clear();
    text = 0;
  }
}
