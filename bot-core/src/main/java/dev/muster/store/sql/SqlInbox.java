// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.chat.Answer;
import dev.muster.store.Inbound;
import dev.muster.store.Inbox;
import dev.muster.store.PackedBody;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Deliveries in the table {@code inbox}. */
final class SqlInbox implements Inbox {

  private static final String PUT =
      """
      INSERT INTO inbox (id, source, delivery_key, raw, body, received_at, due_at, state, attempts)
      VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0) ON CONFLICT (source, delivery_key) DO NOTHING
      """;
  private static final String PUT_HANDLED =
      """
      INSERT INTO inbox (id, source, delivery_key, raw, body, received_at, due_at, state, attempts,
        answer) VALUES (?, ?, ?, ?, ?, ?, ?, 1, 0, ?) ON CONFLICT (source, delivery_key) DO NOTHING
      """;
  private static final String STORED =
      "SELECT id, answer FROM inbox WHERE source = ? AND delivery_key = ?";
  private static final String WAITING =
      """
      SELECT id, body, received_at, attempts FROM inbox
      WHERE state = 0 AND due_at <= ? ORDER BY rowid LIMIT ?
      """;

  private static final String FORGET =
      """
      DELETE FROM inbox WHERE rowid IN (
        SELECT rowid FROM inbox WHERE state = 1 AND received_at < ? ORDER BY received_at LIMIT ?)
      """;

  private final Statements statements;
  private final ObjectMapper json;
  private final Supplier<String> ids;
  private final String accepted;

  SqlInbox(Statements statements, ObjectMapper json, Supplier<String> ids) {
    this.statements = statements;
    this.json = json;
    this.ids = ids;
    this.accepted = StoreJson.write(json, new Answer.Accepted());
  }

  @Override
  public Stored put(String source, String key, byte[] raw, PackedBody body, Instant now) {
    String id = ids.get();
    return statements.update(PUT, id, source, key, raw, text(body), now, now) == 1
        ? new Stored(id, false, Optional.empty())
        : stored(source, key);
  }

  private Stored stored(String source, String key) {
    return statements
        .first(
            STORED,
            row -> {
              Optional<Answer> answer = Optional.ofNullable(row.getString(2)).map(this::answer);
              return new Stored(row.getString(1), true, answer);
            },
            source,
            key)
        .orElseThrow();
  }

  @Override
  public Stored putHandled(String source, String key, byte[] raw, PackedBody body, Instant now) {
    String id = ids.get();
    return statements.update(PUT_HANDLED, id, source, key, raw, text(body), now, now, accepted) == 1
        ? new Stored(id, false, Optional.empty())
        : stored(source, key);
  }

  private String text(PackedBody body) {
    return body.text().orElseGet(() -> StoreJson.write(json, body.body()));
  }

  @Override
  public List<Waiting> waiting(Instant now, int limit) {
    return statements.list(
        WAITING,
        row ->
            new Waiting(
                row.getString(1),
                decoded(row.getString(2)),
                Micros.read(row.getLong(3)),
                row.getInt(4)),
        now,
        limit);
  }

  @Override
  public Optional<Answer> answerOf(String id) {
    return statements.first(
        "SELECT answer FROM inbox WHERE id = ? AND state = 1", row -> answer(row.getString(1)), id);
  }

  @Override
  public Optional<Instant> receivedAt(String id) {
    return statements.first(
        "SELECT received_at FROM inbox WHERE id = ?", row -> Micros.read(row.getLong(1)), id);
  }

  @Override
  public Optional<Inbound> body(String id) {
    return statements
        .first("SELECT body FROM inbox WHERE id = ?", row -> row.getString(1), id)
        .flatMap(this::decoded);
  }

  @Override
  public void handled(String id, Answer answer) {
    statements.update(
        "UPDATE inbox SET state = 1, error = NULL, answer = ? WHERE id = ?",
        StoreJson.write(json, answer),
        id);
  }

  @Override
  public void again(String id, Instant now) {
    statements.update(
        "UPDATE inbox SET state = 0, attempts = 0, due_at = ?, answer = NULL"
            + " WHERE id = ? AND state = 1",
        now,
        id);
  }

  @Override
  public void retry(String id, Instant dueAt, String error) {
    statements.update(
        "UPDATE inbox SET attempts = attempts + 1, due_at = ?, error = ? WHERE id = ?",
        dueAt,
        error,
        id);
  }

  @Override
  public void park(String id, String error) {
    statements.update(
        "UPDATE inbox SET state = 2, attempts = attempts + 1, error = ? WHERE id = ?", error, id);
  }

  @Override
  public long backlog() {
    return statements.number("SELECT count(*) FROM inbox WHERE state = 0");
  }

  @Override
  public int forget(Instant before, int limit) {
    return statements.update(FORGET, before, limit);
  }

  private Optional<Inbound> decoded(String text) {
    try {
      return Optional.of(StoreJson.read(json, text, Inbound.class));
    } catch (StoreJson.Unreadable e) {
      return Optional.empty();
    }
  }

  private Answer answer(String text) {
    return StoreJson.read(json, text, Answer.class);
  }
}
