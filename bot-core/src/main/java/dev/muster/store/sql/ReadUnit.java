// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.store.Tx;
import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Readings on one connection, each of one state of the store; statements are kept from one to the
 * next. One thread at a time.
 */
final class ReadUnit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ReadUnit.class);

  private final Handle handle;
  private final Ports ports;

  private ReadUnit(Handle handle, Ports ports) {
    this.handle = handle;
    this.ports = ports;
  }

  /** Nothing is written, so no identifier is needed. */
  static ReadUnit of(Handle handle, ObjectMapper json) {
    Ports ports =
        new Ports(
            handle,
            json,
            () -> {
              throw new IllegalStateException("nothing can be written here");
            },
            ChainHeads.ofReader());
    return new ReadUnit(handle, ports);
  }

  <T> T run(Function<Tx, T> reading) {
    handle.begin();
    SqlTx tx = new SqlTx(ports);
    T found;
    try {
      found = reading.apply(tx);
    } catch (RuntimeException | Error e) {
      endAfter(e, tx);
      throw e;
    }
    end(tx);
    return found;
  }

  private void end(SqlTx tx) {
    tx.end().forEach(Runnable::run);
    ports.statements.recover();
    handle.rollback();
  }

  /** After most failures SQLite has rolled back by itself, and refuses to do it again. */
  private void endAfter(Throwable failure, SqlTx tx) {
    try {
      end(tx);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    try {
      ports.statements.close();
      handle.getConnection().close();
    } catch (SQLException e) {
      LOG.warn("a connection that read did not close cleanly", e);
    }
  }
}
