// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.incident.IncidentId;
import dev.muster.store.Timers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Appointments in the table {@code timer}. */
final class SqlTimers implements Timers {

  private static final String SELECT =
      "SELECT kind, subject, incident, due_at, details FROM timer ";
  private static final String FIND = SELECT + "WHERE kind = ? AND subject = ?";
  private static final String DUE =
      SELECT + "WHERE due_at <= ? ORDER BY due_at, kind, subject LIMIT ?";
  private static final String SET =
      """
      INSERT INTO timer (kind, subject, incident, due_at, details) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (kind, subject) DO UPDATE SET incident = excluded.incident,
        due_at = excluded.due_at, details = excluded.details
      """;

  private final Statements statements;
  private final ObjectMapper json;
  private long set;

  SqlTimers(Statements statements, ObjectMapper json) {
    this.statements = statements;
    this.json = json;
  }

  /** Returns how many timers were set on this connection, those taken back included. */
  long set() {
    return set;
  }

  @Override
  public void set(Timer timer) {
    set++;
    statements.update(
        SET,
        timer.kind(),
        timer.subject(),
        timer.incident().map(IncidentId::number).orElse(null),
        timer.due(),
        StoreJson.write(json, timer.details()));
  }

  @Override
  public void cancel(String kind, String subject) {
    statements.update("DELETE FROM timer WHERE kind = ? AND subject = ?", kind, subject);
  }

  @Override
  public void cancelAll(IncidentId incident) {
    statements.update("DELETE FROM timer WHERE incident = ?", incident.number());
  }

  @Override
  public List<Timer> due(Instant now, int limit) {
    return statements.list(DUE, this::read, now, limit);
  }

  @Override
  public Optional<Timer> find(String kind, String subject) {
    return statements.first(FIND, this::read, kind, subject);
  }

  @Override
  public Optional<Instant> nextDue() {
    return statements.first(
        "SELECT due_at FROM timer ORDER BY due_at LIMIT 1", row -> Micros.read(row.getLong(1)));
  }

  private Timer read(ResultSet row) throws SQLException {
    long incident = row.getLong(3);
    return new Timer(
        row.getString(1),
        row.getString(2),
        incident == 0 ? Optional.empty() : Optional.of(new IncidentId(incident)),
        Micros.read(row.getLong(4)),
        details(row.getString(5)));
  }

  private Map<String, String> details(String text) {
    try {
      return StoreJson.readTexts(json, text);
    } catch (StoreJson.Unreadable e) {
      return Timer.UNREADABLE;
    }
  }
}
