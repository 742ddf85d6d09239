// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What was committed comes into the file without the writer, and the log does not grow for ever.
 */
class LogCopierTest {

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
  private static final int PAGE = 4096;
  private static final String LENGTH = "PRAGMA wal_checkpoint(NOOP)";

  @TempDir Path folder;
  private final List<StoreFailure> broken = new CopyOnWriteArrayList<>();
  private StoreUrl url;
  private Connection connection;
  private Statements writer;
  private LogCopier copier;

  @BeforeEach
  void open() throws Exception {
    url = new StoreUrl(folder.resolve("muster.db"));
    EmptyStore.copyTo(url.file());
    connection = Connections.writer(url);
    writer = new Statements(connection);
    writer.update("CREATE TABLE page (number INTEGER PRIMARY KEY, filled BLOB)");
    copier = new LogCopier(url, broken::add);
  }

  @AfterEach
  void close() throws Exception {
    copier.close();
    connection.close();
  }

  /** Commits so many pages that nothing else touches. */
  private void fill(int pages) {
    writer.update("BEGIN IMMEDIATE");
    for (int i = 0; i < pages; i++) {
      writer.update("INSERT INTO page (filled) VALUES (zeroblob(?))", PAGE);
    }
    writer.update("COMMIT");
    copier.committed();
  }

  private long pagesInLog() {
    return writer.first(LENGTH, row -> row.getLong(2)).orElseThrow();
  }

  private long pagesCopied() {
    return writer.first(LENGTH, row -> row.getLong(3)).orElseThrow();
  }

  private void until(String what, java.util.function.BooleanSupplier question) {
    long end = System.nanoTime() + PATIENCE;
    while (!question.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not in time: " + what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  @Test
  void commit_ofManyPages_isCopiedBesideTheWriter() {
    copier.start();
    fill(LogCopier.WORTH_COPYING);

    until("all is copied", () -> pagesCopied() == pagesInLog() && pagesCopied() > 0);

    assertEquals(List.of(), broken);
  }

  @Test
  void commits_ofFewPages_areLeftInTheLogUntilThereAreMany() throws Exception {
    copier.start();
    fill(LogCopier.WORTH_COPYING / 4);
    long copied = pagesCopied();
    copier.close();

    assertEquals(0, copied);
    assertEquals(0, pagesCopied());
  }

  @Test
  void longLog_isBegunAnew_thoughCommitsNeverCease() throws Exception {
    copier.start();
    int rounds = 0;
    long bytes = 0;
    while (rounds < 30) {
      fill(LogCopier.WORTH_BEGINNING_ANEW / 5);
      until("it was looked at", () -> pagesInLog() - pagesCopied() < LogCopier.WORTH_COPYING);
      copier.finish(writer);
      bytes = Files.size(url.beside("-wal"));
      rounds++;
    }

    assertTrue(bytes < 2L * LogCopier.WORTH_BEGINNING_ANEW * PAGE, bytes + " bytes of log");
    assertEquals(List.of(), broken);
  }

  /** Else the writer copies them while everybody waits for it. */
  @Test
  void longLog_isCopiedBesideTheWriterToItsEnd() throws Exception {
    fill(LogCopier.WORTH_BEGINNING_ANEW);
    try (Connection reader = Connections.reader(url);
        Statements reading = new Statements(reader)) {
      reading.update("BEGIN");
      reading.number("SELECT count(*) FROM page");
      fill(LogCopier.WORTH_SPARING_THE_WRITER);
      copier.start();
      until("what the reader does not need is copied", () -> pagesCopied() > 0);
      reading.update("COMMIT");
    }
    long left = pagesInLog() - pagesCopied();
    assertTrue(left > 0 && left < LogCopier.WORTH_COPYING, left + " left");

    copier.committed();

    until("the few are copied as well", () -> pagesCopied() == pagesInLog());
  }

  @Test
  void shortLog_isNotTouchedByTheWriter() {
    fill(LogCopier.WORTH_COPYING);

    copier.finish(writer);

    assertEquals(0, pagesCopied());
  }

  @Test
  void file_thatIsNoDatabaseAnyMore_isToldOnce() throws Exception {
    Files.writeString(folder.resolve("other.db"), "this is a shopping list, not a database");
    LogCopier misled = new LogCopier(new StoreUrl(folder.resolve("other.db")), broken::add);
    misled.start();
    misled.committed();

    until("it is told", () -> !broken.isEmpty());
    misled.committed();
    misled.close();

    assertEquals(1, broken.size());
    assertTrue(broken.get(0).damaged());
  }
}
