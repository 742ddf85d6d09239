// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.store.Tx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each message asks for is not read for each message, and is never other than stored. */
class RememberedNotesTest {

  private static final List<String> NAMES =
      List.of("a/1", "a/2", "b/1", "b/2", "c", "\uffee", "\ud83d\ude00");

  private SqliteWorld world;
  private SqlStore store;
  @TempDir Path folder;

  @BeforeEach
  void open() {
    world = new SqliteWorld(folder);
    store = world.store();
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** Writes behind the memory's back, which shows whether the row is read. */
  private static void write(Tx tx, String name, String value) {
    ((SqlTx) tx)
        .statements()
        .update("INSERT OR REPLACE INTO note (name, value) VALUES (?, ?)", name, value);
  }

  private <T> T twice(Function<Tx, T> question) {
    store.run(question);
    return store.run(
        tx -> {
          write(tx, "a/1", "unseen");
          return question.apply(tx);
        });
  }

  @Test
  void note_askedForAgain_isNotReadAgain() {
    assertEquals(Optional.empty(), twice(tx -> tx.note("a/1")));
    assertEquals(Optional.of("unseen"), store.read(tx -> tx.note("a/1")));
  }

  @Test
  void firstNote_askedForAgain_isNotReadAgain() {
    assertEquals(new TreeMap<>(), twice(tx -> tx.notes("a/", 1)));
    assertEquals("a/1", store.read(tx -> tx.notes("a/", 1)).firstKey());
  }

  @Test
  void note_tooLongToBeRemembered_isReadEachTime() {
    String words = "x".repeat(NoteRows.LONGEST_REMEMBERED + 1);
    store.run(tx -> keep(tx, "a/1", words));

    assertEquals(Optional.of("unseen"), twice(tx -> tx.note("a/1")));
  }

  @Test
  void notes_moreThanAreRemembered_areReadAgain() {
    store.run(tx -> tx.note("a/1"));
    for (int i = 0; i < NoteRows.MOST_REMEMBERED; i++) {
      String name = "n/" + i;
      store.run(tx -> tx.note(name));
    }

    store.run(
        tx -> {
          write(tx, "a/1", "unseen");
          return true;
        });
    assertEquals(Optional.of("unseen"), store.run(tx -> tx.note("a/1")));
  }

  @Test
  void notes_ofAUnitThatIsRolledBack_areAsBefore() {
    store.run(tx -> keep(tx, "a/1", "before"));

    assertThrows(
        IllegalStateException.class,
        () ->
            store.run(
                tx -> {
                  keep(tx, "a/0", "early");
                  keep(tx, "a/1", "after");
                  throw new IllegalStateException("" + tx.note("a/1") + tx.notes("a/", 1));
                }));

    assertEquals(Optional.of("before"), store.run(tx -> tx.note("a/1")));
    assertEquals("a/1", store.run(tx -> tx.notes("a/", 1)).firstKey());
  }

  /** The same seed makes the same writes, so a failure can be looked at. */
  @Test
  void notes_keptAndDroppedAnyHow_areAsAReaderSeesThem() {
    Random random = new Random(7);
    for (int i = 0; i < 400; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      String value = random.nextInt(3) == 0 ? "" : "v" + i;
      boolean fails = random.nextInt(8) == 0;
      try {
        store.run(tx -> change(tx, name, value, fails));
      } catch (IllegalStateException e) {
        assertEquals(true, fails);
      }
      assertEquals(store.read(RememberedNotesTest::all), store.run(RememberedNotesTest::all));
    }
  }

  private static boolean change(Tx tx, String name, String value, boolean fails) {
    if (value.isEmpty()) {
      tx.dropNote(name);
    } else {
      tx.keepNote(name, value);
    }
    if (fails) {
      throw new IllegalStateException(all(tx));
    }
    return true;
  }

  private static boolean keep(Tx tx, String name, String value) {
    tx.keepNote(name, value);
    return true;
  }

  private static String all(Tx tx) {
    StringBuilder all = new StringBuilder();
    for (String name : NAMES) {
      SortedMap<String, String> first = tx.notes(name, 1);
      all.append(name).append(tx.note(name)).append(first).append(tx.notes("", 1)).append('\n');
    }
    return all.toString();
  }
}
