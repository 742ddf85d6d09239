// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.store.sql.ChainCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What lies in the database file of a bot, read past the bot.
 *
 * @param deliveries what was heard
 * @param orders what the world is to do
 * @param facts every fact; stream 0 is the journal
 * @param timers what is to happen later
 * @param incidents every incident, by number and title
 * @param damage what is wrong with the file or its chains
 */
record StoreNow(
    List<Delivery> deliveries,
    List<Order> orders,
    List<Fact> facts,
    List<Due> timers,
    List<Opened> incidents,
    List<String> damage) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One delivery.
   *
   * @param state 0 waiting, 1 handled, 2 set aside
   * @param body what was read of it, and what came
   */
  record Delivery(String id, int state, Instant received, String body) {}

  /**
   * One order.
   *
   * @param stream of the incident; 0 for none
   * @param state 0 pending, 1 sending, 2 unknown, 3 done, 4 failed, 5 superseded
   */
  record Order(String id, long stream, String lane, int state, Instant due, String body) {}

  /**
   * One fact.
   *
   * @param actor what kind of actor caused it
   */
  record Fact(
      long stream,
      long seq,
      Instant at,
      String kind,
      String ref,
      String actor,
      String text,
      JsonNode details) {}

  /** One timer. */
  record Due(String kind, String subject, Instant due) {}

  /**
   * One incident.
   *
   * @param title in lower case
   * @param promised whether it is open and people were promised news
   */
  record Opened(long number, String title, boolean promised) {

    /** Returns its id as people write it. */
    String id() {
      return "INC-" + number;
    }
  }

  /** Reads a file that a bot may have open. */
  static StoreNow read(Path file) {
    List<String> damage = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      statement.execute("BEGIN");
      check(statement, damage);
      StoreNow now =
          new StoreNow(
              deliveries(statement),
              orders(statement),
              facts(statement),
              timers(statement),
              incidents(statement),
              damage);
      statement.execute("COMMIT");
      damage.addAll(ChainCheck.check("jdbc:sqlite:" + file).problems());
      return now;
    } catch (SQLException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the same with facts at the times at which they really were. */
  StoreNow at(UnaryOperator<Instant> really) {
    List<Fact> told =
        facts.stream()
            .map(
                f ->
                    new Fact(
                        f.stream(),
                        f.seq(),
                        really.apply(f.at()),
                        f.kind(),
                        f.ref(),
                        f.actor(),
                        f.text(),
                        f.details()))
            .toList();
    return new StoreNow(deliveries, orders, told, timers, incidents, damage);
  }

  /** Makes an incident's next summary due, in the file of a bot that does not run. */
  static void letSummaryFallDue(Path file, String incident, Instant now) {
    String sql = "UPDATE timer SET due_at = ? WHERE kind = 'summary' AND subject = ?";
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, ChronoUnit.MICROS.between(Instant.EPOCH, now));
      statement.setString(2, incident);
      if (statement.executeUpdate() != 1) {
        throw new IllegalStateException("no summary of " + incident + " is planned");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(file + " cannot be written", e);
    }
  }

  private static void check(Statement statement, List<String> damage) throws SQLException {
    try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      while (rows.next()) {
        if (!rows.getString(1).equals("ok")) {
          damage.add("integrity_check: " + rows.getString(1));
        }
      }
    }
    try (ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
      while (rows.next()) {
        damage.add("foreign_key_check: a row of " + rows.getString(1));
      }
    }
  }

  private static List<Delivery> deliveries(Statement statement) throws SQLException {
    List<Delivery> all = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT id, state, received_at, body || CAST(raw AS TEXT) FROM inbox ORDER BY rowid")) {
      while (row.next()) {
        all.add(new Delivery(row.getString(1), row.getInt(2), instant(row, 3), row.getString(4)));
      }
    }
    return all;
  }

  private static List<Order> orders(Statement statement) throws SQLException {
    List<Order> all = new ArrayList<>();
    String sql = "SELECT id, coalesce(incident, 0), lane, state, due_at, body FROM effect";
    try (ResultSet row = statement.executeQuery(sql + " ORDER BY number")) {
      while (row.next()) {
        all.add(
            new Order(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getInt(4),
                instant(row, 5),
                row.getString(6)));
      }
    }
    return all;
  }

  private static List<Fact> facts(Statement statement) throws SQLException {
    List<Fact> all = new ArrayList<>();
    String sql =
        """
        SELECT t.stream, t.seq, t.at, t.kind, t.ref, t.actor_type, w.text, w.details
        FROM timeline t LEFT JOIN timeline_words w ON w.stream = t.stream AND w.seq = t.seq
        ORDER BY t.stream, t.seq
        """;
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        all.add(
            new Fact(
                row.getLong(1),
                row.getLong(2),
                instant(row, 3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7) == null ? "" : row.getString(7),
                details(row.getString(8))));
      }
    }
    return all;
  }

  private static JsonNode details(String json) {
    try {
      return JSON.readTree(json == null || json.isEmpty() ? "{}" : json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Due> timers(Statement statement) throws SQLException {
    List<Due> all = new ArrayList<>();
    try (ResultSet row = statement.executeQuery("SELECT kind, subject, due_at FROM timer")) {
      while (row.next()) {
        all.add(new Due(row.getString(1), row.getString(2), instant(row, 3)));
      }
    }
    return all;
  }

  private static List<Opened> incidents(Statement statement) throws SQLException {
    List<Opened> all = new ArrayList<>();
    String sql =
        """
        SELECT number, folded, status NOT IN ('RESOLVED', 'CLOSED')
          AND json_extract(body, '$.nextUpdate') IS NOT NULL
        FROM incident ORDER BY number
        """;
    try (ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        all.add(new Opened(row.getLong(1), row.getString(2), row.getBoolean(3)));
      }
    }
    return all;
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
  }
}
