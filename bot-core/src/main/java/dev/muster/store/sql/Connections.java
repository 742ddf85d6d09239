// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConnection;

/** Opens connections that keep our promises, and checks that they do. */
final class Connections {

  /** What a transaction may have to undo stays in memory: a full temporary folder stops nobody. */
  private static final List<String> ALWAYS =
      List.of(
          "PRAGMA cell_size_check = ON",
          "PRAGMA trusted_schema = OFF",
          "PRAGMA temp_store = MEMORY");

  /**
   * A storm of alerts changes rows all over a table: 16 MB of pages kept spare a good part of its
   * processor time. The log is copied into the file by {@link LogCopier}.
   */
  private static final List<String> OF_WRITER =
      List.of(
          ALWAYS.get(0),
          ALWAYS.get(1),
          ALWAYS.get(2),
          "PRAGMA cache_size = -16384",
          "PRAGMA wal_autocheckpoint = 0");

  private static final Map<String, String> PROMISED = promised();

  private Connections() {}

  static Connection writer(StoreUrl url) throws SQLException {
    Connection connection = prepared(DriverManager.getConnection(url.forWriting()), OF_WRITER);
    try {
      check(connection);
      leaveTransactionsToUs(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * With its own automatic commit, the driver tries to begin a transaction behind every statement,
   * in vain because ours is open. Setting only its flag spares that; nothing else hangs on it,
   * because we say BEGIN and COMMIT ourselves.
   */
  private static void leaveTransactionsToUs(Connection connection) throws SQLException {
    connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
  }

  /** One that copies the log into the file beside the writer. */
  static Connection copier(StoreUrl url) throws SQLException {
    return prepared(DriverManager.getConnection(url.forReading()), ALWAYS);
  }

  /** One connection that cannot write, for who reads beside a running bot. */
  static Connection reader(StoreUrl url) throws SQLException {
    return prepared(
        DriverManager.getConnection(url.forReading()),
        List.of(ALWAYS.get(0), ALWAYS.get(1), ALWAYS.get(2), "PRAGMA query_only = ON"));
  }

  /** Reads every promised setting back. */
  static void check(Connection connection) throws SQLException {
    for (Map.Entry<String, String> setting : PROMISED.entrySet()) {
      String found = text(connection, "PRAGMA " + setting.getKey());
      if (!setting.getValue().equalsIgnoreCase(found)) {
        throw new SQLException(
            "the database answers "
                + setting.getKey()
                + " = "
                + found
                + " where Muster needs "
                + setting.getValue());
      }
    }
  }

  static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private static Connection prepared(Connection connection, List<String> settings)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String setting : settings) {
        statement.execute(setting);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Map<String, String> promised() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("journal_mode", "wal");
    all.put("synchronous", "2");
    all.put("busy_timeout", "5000");
    all.put("foreign_keys", "1");
    all.put("recursive_triggers", "1");
    all.put("cell_size_check", "1");
    all.put("trusted_schema", "0");
    all.put("temp_store", "2");
    return all;
  }
}
