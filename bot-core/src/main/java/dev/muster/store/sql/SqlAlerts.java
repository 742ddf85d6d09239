// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.incident.IncidentId;
import dev.muster.store.AlertRecord;
import dev.muster.store.AlertStore;
import dev.muster.store.sql.AlertMemory.Counts;
import dev.muster.store.sql.AlertMemory.Row;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Alerts in the table {@code alert}, one row per key. */
final class SqlAlerts implements AlertStore {

  private static final String SELECT =
      """
      SELECT id, body, alert.incident, group_key, coalesce(r.verdict, alert.verdict),
        coalesce(r.statements, alert.statements), first_at, coalesce(r.last_at, alert.last_at),
        snoozed_until, number
      FROM alert LEFT JOIN alert_repeat r ON r.alert = number
      """;
  private static final String FIND = SELECT + "WHERE source = ? AND fingerprint = ?";
  private static final String BY_ID = SELECT + "WHERE id = ?";
  private static final String OF =
      SELECT
          + "WHERE number IN (SELECT alert FROM alert_incident WHERE incident = ?) ORDER BY number";

  /** In a storm this is asked for each alert, so it reads no more than it returns. */
  static final String FIRST_OF =
      SELECT.replace("FROM alert", "FROM alert_incident m CROSS JOIN alert ON number = m.alert")
          + "WHERE m.incident = ? ORDER BY m.alert LIMIT ?";

  /** Counted in two indexes: the alerts themselves are large. */
  static final String FIRING_OF =
      """
      SELECT count(*) FROM alert_incident m CROSS JOIN alert INDEXED BY alert_firing
      ON number = m.alert AND firing = 1 WHERE m.incident = ?
      """;

  private static final String ALL = SELECT + "WHERE number < ? ORDER BY number DESC LIMIT ?";
  private static final String FIRING =
      SELECT + "WHERE firing = 1 AND number < ? ORDER BY number DESC LIMIT ?";
  private static final String TRACED =
      SELECT
          + """
          WHERE number IN (SELECT alert FROM alert_trace WHERE trace = ? AND by_message >= ?)
            AND (firing = 1 OR coalesce(r.last_at, alert.last_at) >= ?) ORDER BY number DESC LIMIT ?
          """;
  private static final String SAVE =
      """
      INSERT INTO alert (id, source, fingerprint, firing, incident, group_key, verdict, statements,
        first_at, last_at, snoozed_until, body)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (source, fingerprint) DO UPDATE SET firing = excluded.firing,
        incident = excluded.incident, group_key = excluded.group_key, verdict = excluded.verdict,
        statements = excluded.statements, first_at = excluded.first_at, last_at = excluded.last_at,
        snoozed_until = excluded.snoozed_until, body = excluded.body
      """;

  /** What a repeat changes; in a table of its own, because a storm changes it all the time. */
  private static final String REPEAT =
      """
      INSERT INTO alert_repeat (alert, verdict, statements, last_at) VALUES (?, ?, ?, ?)
      ON CONFLICT (alert) DO UPDATE SET verdict = excluded.verdict,
        statements = excluded.statements, last_at = excluded.last_at
      """;

  /** The same for many: a text names their numbers, and beside each how often it was stated. */
  private static final String REPEATS =
      """
      INSERT INTO alert_repeat (alert, verdict, statements, last_at)
      SELECT CAST(key AS INTEGER), ?, value, ? FROM json_each(?) WHERE true
      ON CONFLICT (alert) DO UPDATE SET verdict = excluded.verdict,
        statements = excluded.statements, last_at = excluded.last_at
      """;

  private static final String BELONGS =
      "INSERT OR IGNORE INTO alert_incident (incident, alert) VALUES (?, ?)";
  private static final String JOIN =
      """
      INSERT OR IGNORE INTO alert_incident (incident, alert)
      SELECT ?, number FROM alert WHERE incident = ?
      """;

  /** Goes from incident to incident of the group, however many alerts each has. */
  static final String OF_GROUP =
      """
      WITH RECURSIVE one (incident) AS (
        SELECT max(incident) FROM alert WHERE group_key = ?1 AND incident IS NOT NULL
        UNION ALL
        SELECT (SELECT max(a.incident) FROM alert a
          WHERE a.group_key = ?1 AND a.incident IS NOT NULL AND a.incident < one.incident)
        FROM one WHERE one.incident IS NOT NULL)
      SELECT max(i.number) FROM incident i WHERE i.status <> 'CLOSED' AND i.number IN (
        SELECT incident FROM alert_declaration WHERE group_key = ?1
        UNION SELECT incident FROM one WHERE incident IS NOT NULL)
      """;

  /** One row per source; rows that name a fingerprint were written by older versions. */
  private static final String LAST_BODY =
      "SELECT hash FROM alert_body WHERE source = ? AND fingerprint = ''";

  private static final String REMEMBER_BODY =
      """
      INSERT INTO alert_body (source, fingerprint, hash, at) VALUES (?, '', ?, ?)
      ON CONFLICT (source, fingerprint) DO UPDATE SET hash = excluded.hash, at = excluded.at
      """;

  private final Statements statements;
  private final ObjectMapper json;
  private final AlertMemory memory;

  SqlAlerts(Statements statements, ObjectMapper json, AlertMemory memory) {
    this.statements = statements;
    this.json = json;
    this.memory = memory;
  }

  @Override
  public Optional<AlertRecord> find(AlertKey key) {
    return row(key).map(Row::alert);
  }

  private Optional<Row> row(AlertKey key) {
    Optional<Row> known = memory.find(key);
    if (known.isPresent() || memory.isMissing(key)) {
      return known;
    }
    Optional<Row> stored = statements.first(FIND, this::row, key.source(), key.fingerprint());
    stored.ifPresentOrElse(memory::remember, () -> memory.missing(key));
    return stored;
  }

  @Override
  public Optional<AlertRecord> byId(String id) {
    Optional<Row> known = memory.byId(id);
    if (known.isPresent()) {
      return known.map(Row::alert);
    }
    Optional<Row> stored = statements.first(BY_ID, this::row, id);
    stored.ifPresent(memory::remember);
    return stored.map(Row::alert);
  }

  @Override
  public void save(AlertRecord alert) {
    Optional<Row> before = row(alert.latest().key());
    if (before.isPresent() && isRepeat(before.get().alert(), alert)) {
      long number = before.get().number();
      statements.update(REPEAT, number, alert.verdict(), alert.statements(), alert.lastAt());
      memory.remember(new Row(number, alert));
      return;
    }
    write(alert);
    long number = before.map(Row::number).orElseGet(this::lastNumber);
    if (before.isPresent()) {
      statements.update("DELETE FROM alert_repeat WHERE alert = ?", number);
    }
    Optional<AlertRecord> known = before.map(Row::alert);
    boolean joined =
        alert
            .incident()
            .filter(incident -> !known.flatMap(AlertRecord::incident).equals(alert.incident()))
            .filter(incident -> statements.update(BELONGS, incident.number(), number) == 1)
            .isPresent();
    memory.changed(known, alert, joined);
    memory.regrouped(known, alert);
    if (known.filter(row -> !row.id().equals(alert.id())).isPresent()) {
      // The row keeps the identifier it has.
      memory.forget();
    } else {
      memory.remember(new Row(number, alert));
    }
  }

  @Override
  public List<Alert> saveRepeats(
      List<Alert> stated, BiFunction<Alert, AlertRecord, Optional<AlertRecord>> judge) {
    Map<AlertKey, Row> taken = new HashMap<>(2 * stated.size());
    Set<AlertKey> left = new HashSet<>();
    List<Alert> others = new ArrayList<>();
    for (Alert alert : stated) {
      AlertKey key = alert.key();
      Optional<Row> row = left.contains(key) ? Optional.empty() : row(key, taken);
      Optional<AlertRecord> now = row.flatMap(before -> judge.apply(alert, before.alert()));
      if (now.isPresent()) {
        row.get().repeats(now.get());
        taken.put(key, row.get());
      } else {
        left.add(key);
        others.add(alert);
      }
    }
    write(taken.values());
    return others;
  }

  /** Of one body most alerts are looked for once; the others stand among those just found. */
  private Optional<Row> row(AlertKey key, Map<AlertKey, Row> found) {
    Row known = found.get(key);
    return known == null ? row(key) : Optional.of(known);
  }

  private void write(Collection<Row> repeated) {
    Map<Stamp, List<Row>> all = new LinkedHashMap<>();
    for (Row row : repeated) {
      AlertRecord alert = row.alert();
      all.computeIfAbsent(
              new Stamp(alert.verdict(), alert.lastAt()), stamp -> new ArrayList<>(repeated.size()))
          .add(row);
    }
    all.forEach(
        (stamp, rows) -> statements.update(REPEATS, stamp.verdict(), stamp.lastAt(), text(rows)));
  }

  /** What the repeats of one body mostly have in common. */
  private record Stamp(String verdict, Instant lastAt) {}

  private static String text(List<Row> rows) {
    rows.sort(Comparator.comparingLong(Row::number));
    StringBuilder text = new StringBuilder(24 * rows.size());
    for (Row row : rows) {
      text.append(text.isEmpty() ? "{\"" : ",\"")
          .append(row.number())
          .append("\":")
          .append(row.alert().statements());
    }
    return text.append('}').toString();
  }

  /** Returns whether nothing changes but how often and when it was stated, and the verdict. */
  private static boolean isRepeat(AlertRecord before, AlertRecord now) {
    return before.latest().equals(now.latest())
        && before.id().equals(now.id())
        && before.incident().equals(now.incident())
        && before.groupKey().equals(now.groupKey())
        && before.firstAt().equals(now.firstAt())
        && before.snoozedUntil().equals(now.snoozedUntil());
  }

  /** To have the number returned by the statement that writes costs more than to write. */
  private long lastNumber() {
    return statements.number("SELECT last_insert_rowid()");
  }

  private void write(AlertRecord alert) {
    Alert latest = alert.latest();
    statements.update(
        SAVE,
        alert.id(),
        latest.key().source(),
        latest.key().fingerprint(),
        latest.status() == Alert.Status.FIRING,
        alert.incident().map(IncidentId::number).orElse(null),
        alert.groupKey(),
        alert.verdict(),
        alert.statements(),
        alert.firstAt(),
        alert.lastAt(),
        alert.snoozedUntil().orElse(null),
        StoreJson.write(json, latest));
  }

  @Override
  public List<AlertRecord> of(IncidentId incident) {
    return statements.list(OF, this::read, incident.number());
  }

  @Override
  public Tally tally(IncidentId incident, int most) {
    Optional<Counts> known =
        memory.counts(incident).filter(counts -> most == 0 || counts.asked() == most);
    if (known.isPresent()) {
      List<String> first = most == 0 ? List.of() : known.get().first();
      List<AlertRecord> records = first.stream().flatMap(id -> byId(id).stream()).toList();
      return new Tally(known.get().all(), known.get().firing(), records);
    }
    long all =
        statements.number(
            "SELECT count(*) FROM alert_incident WHERE incident = ?", incident.number());
    long firing = statements.number(FIRING_OF, incident.number());
    List<AlertRecord> first = statements.list(FIRST_OF, this::read, incident.number(), most);
    List<String> ids = first.stream().map(AlertRecord::id).toList();
    memory.remember(incident, new Counts(all, firing, ids, most));
    return new Tally(all, firing, first);
  }

  @Override
  public int move(IncidentId from, IncidentId to) {
    memory.forget();
    statements.update(JOIN, to.number(), from.number());
    return statements.update(
        "UPDATE alert SET incident = ? WHERE incident = ?", to.number(), from.number());
  }

  @Override
  public Optional<IncidentId> incidentOfGroup(String groupKey) {
    if (groupKey.isEmpty()) {
      return Optional.empty();
    }
    return memory.incidentOf(groupKey, () -> stored(groupKey));
  }

  private Optional<IncidentId> stored(String groupKey) {
    long number = statements.number(OF_GROUP, groupKey);
    return number == 0 ? Optional.empty() : Optional.of(new IncidentId(number));
  }

  @Override
  public List<Instant> declarationsSince(String source, Instant since) {
    return statements.list(
        "SELECT at FROM alert_declaration WHERE source = ? AND at >= ? ORDER BY at",
        row -> Micros.read(row.getLong(1)),
        source,
        since);
  }

  @Override
  public void declared(String source, String groupKey, IncidentId incident, Instant at) {
    statements.update(
        "INSERT INTO alert_declaration (source, group_key, incident, at) VALUES (?, ?, ?, ?)",
        source,
        groupKey,
        incident.number(),
        at);
    memory.declared(groupKey);
  }

  @Override
  public List<AlertRecord> list(boolean firingOnly, String before, int limit) {
    long below =
        before.isEmpty()
            ? Long.MAX_VALUE
            : statements.number("SELECT number FROM alert WHERE id = ?", before);
    return statements.list(firingOnly ? FIRING : ALL, this::read, below, limit);
  }

  /** Returns the number under which the table knows an alert. */
  long numberOf(String id) {
    return memory
        .byId(id)
        .map(Row::number)
        .orElseGet(() -> statements.number("SELECT number FROM alert WHERE id = ?", id));
  }

  /** Returns alerts that left a trace and fire, or were heard since then, newest first. */
  List<AlertRecord> traced(String trace, boolean messagesOnly, Instant since, int limit) {
    return statements.list(TRACED, this::read, trace, messagesOnly, since, limit);
  }

  @Override
  public Optional<String> lastBody(String source) {
    return memory.lastBody(
        source, () -> statements.first(LAST_BODY, row -> row.getString(1), source));
  }

  @Override
  public void rememberBody(String source, String stamp, Instant at) {
    statements.update(REMEMBER_BODY, source, stamp, at);
    memory.rememberBody(source, stamp);
  }

  private Row row(ResultSet row) throws SQLException {
    return new Row(row.getLong(10), read(row));
  }

  private AlertRecord read(ResultSet row) throws SQLException {
    long incident = row.getLong(3);
    long snoozedUntil = row.getLong(9);
    boolean snoozed = !row.wasNull();
    return new AlertRecord(
        row.getString(1),
        StoreJson.read(json, row.getString(2), Alert.class),
        incident == 0 ? Optional.empty() : Optional.of(new IncidentId(incident)),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        Micros.read(row.getLong(7)),
        Micros.read(row.getLong(8)),
        snoozed ? Optional.of(Micros.read(snoozedUntil)) : Optional.empty());
  }
}
