// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.spi.Memory;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** What an adapter remembers is found at once, however much else it remembers. */
class MemoryRowsTest {

  private static final int OTHERS = 5_000;

  /** Instructions of SQLite between two calls of the handler. */
  private static final int COUNTED = 100;

  @TempDir Path folder;

  @Test
  void scan_behindManyOthers_doesNotWalkThroughThem() throws Exception {
    StoreUrl url = new StoreUrl(folder.resolve("muster.db"));
    EmptyStore.copyTo(url.file());
    try (Connection connection = Connections.writer(url);
        Statements statements = new Statements(connection)) {
      MemoryRows rows = new MemoryRows(statements);
      statements.update("BEGIN");
      for (int i = 0; i < OTHERS; i++) {
        rows.put("web", List.of(Memory.Write.of("m/" + i, "other")));
      }
      rows.put("web", List.of(Memory.Write.of("r/1", "one"), Memory.Write.of("r/2", "two")));
      statements.update("COMMIT");
      AtomicInteger hundreds = new AtomicInteger();
      ProgressHandler.setHandler(
          connection,
          COUNTED,
          new ProgressHandler() {
            @Override
            protected int progress() {
              hundreds.incrementAndGet();
              return 0;
            }
          });

      assertEquals(2, rows.scan("web", "r/", "", 10).size());
      assertEquals(1, rows.scan("web", "r/", "r/1", 10).size());
      assertEquals(2, rows.scan("web", "r/", "m/9", 10).size());
      ProgressHandler.clearHandler(connection);
      assertTrue(hundreds.get() < 20, hundreds.get() * COUNTED + " instructions");
    }
  }
}
