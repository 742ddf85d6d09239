// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.fill.FilledStores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One query by hand on a store, prepared once and read to its end: the least there is to do. */
final class RawQuery implements AutoCloseable {

  private final Connection connection;
  private final PreparedStatement query;
  private final int columns;

  RawQuery(String url, String sql) throws SQLException {
    connection = DriverManager.getConnection(url);
    query = connection.prepareStatement(sql);
    columns = query.getMetaData().getColumnCount();
  }

  /** A query on a store that lies in a folder. */
  static RawQuery in(Path folder, String sql) throws SQLException {
    return new RawQuery("jdbc:sqlite:" + folder.resolve(FilledStores.FILE), sql);
  }

  /** Runs it and reads every value; returns how many rows there were. */
  long read(String... values) {
    try {
      for (int i = 0; i < values.length; i++) {
        query.setString(i + 1, values[i]);
      }
      try (ResultSet found = query.executeQuery()) {
        return drained(found);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long drained(ResultSet found) throws SQLException {
    long rows = 0;
    while (found.next()) {
      for (int column = 1; column <= columns; column++) {
        found.getObject(column);
      }
      rows++;
    }
    return rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
