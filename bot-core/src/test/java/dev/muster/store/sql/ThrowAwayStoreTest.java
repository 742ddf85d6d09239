// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is thrown away is like the real store while it lasts, and gone afterwards. */
final class ThrowAwayStoreTest {

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final AtomicLong ids = new AtomicLong();

  private String nextId() {
    return "id-" + ids.incrementAndGet();
  }

  private static Set<String> tables(Connection connection) throws Exception {
    Set<String> tables = new TreeSet<>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT name, coalesce(sql, '') FROM sqlite_schema"
                    + " WHERE tbl_name <> 'flyway_schema_history'")) {
      while (rows.next()) {
        tables.add(rows.getString(1) + " " + rows.getString(2));
      }
    }
    return tables;
  }

  @Test
  void tables_laidAtOnce_areThoseOfAMigratedStore() throws Exception {
    StoreUrl migrated = new StoreUrl(folder.resolve("migrated.db"));
    StoreUrl laid = new StoreUrl(folder.resolve("laid.db"));
    Schema.migrate(migrated);
    try (Connection one = Connections.writer(migrated);
        Connection other = Connections.writer(laid)) {
      Schema.lay(other);

      assertTrue(tables(one).size() > 20, tables(one).toString());
      assertEquals(tables(one), tables(other));
    }
    assertEquals(Schema.VERSION, Schema.SCRIPTS.size());
  }

  @Test
  void store_whileItLasts_takesFactsAndTouchesNothingBesideIt() throws Exception {
    Path real = Files.writeString(folder.resolve("muster.db"), "the real store");
    Path thrownAway = folder.resolve("muster.db.thrown-away");

    try (ThrowAwayStore store =
        ThrowAwayStore.beside("jdbc:sqlite:" + real, clock, this::nextId, new Telemetry())) {
      store
          .store()
          .run(
              tx -> {
                tx.keepNote("kept", "for now");
                return true;
              });
      assertEquals("for now", store.store().read(tx -> tx.note("kept")).orElseThrow());
      assertTrue(Files.exists(thrownAway.resolve("muster.db")));
    }

    assertFalse(Files.exists(thrownAway));
    assertEquals("the real store", Files.readString(real));
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(real), left.toList());
    }
  }
}
