// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Stores of older programs, with something in every table, get the tables of today or keep theirs.
 */
class NewTablesTest {

  private static final Set<String> WRITING = Set.of("execute", "executeUpdate", "executeBatch");

  /** What a script empties on purpose: it is noted in another way from then on. */
  private static final Set<String> EMPTIED = Set.of("alert_body");

  @TempDir Path folder;

  /** A store as the program with these tables left it. */
  private Path older(int version) throws SQLException {
    Path file = folder.resolve("v" + version + "/muster.db");
    try {
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    } catch (IOException e) {
      throw new SQLException(e);
    }
    Schema.scripts()
        .dataSource(new StoreUrl(file).forWriting(), null, null)
        .target(String.valueOf(version))
        .load()
        .migrate();
    try (Connection connection = connected(file)) {
      for (String table : tables(connection)) {
        fill(connection, table);
      }
    }
    return file;
  }

  private static Connection connected(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  /** The tables that hold what cannot be built again. */
  private static List<String> tables(Connection connection) throws SQLException {
    return texts(
        connection,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_%'"
            + " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'flyway_%' ORDER BY name");
  }

  private static void fill(Connection connection, String table) throws SQLException {
    List<String> types =
        texts(connection, "SELECT type FROM pragma_table_info('" + table + "') ORDER BY cid");
    String marks = "?, ".repeat(types.size() - 1) + "?";
    try (PreparedStatement row =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
      for (int i = 0; i < types.size(); i++) {
        switch (types.get(i)) {
          case "INTEGER" -> row.setLong(i + 1, 1_700_000_000_000_000L);
          case "BLOB" -> row.setBytes(i + 1, new byte[] {7});
          default -> row.setString(i + 1, "{}");
        }
      }
      row.executeUpdate();
    }
  }

  /** Every row of every table, by the columns it had then. */
  private static Map<String, List<String>> contents(Path file, Map<String, String> columns)
      throws SQLException {
    Map<String, List<String>> found = new TreeMap<>();
    try (Connection connection = connected(file)) {
      for (Map.Entry<String, String> each : columns.entrySet()) {
        found.put(
            each.getKey(),
            texts(connection, "SELECT " + each.getValue() + " FROM " + each.getKey()));
      }
    }
    return found;
  }

  private static Map<String, String> columns(Path file) throws SQLException {
    Map<String, String> found = new TreeMap<>();
    try (Connection connection = connected(file)) {
      for (String table : tables(connection)) {
        List<String> names =
            texts(
                connection,
                "SELECT 'quote(' || name || ')' FROM pragma_table_info('"
                    + table
                    + "') ORDER BY cid");
        found.put(table, String.join(" || ", names));
      }
    }
    return found;
  }

  private static List<String> schema(Path file) throws SQLException {
    try (Connection connection = connected(file)) {
      return texts(connection, "SELECT sql FROM sqlite_schema WHERE sql NOT NULL ORDER BY sql");
    }
  }

  private static void open(Path file) {
    StoreOpening opening =
        SqlStore.open("jdbc:sqlite:" + file, ManualClock.atNoon(), () -> "id", new Telemetry());
    assertTrue(opening instanceof StoreOpening.Opened, opening::toString);
    ((StoreOpening.Opened) opening).store().close();
  }

  @Test
  void store_ofEveryOlderProgram_keepsEveryRowAndIsBackedUpFirst() throws Exception {
    List<String> today = schema(older(Schema.VERSION));
    for (int version = 1; version < Schema.VERSION; version++) {
      Path file = older(version);
      Map<String, String> columns = columns(file);
      Map<String, List<String>> before = contents(file, columns);
      before.forEach((table, rows) -> assertEquals(1, rows.size(), table));

      open(file);

      assertEquals(today, schema(file));
      Map<String, List<String>> after = contents(file, columns);
      EMPTIED.forEach(before::remove);
      before.forEach((table, rows) -> assertTrue(after.get(table).containsAll(rows), table));
      // The rows are made up, so that their chains do not fit.
      String name = "backups/before-new-tables/muster-20261120T120000Z.db.suspect";
      Path kept = file.resolveSibling(name);
      try (Connection connection = connected(kept)) {
        assertEquals(version, Schema.versionOf(connection));
      }
    }
  }

  @Test
  void store_diskFullInEachStatement_isOldOrNewAndTheNextStartCompletesIt() throws Exception {
    Path whole = older(1);
    Map<String, String> columns = columns(whole);
    Map<String, List<String>> rows = contents(whole, columns);
    List<List<String>> schemas = new ArrayList<>(List.of(List.of(), schema(whole)));
    for (int version = 2; version <= Schema.VERSION; version++) {
      schemas.add(schema(older(version)));
    }
    AtomicInteger left = new AtomicInteger();
    int failures = 0;
    for (boolean done = false; !done; ) {
      Path file = Files.copy(whole, folder.resolve("try" + failures + ".db"));
      left.set(failures);
      try {
        Schema.scripts().dataSource(moody(file, left)).load().migrate();
        done = true;
      } catch (FlywayException e) {
        failures++;
        isOldOrNew(file, schemas);
      }
    }
    assertTrue(failures > 10, failures + " statements failed");
    Path last = folder.resolve("try" + (failures - 1) + ".db");
    open(last);
    assertEquals(schemas.get(Schema.VERSION), schema(last));
    assertEquals(rows.get("incident"), contents(last, columns).get("incident"));
  }

  private static void isOldOrNew(Path file, List<List<String>> schemas) throws SQLException {
    try (Connection connection = connected(file)) {
      int version = Schema.versionOf(connection);
      assertEquals(schemas.get(version), schema(file), "version " + version);
    }
  }

  /** Connections of which the disk is full after so many statements that write. */
  private static DataSource moody(Path file, AtomicInteger left) {
    return proxy(
        DataSource.class,
        (method, arguments) ->
            proxy(
                Connection.class,
                forwarding(DriverManager.getConnection(new StoreUrl(file).forWriting()), left)));
  }

  private interface Call {
    Object to(Method method, Object[] arguments) throws Throwable;
  }

  private static Call forwarding(Object real, AtomicInteger left) {
    return (method, arguments) -> {
      if (real instanceof Statement
          && WRITING.contains(method.getName())
          && left.getAndDecrement() == 0) {
        throw new SQLiteException("made to fail", SQLiteErrorCode.SQLITE_FULL);
      }
      try {
        Object result = method.invoke(real, arguments);
        boolean more = result instanceof Statement;
        return more
            ? proxy(method.getReturnType().asSubclass(Statement.class), forwarding(result, left))
            : result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    };
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            NewTablesTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call.to(method, arguments)));
  }
}
