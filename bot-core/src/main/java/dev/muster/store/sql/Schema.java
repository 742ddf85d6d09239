// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the tables to the version this program works with. */
final class Schema {

  /** The newest script in {@code db/sqlite}. */
  static final int VERSION = 5;

  /** All of them, in their order. */
  static final List<String> SCRIPTS =
      List.of(
          "V1__begin.sql",
          "V2__alert_messages.sql",
          "V3__lists_that_grow.sql",
          "V4__alert_repeats.sql",
          "V5__what_is_about_a_message.sql");

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

  /** Makes the tables in an empty database that nobody opens again: nothing is noted in it. */
  static void lay(Connection connection) throws SQLException, IOException {
    for (String script : SCRIPTS) {
      try (InputStream text = Schema.class.getResourceAsStream("/db/sqlite/" + script);
          Statement statement = connection.createStatement()) {
        if (text == null) {
          throw new FileNotFoundException(script);
        }
        statement.executeUpdate(new String(text.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  /** Each script is carried out whole or not at all. */
  static FluentConfiguration scripts() {
    return Flyway.configure().locations("classpath:db/sqlite").loggers("slf4j");
  }
}
