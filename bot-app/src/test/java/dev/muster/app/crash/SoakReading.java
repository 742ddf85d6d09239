// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a running bot holds at one moment.
 *
 * @param inputs how many it has acknowledged so far
 * @param heap what stays in its heap after a collection, in kilobytes
 * @param handles files and sockets it holds open
 * @param threads how many it has
 * @param stored bytes of the store that are in use
 * @param waiting bytes of the file in which writes wait for their place
 * @param logged bytes of its logs
 */
record SoakReading(
    long inputs, long heap, long handles, long threads, long stored, long waiting, long logged) {

  /** Reads it. */
  static SoakReading of(PackagedBot bot, long inputs) {
    Path store = bot.store();
    return new SoakReading(
        inputs,
        bot.heapKilobytes(),
        bot.handles(),
        bot.threads(),
        used(store),
        store.resolveSibling(store.getFileName() + "-wal").toFile().length(),
        bot.loggedBytes());
  }

  /** What the file will have once everything has its place in it, without what is free. */
  private static long used(Path store) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = ON");
      long pages = number(statement, "page_count") - number(statement, "freelist_count");
      return pages * number(statement, "page_size");
    } catch (SQLException e) {
      throw new IllegalStateException(store + " cannot be read", e);
    }
  }

  private static long number(Statement statement, String pragma) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
      return row.getLong(1);
    }
  }
}
