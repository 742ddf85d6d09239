// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.fill.FilledStores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** What a store kept, read by hand beside whoever has it open. */
final class Kept implements AutoCloseable {

  private final Connection connection;

  Kept(Path folder) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FilledStores.FILE));
  }

  /** Returns how many deliveries were stored and not handled yet. */
  long waiting() {
    return counts("SELECT 0, count(*) FROM inbox WHERE state = 0").get(0L);
  }

  /** Returns for each number at the end of a message how often it stands on a timeline. */
  Map<Long, Long> messages() {
    return counts(
        """
        SELECT CAST(substr(w.text, -12) AS INTEGER), count(*)
        FROM timeline t JOIN timeline_words w ON w.stream = t.stream AND w.seq = t.seq
        WHERE t.kind = 'message_logged' GROUP BY 1
        """);
  }

  /** Returns for each number of an alert how often it was stated. */
  Map<Long, Long> alerts() {
    return counts(
        """
        SELECT CAST(ltrim(a.fingerprint, '0') AS INTEGER), coalesce(r.statements, a.statements)
        FROM alert a LEFT JOIN alert_repeat r ON r.alert = a.number
        """);
  }

  /** Returns for each number of an alert how often it was attached to an incident. */
  Map<Long, Long> attached() {
    return counts(
        """
        SELECT CAST(ltrim(a.fingerprint, '0') AS INTEGER), count(*)
        FROM timeline t JOIN alert a ON a.id = t.ref WHERE t.kind = 'alert_attached' GROUP BY 1
        """);
  }

  /** Returns how many incidents there are. */
  long incidents() {
    return counts("SELECT 0, count(*) FROM incident").get(0L);
  }

  private Map<Long, Long> counts(String sql) {
    Map<Long, Long> counts = new HashMap<>();
    try (Statement query = connection.createStatement();
        ResultSet found = query.executeQuery(sql)) {
      while (found.next()) {
        counts.put(found.getLong(1), found.getLong(2));
      }
      return counts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
