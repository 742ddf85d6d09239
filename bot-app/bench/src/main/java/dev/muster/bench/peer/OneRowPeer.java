// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.peer;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The least that can be called durable: one row with the whole body per request, on the disk before
 * the answer, on the server and the database that Muster uses too. It verifies and reads nothing,
 * and knows no repeats. Arguments: the file.
 */
public final class OneRowPeer {

  private final PreparedStatement insert;

  private OneRowPeer(Connection connection) throws SQLException {
    insert = connection.prepareStatement("INSERT INTO delivery (raw) VALUES (?)");
  }

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws Exception {
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:sqlite:" + arguments[0] + "?journal_mode=WAL&synchronous=FULL")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE delivery (id INTEGER PRIMARY KEY, raw TEXT NOT NULL)");
      }
      JettyPeer.serve(new OneRowPeer(connection)::answer, System.out);
    }
  }

  /** One at a time, each in a transaction of its own. */
  private synchronized JettyPeer.Answer answer(JettyPeer.Asked asked) throws SQLException {
    insert.setString(1, asked.body());
    insert.executeUpdate();
    return new JettyPeer.Answer(200, "");
  }
}
