// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the tables to the version this program works with. */
final class Schema {

  /** The newest script in {@code db/sqlite}. */
  static final int VERSION = 5;

  private static final String HISTORY = "flyway_schema_history";

  private Schema() {}

  /** Returns the version the database has; 0 when it is empty. */
  static int versionOf(Connection connection) throws SQLException {
    String table =
        Connections.text(
            connection, "SELECT name FROM sqlite_schema WHERE name = '" + HISTORY + "'");
    if (table.isEmpty()) {
      return 0;
    }
    String version =
        Connections.text(
            connection,
            "SELECT max(CAST(version AS INTEGER)) FROM " + HISTORY + " WHERE success = 1");
    return version == null || version.isEmpty() ? 0 : Integer.parseInt(version);
  }

  /** Runs the scripts that are missing; dear, so only called when some are. */
  static void migrate(StoreUrl url) {
    scripts().dataSource(url.forWriting(), null, null).load().migrate();
  }

  /** Each script is carried out whole or not at all. */
  static FluentConfiguration scripts() {
    return Flyway.configure().locations("classpath:db/sqlite").loggers("slf4j");
  }
}
