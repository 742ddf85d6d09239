// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.StoreWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading and copying a store while a bot works on it. */
class StoreReaderTest {

  @TempDir Path folder;
  private SqliteWorld world;

  @BeforeEach
  void keepANote() {
    world = new SqliteWorld(folder);
    keep(world, "a");
  }

  @AfterEach
  void end() {
    world.close();
  }

  private static void keep(StoreWorld world, String name) {
    world
        .store()
        .run(
            tx -> {
              tx.keepNote(name, "x");
              return true;
            });
  }

  private String url() {
    return "jdbc:sqlite:" + world.file();
  }

  @Test
  void read_besideARunningStore_seesWhatIsCommittedAndCannotWrite() throws IOException {
    try (StoreReader reader = StoreReader.open(url())) {
      assertEquals(Optional.of("x"), reader.read(tx -> tx.note("a")));
      assertThrows(
          StoreFailure.class,
          () ->
              reader.read(
                  tx -> {
                    tx.keepNote("b", "x");
                    return true;
                  }));
      keep(world, "c");
      assertEquals(Optional.of("x"), reader.read(tx -> tx.note("c")));
    }
  }

  @Test
  void copyTo_whileOpen_isACompleteStore() throws IOException {
    Path copy = folder.resolve("copy.db");
    try (StoreReader reader = StoreReader.open(url())) {
      reader.copyTo(copy);
      assertThrows(IOException.class, () -> reader.copyTo(copy));
    }
    keep(world, "later");

    try (StoreReader reader = StoreReader.open("jdbc:sqlite:" + copy)) {
      assertEquals(Optional.of("x"), reader.read(tx -> tx.note("a")));
      assertEquals(Optional.empty(), reader.read(tx -> tx.note("later")));
    }
  }

  @Test
  void open_nothingThere_isSaid() {
    IOException refused =
        assertThrows(
            IOException.class, () -> StoreReader.open("jdbc:sqlite:" + folder.resolve("none.db")));

    assertTrue(refused.getMessage().startsWith("There is no store at"), refused.getMessage());
  }
}
