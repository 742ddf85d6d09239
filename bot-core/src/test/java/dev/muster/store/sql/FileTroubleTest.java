// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Whoever reads what is wrong with the store need not know what SQLite calls it. */
final class FileTroubleTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(SQLiteErrorCode.class)
  void trouble_ofWhateverKind_isToldWithoutItsCode(SQLiteErrorCode code) {
    String name = "[" + code.name() + "] ";
    SQLException thrown = new SQLiteException(name + "what the library says", code);

    for (Throwable each : new Throwable[] {thrown, new IllegalStateException(name, thrown)}) {
      assertFalse(FileTrouble.said(each).contains("SQLITE_"), FileTrouble.said(each));
    }
    assertFalse(StoreFailure.of(thrown).getMessage().contains("SQLITE_"));
  }

  @Test
  void database_heldByAnotherProgram_isToldWithWhatHelps() throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("held.db") + "?busy_timeout=0";
    try (Connection holder = DriverManager.getConnection(url);
        Connection second = DriverManager.getConnection(url);
        Statement holds = holder.createStatement();
        Statement waits = second.createStatement()) {
      holds.execute("BEGIN EXCLUSIVE");

      assertEquals(
          "another program holds it; end that program or wait for it, then try again",
          refusal(waits, "BEGIN IMMEDIATE"));
      holds.execute("ROLLBACK");
      assertEquals(
          "the database refused a statement: SQL error or missing database (no such table: x)",
          refusal(waits, "SELECT * FROM x"));
    }
  }

  private static String refusal(Statement statement, String sql) {
    try {
      statement.execute(sql);
      return "";
    } catch (SQLException e) {
      return FileTrouble.said(e);
    }
  }
}
