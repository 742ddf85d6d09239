// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.incident.IncidentId;
import dev.muster.store.Aggregates;
import java.util.List;
import java.util.Optional;

/** Things of one kind in the table {@code aggregate}. */
final class SqlAggregates<T extends Record> implements Aggregates<T> {

  private static final String SAVE =
      """
      INSERT INTO aggregate (kind, id, incident, open, body) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (kind, id) DO UPDATE SET incident = excluded.incident, open = excluded.open,
        body = excluded.body
      """;
  private static final String OF =
      "SELECT body FROM aggregate WHERE incident = ? AND kind = ? ORDER BY number";
  private static final String OPEN_OF =
      "SELECT body FROM aggregate WHERE incident = ? AND kind = ? AND open = 1 ORDER BY number";

  static final String ALL_OPEN =
      "SELECT body FROM aggregate WHERE kind = ? AND open = 1 ORDER BY number LIMIT ?";

  private final Statements statements;
  private final ObjectMapper json;
  private final Class<T> kind;

  SqlAggregates(Statements statements, ObjectMapper json, Class<T> kind) {
    this.statements = statements;
    this.json = json;
    this.kind = kind;
  }

  @Override
  public void save(String id, IncidentId incident, boolean open, T thing) {
    statements.update(
        SAVE, kind.getSimpleName(), id, incident.number(), open, StoreJson.write(json, thing));
  }

  @Override
  public Optional<T> find(String id) {
    return statements.first(
        "SELECT body FROM aggregate WHERE kind = ? AND id = ?",
        row -> body(row.getString(1)),
        kind.getSimpleName(),
        id);
  }

  @Override
  public List<T> of(IncidentId incident) {
    return statements.list(
        OF, row -> body(row.getString(1)), incident.number(), kind.getSimpleName());
  }

  @Override
  public List<T> allOpen(int limit) {
    return statements.list(ALL_OPEN, row -> body(row.getString(1)), kind.getSimpleName(), limit);
  }

  @Override
  public List<T> openOf(IncidentId incident) {
    return statements.list(
        OPEN_OF, row -> body(row.getString(1)), incident.number(), kind.getSimpleName());
  }

  private T body(String text) {
    return StoreJson.read(json, text, kind);
  }
}
