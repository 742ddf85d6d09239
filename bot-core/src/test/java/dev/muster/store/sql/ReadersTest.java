// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.store.Tx;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections beside the writer are kept with their statements, and dropped after trouble. */
class ReadersTest {

  @TempDir Path folder;
  private StoreUrl url;

  @BeforeEach
  void makeStore() {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    url = new StoreUrl(file);
  }

  private static long counted(Tx tx, String sql) {
    return ((SqlTx) tx).statements().number(sql);
  }

  private static Statements statements(Tx tx) {
    return ((SqlTx) tx).statements();
  }

  @Test
  void read_again_keepsTheStatements() {
    try (Readers readers = new Readers(url)) {
      assertEquals(readers.read(ReadersTest::statements), readers.read(ReadersTest::statements));
    }
  }

  @Test
  void read_afterOneFailed_usesAnotherConnection() {
    try (Readers readers = new Readers(url)) {
      Statements first = readers.read(ReadersTest::statements);

      assertThrows(StoreFailure.class, () -> readers.read(tx -> counted(tx, "SELECT nonsense")));

      assertTrue(first != readers.read(ReadersTest::statements));
      assertEquals(0L, (long) readers.read(tx -> counted(tx, "SELECT count(*) FROM incident")));
    }
  }

  /** As it does when the disk fails to read, or when there is no memory left. */
  @Test
  void read_inWhichSqliteRolledBackByItself_tellsWhatFailed() {
    StoreFailure failure = new StoreFailure(StoreFailure.Trouble.BROKEN, "on purpose", null);
    try (Readers readers = new Readers(url)) {
      StoreFailure told =
          assertThrows(
              StoreFailure.class,
              () ->
                  readers.read(
                      tx -> {
                        statements(tx).update("ROLLBACK");
                        throw failure;
                      }));

      assertSame(failure, told);
    }
  }

  @Test
  void read_whatIsNewer_isSeen() throws SQLException {
    try (Readers readers = new Readers(url);
        Connection writer = Connections.writer(url);
        Statements writing = new Statements(writer)) {
      String count = "SELECT count(*) FROM note";
      assertEquals(0L, (long) readers.read(tx -> counted(tx, count)));

      writing.update("BEGIN");
      writing.update("INSERT INTO note (name, value) VALUES ('a', 'b')");
      writing.update("COMMIT");

      assertEquals(1L, (long) readers.read(tx -> counted(tx, count)));
    }
  }

  @Test
  void read_byAnInterruptedThread_stillReadsAndStaysInterrupted() {
    try (Readers readers = new Readers(url)) {
      Thread.currentThread().interrupt();

      assertEquals(0L, (long) readers.read(tx -> counted(tx, "SELECT count(*) FROM note")));

      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void read_afterClose_isRefused() {
    Readers readers = new Readers(url);
    readers.read(ReadersTest::statements);
    readers.close();

    assertThrows(IllegalStateException.class, () -> readers.read(ReadersTest::statements));
  }

  @Test
  void statements_askedInManyForms_doNotPileUp() throws SQLException {
    try (Connection connection = Connections.reader(url);
        Statements statements = new Statements(connection)) {
      IntStream.range(0, Statements.MOST_KEPT + 50)
          .forEach(i -> assertEquals(i, statements.number("SELECT " + i)));

      assertEquals(Statements.MOST_KEPT, statements.kept());
      try (ResultSet rows = statements.prepared("SELECT 7").executeQuery()) {
        assertTrue(rows.next());
      }
    }
  }

  /** It would never end by itself. */
  @Test
  void statement_thatIsAskedToEnd_endsOnTheWay_andNoDamageIsSeenInThat() throws SQLException {
    AtomicInteger asked = new AtomicInteger();
    try (Connection connection = Connections.reader(url);
        Statements statements = new Statements(connection)) {
      statements.endWhen(() -> asked.incrementAndGet() == 3);

      StoreFailure ended =
          assertThrows(
              StoreFailure.class,
              () ->
                  statements.number(
                      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                          + " SELECT count(*) FROM n"));

      assertEquals(StoreFailure.Trouble.REFUSED, ended.trouble());
      assertEquals(3, asked.get());
    }
  }
}
