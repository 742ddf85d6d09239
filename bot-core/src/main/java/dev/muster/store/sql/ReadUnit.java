// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.store.Tx;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** One reading on one connection, of one state of the store. */
final class ReadUnit {

  private final Handle handle;
  private final ObjectMapper json;
  private final Supplier<String> ids;

  ReadUnit(Handle handle, ObjectMapper json, Supplier<String> ids) {
    this.handle = handle;
    this.json = json;
    this.ids = ids;
  }

  /** For connections outside a store; nothing is written, so no identifier is needed. */
  static ReadUnit of(Handle handle) {
    return new ReadUnit(
        handle,
        StoreJson.mapper(),
        () -> {
          throw new IllegalStateException("nothing can be written here");
        });
  }

  <T> T run(Function<Tx, T> reading) {
    handle.begin();
    Ports ports = new Ports(handle, json, ids, ChainHeads.ofReader());
    SqlTx tx = new SqlTx(ports);
    try (Statements kept = ports.statements) {
      return reading.apply(tx);
    } catch (SQLException e) {
      throw StoreFailure.of(e);
    } finally {
      tx.end().forEach(Runnable::run);
      handle.rollback();
    }
  }
}
