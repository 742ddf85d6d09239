// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.chat.UserRef;
import dev.muster.incident.IncidentId;
import dev.muster.store.ActionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Meanings of buttons in the table {@code action}. */
final class SqlActions implements ActionStore {

  private static final String PUT =
      """
      INSERT INTO action (token, name, incident, arguments, usable, slot, revision, retired,
        used_platform, used_by, used_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String FIND =
      """
      SELECT token, name, incident, arguments, usable, slot, revision, retired,
        used_platform, used_by, used_at
      FROM action WHERE token = ?
      """;
  private static final String USE_ONCE =
      """
      UPDATE action SET used_platform = ?, used_by = ?, used_at = ?
      WHERE token = ? AND retired = 0 AND used_at IS NULL
      """;
  private static final String NOTE_USE =
      "UPDATE action SET used_platform = ?, used_by = ?, used_at = ? WHERE token = ?";
  private static final String USE_PER_PERSON =
      """
      INSERT INTO action_use (token, platform, person, at) VALUES (?, ?, ?, ?)
      ON CONFLICT (token, platform, person) DO NOTHING
      """;

  private final Statements statements;
  private final ObjectMapper json;

  SqlActions(Statements statements, ObjectMapper json) {
    this.statements = statements;
    this.json = json;
  }

  @Override
  public void put(ButtonAction action) {
    statements.update(
        PUT,
        action.token(),
        action.action(),
        action.incident().map(IncidentId::number).orElse(null),
        StoreJson.write(json, action.arguments()),
        action.use().name(),
        action.slot(),
        action.revision(),
        action.retired(),
        action.usedBy().map(UserRef::platform).orElse(null),
        action.usedBy().map(UserRef::id).orElse(null),
        action.usedAt().orElse(null));
  }

  @Override
  public Optional<ButtonAction> find(String token) {
    return statements.first(FIND, this::read, token);
  }

  @Override
  public boolean consume(String token, UserRef by, Instant at) {
    Optional<ButtonAction> action = find(token).filter(found -> !found.retired());
    if (action.isEmpty()) {
      return false;
    }
    return switch (action.get().use()) {
      case ONCE -> statements.update(USE_ONCE, by.platform(), by.id(), at, token) == 1;
      case ONCE_PER_PERSON -> consumeFor(token, by, at);
      case REPEATEDLY -> true;
    };
  }

  @Override
  public void retire(String slot, long exceptRevision) {
    statements.update(
        "UPDATE action SET retired = 1 WHERE slot = ? AND retired = 0 AND slot <> ''"
            + " AND revision <> ?",
        slot,
        exceptRevision);
  }

  private boolean consumeFor(String token, UserRef by, Instant at) {
    if (statements.update(USE_PER_PERSON, token, by.platform(), by.id(), at) == 0) {
      return false;
    }
    statements.update(NOTE_USE, by.platform(), by.id(), at, token);
    return true;
  }

  private ButtonAction read(ResultSet row) throws SQLException {
    long incident = row.getLong(3);
    String usedBy = row.getString(10);
    long usedAt = row.getLong(11);
    boolean used = !row.wasNull();
    return new ButtonAction(
        row.getString(1),
        row.getString(2),
        incident == 0 ? Optional.empty() : Optional.of(new IncidentId(incident)),
        StoreJson.readTexts(json, row.getString(4)),
        Use.valueOf(row.getString(5)),
        row.getString(6),
        row.getLong(7),
        usedBy == null ? Optional.empty() : Optional.of(new UserRef(row.getString(9), usedBy)),
        used ? Optional.of(Micros.read(usedAt)) : Optional.empty(),
        row.getInt(8) == 1);
  }
}
