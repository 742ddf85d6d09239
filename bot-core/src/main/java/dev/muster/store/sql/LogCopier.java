// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the log of commits into the database file beside the writer, so that no commit waits while
 * thousands of pages are written. The writer copies only what came meanwhile, when the log is long
 * enough to begin it anew; see "Avoiding Excessively Large WAL Files", sqlite.org/wal.html.
 */
final class LogCopier implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LogCopier.class);

  /** Pages; what changes often is copied once for many commits. */
  static final int WORTH_COPYING = 2_000;

  /** Pages; 32 MB are read in some tens of milliseconds by the start after a kill. */
  static final int WORTH_BEGINNING_ANEW = 8_000;

  /** Pages; more than these are not left to the writer when the log is to begin anew. */
  static final int WORTH_SPARING_THE_WRITER = 100;

  /** Reads how long the log is, and copies nothing. */
  private static final String LENGTH = "PRAGMA wal_checkpoint(NOOP)";

  /** Copies as much as nobody needs any more, and waits for nobody. */
  private static final String COPY = "PRAGMA wal_checkpoint(PASSIVE)";

  /** Between two looks, however many commits there are. */
  private static final long PAUSE_MILLIS = 20;

  /** After a failure that passes. */
  private static final long PAUSE_AFTER_FAILURE_MILLIS = 1_000;

  private final StoreUrl url;
  private final Consumer<StoreFailure> onBroken;
  private final Semaphore commits = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread = new Thread(this::follow, "muster-store-copy");
  private volatile boolean full;
  private boolean told;

  /**
   * @param onBroken told once, on the copier's thread, when the disk fails; nothing more may be
   *     committed then
   */
  LogCopier(StoreUrl url, Consumer<StoreFailure> onBroken) {
    this.url = url;
    this.onBroken = onBroken;
  }

  void start() {
    thread.start();
  }

  /** A commit was made. Any thread; never waits. */
  void committed() {
    if (commits.availablePermits() == 0) {
      commits.release();
    }
  }

  /** Has the writer copy the rest of a long log, of which most is copied. For the writer. */
  void finish(Statements writer) {
    if (full) {
      full = false;
      writer.list(COPY, row -> row.getLong(1));
    }
  }

  @Override
  public void close() throws InterruptedException {
    closing.countDown();
    commits.release();
    thread.join();
  }

  private void follow() {
    boolean goesOn = true;
    while (goesOn) {
      try (Connection connection = Connections.copier(url);
          Statement statement = connection.createStatement()) {
        while (goesOn) {
          commits.acquire();
          commits.drainPermits();
          copy(statement);
          goesOn = !closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
      } catch (SQLException e) {
        goesOn = goesOnAfter(StoreFailure.of(e));
      } catch (RuntimeException | Error e) {
        // Such as that no memory is left.
        String sentence = "copying broke off by " + e.getClass().getName();
        goesOn = goesOnAfter(new StoreFailure(StoreFailure.Trouble.REFUSED, sentence, e));
      } catch (InterruptedException e) {
        goesOn = false;
      }
    }
  }

  private boolean goesOnAfter(StoreFailure failure) {
    if (failure.trouble().ends()) {
      onBroken.accept(failure);
      return false;
    }
    // The writer copies alone meanwhile, as it can.
    full = true;
    if (!told) {
      told = true;
      LOG.atWarn().addKeyValue("because", failure.getMessage()).log("log_not_copied");
    }
    return !isClosedWithin(PAUSE_AFTER_FAILURE_MILLIS);
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private void copy(Statement statement) throws SQLException {
    Length length = length(statement, LENGTH);
    boolean isLong = length.pages() >= WORTH_BEGINNING_ANEW;
    int worth = isLong ? WORTH_SPARING_THE_WRITER : WORTH_COPYING;
    if (length.pages() - length.copied() >= worth) {
      length = length(statement, COPY);
      told = false;
    }
    full = length.pages() >= WORTH_BEGINNING_ANEW;
  }

  /**
   * How long the log is.
   *
   * @param pages in it
   * @param copied how many of them stand in the database file
   */
  private record Length(long pages, long copied) {}

  private static Length length(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      if (!row.next()) {
        throw new SQLException("the database does not answer " + sql);
      }
      return new Length(row.getLong(2), row.getLong(3));
    }
  }
}
