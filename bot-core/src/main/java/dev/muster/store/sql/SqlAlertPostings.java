// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.alert.AlertKey;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.store.AlertChoice;
import dev.muster.store.AlertPosting;
import dev.muster.store.AlertPostings;
import dev.muster.store.AlertRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tables {@code alert_posting}, {@code alert_alias}, {@code alert_trace}, {@code alert_choice}.
 */
final class SqlAlertPostings implements AlertPostings {

  private static final String SAVE =
      """
      INSERT INTO alert_posting (platform, channel, message, alert, at, body)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (platform, channel, message) DO UPDATE SET alert = excluded.alert,
        body = excluded.body
      """;
  private static final String ANY = "SELECT EXISTS (SELECT 1 FROM alert_posting)";
  private static final String KEEP_ALIAS =
      """
      INSERT INTO alert_alias (source, fingerprint, alert) VALUES (?, ?, ?)
      ON CONFLICT (source, fingerprint) DO UPDATE SET alert = excluded.alert
      """;
  private static final String KEEP_TRACES =
      "INSERT OR IGNORE INTO alert_trace (trace, by_message, alert) VALUES ";
  private static final String CHOOSE =
      """
      INSERT INTO alert_choice (alert, body) VALUES (?, ?)
      ON CONFLICT (alert) DO UPDATE SET body = excluded.body
      """;

  private final Statements statements;
  private final ObjectMapper json;
  private final SqlAlerts alerts;
  private final boolean remembers;

  /** Whether no message states an alert, as far as is known; nothing is known at first. */
  private boolean none;

  /** Whether one does, or may. */
  private boolean some;

  /**
   * @param remembers whether nobody else writes
   */
  SqlAlertPostings(Statements statements, ObjectMapper json, SqlAlerts alerts, boolean remembers) {
    this.remembers = remembers;
    this.statements = statements;
    this.json = json;
    this.alerts = alerts;
  }

  @Override
  public Optional<AlertPosting> find(MessageRef message) {
    ChannelRef channel = message.channel();
    return statements.first(
        "SELECT body FROM alert_posting WHERE platform = ? AND channel = ? AND message = ?",
        row -> StoreJson.read(json, row.getString(1), AlertPosting.class),
        channel.platform(),
        channel.id(),
        message.id());
  }

  @Override
  public void save(AlertPosting posting) {
    ChannelRef channel = posting.message().channel();
    stated();
    statements.update(
        SAVE,
        channel.platform(),
        channel.id(),
        posting.message().id(),
        posting.alert(),
        posting.at(),
        StoreJson.write(json, posting));
  }

  @Override
  public boolean any() {
    return !isNone();
  }

  @Override
  public List<AlertPosting> of(String alert, int limit) {
    if (isNone()) {
      return List.of();
    }
    return statements.list(
        "SELECT body FROM alert_posting WHERE alert = ? ORDER BY number DESC LIMIT ?",
        row -> StoreJson.read(json, row.getString(1), AlertPosting.class),
        alert,
        limit);
  }

  /** Postings stay, so once there is one there always is. */
  private boolean isNone() {
    if (remembers && !none && !some) {
      none = statements.number(ANY) == 0;
      some = !none;
    }
    return none;
  }

  private void stated() {
    none = false;
    some = true;
  }

  @Override
  public long countSince(String alert, Instant since) {
    return statements.number(
        "SELECT count(*) FROM alert_posting WHERE alert = ? AND at >= ?", alert, since);
  }

  @Override
  public Optional<String> aliasOf(AlertKey key) {
    if (isNone()) {
      return Optional.empty();
    }
    return statements.first(
        "SELECT alert FROM alert_alias WHERE source = ? AND fingerprint = ?",
        row -> row.getString(1),
        key.source(),
        key.fingerprint());
  }

  @Override
  public void keepAlias(AlertKey key, String alert) {
    stated();
    statements.update(KEEP_ALIAS, key.source(), key.fingerprint(), alert);
  }

  @Override
  public void dropAlias(AlertKey key) {
    statements.update(
        "DELETE FROM alert_alias WHERE source = ? AND fingerprint = ?",
        key.source(),
        key.fingerprint());
  }

  @Override
  public void keepTraces(String alert, boolean byMessage, Set<String> traces) {
    if (traces.isEmpty()) {
      return;
    }
    if (byMessage) {
      stated();
    }
    long number = alerts.numberOf(alert);
    List<Object> values = new ArrayList<>(3 * traces.size());
    traces.forEach(trace -> values.addAll(List.of(trace, byMessage, number)));
    statements.update(
        KEEP_TRACES + String.join(", ", Collections.nCopies(traces.size(), "(?, ?, ?)")),
        values.toArray());
  }

  @Override
  public List<AlertRecord> traced(
      Set<String> traces, boolean messagesOnly, Instant since, int limit) {
    if (messagesOnly && isNone()) {
      return List.of();
    }
    Map<String, AlertRecord> found = new LinkedHashMap<>();
    for (String trace : traces) {
      alerts
          .traced(trace, messagesOnly, since, limit)
          .forEach(record -> found.putIfAbsent(record.id(), record));
    }
    return new ArrayList<>(found.values());
  }

  @Override
  public Optional<AlertChoice> choice(String alert) {
    return statements.first(
        "SELECT body FROM alert_choice WHERE alert = ?",
        row -> StoreJson.read(json, row.getString(1), AlertChoice.class),
        alert);
  }

  @Override
  public void choose(AlertChoice choice) {
    statements.update(CHOOSE, choice.alert(), StoreJson.write(json, choice));
  }

  @Override
  public void forgetChoice(String alert) {
    statements.update("DELETE FROM alert_choice WHERE alert = ?", alert);
  }
}
