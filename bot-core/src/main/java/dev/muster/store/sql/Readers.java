// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * The few connections that read beside the writer. Each is opened when it is first needed and keeps
 * its prepared statements, because preparing costs more than most readings. Any thread may call.
 */
final class Readers implements AutoCloseable {

  private static final int MOST = 4;
  private static final long PATIENCE_SECONDS = 30;

  private final StoreUrl url;
  private final ObjectMapper json = StoreJson.mapper();
  private final Semaphore free = new Semaphore(MOST, true);
  private final ConcurrentLinkedDeque<ReadUnit> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Readers(StoreUrl url) {
    this.url = url;
  }

  /**
   * Reads one state of the store; waits while all connections are in use.
   *
   * @throws UnitOfWork.StoreBusy when none comes free for half a minute
   */
  <T> T read(Function<Tx, T> reading) {
    await();
    ReadUnit unit = null;
    boolean whole = false;
    try {
      unit = taken();
      T found = unit.run(reading);
      whole = true;
      return found;
    } catch (SQLException e) {
      throw StoreFailure.of(e);
    } finally {
      giveBack(unit, whole);
      free.release();
    }
  }

  /**
   * Reads by a connection that is opened for this alone. One that has searched before remembers the
   * index as it was then, and takes what was merged since for damage.
   */
  <T> T readAnew(Function<Tx, T> reading) {
    ReadUnit unit = null;
    try {
      unit = ReadUnit.of(Jdbi.create(Connections.reader(url)).open(), json);
      return unit.run(reading);
    } catch (SQLException e) {
      throw StoreFailure.of(e);
    } finally {
      if (unit != null) {
        unit.close();
      }
    }
  }

  /** Readings are short, so an interrupt waits for its turn; who reads may have to end tidily. */
  private void await() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    boolean interrupted = false;
    boolean taken = free.tryAcquire();
    while (!taken && System.nanoTime() < end) {
      try {
        taken = free.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!taken) {
      throw new UnitOfWork.StoreBusy();
    }
  }

  private ReadUnit taken() throws SQLException {
    if (closed) {
      throw new IllegalStateException("the store is closed");
    }
    ReadUnit kept = idle.pollFirst();
    return kept != null ? kept : ReadUnit.of(Jdbi.create(Connections.reader(url)).open(), json);
  }

  /** A connection on which something failed is not used again. */
  private void giveBack(ReadUnit unit, boolean whole) {
    if (unit == null) {
      return;
    }
    if (!whole) {
      unit.close();
      return;
    }
    idle.addFirst(unit);
    if (closed) {
      closeIdle();
    }
  }

  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    for (ReadUnit unit = idle.pollFirst(); unit != null; unit = idle.pollFirst()) {
      unit.close();
    }
  }
}
