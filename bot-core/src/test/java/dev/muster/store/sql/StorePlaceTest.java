// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody takes the file away under a running bot: nothing more is acknowledged, nothing lost. */
class StorePlaceTest {

  private static final Instant NOON = ManualClock.atNoon().instant();

  /** How long it may take until it is noticed while nobody writes. */
  private static final long NOTICED_WITHIN_SECONDS = 5;

  /** A name of 512 characters, less what its log and its journal are called behind it. */
  private static final int LONGEST_NAME_OF_A_STORE = 500;

  @TempDir private Path folder;
  private final AtomicLong ids = new AtomicLong();
  private final CompletableFuture<String> told = new CompletableFuture<>();
  private Path file;

  @BeforeEach
  void begin() {
    file = folder.resolve("data/muster.db");
  }

  private StoreOpening tryOpen() {
    return SqlStore.open(
        "jdbc:sqlite:" + file,
        ManualClock.atNoon(),
        () -> "id-" + ids.incrementAndGet(),
        new Telemetry());
  }

  private SqlStore open() {
    StoreOpening opening = tryOpen();
    assertTrue(opening instanceof StoreOpening.Opened, opening::toString);
    SqlStore store = ((StoreOpening.Opened) opening).store();
    store.onBroken(cause -> told.complete(cause.getMessage()));
    return store;
  }

  private static void keep(SqlStore store, String name) {
    store.run(
        tx -> {
          tx.keepNote(name, "kept");
          return true;
        });
  }

  private static void refusesToKeep(SqlStore store, String name) {
    StoreFailure refused = assertThrows(StoreFailure.class, () -> keep(store, name));
    assertEquals(StoreFailure.Trouble.LOST, refused.trouble());
  }

  private static void carryOut(String command) throws Exception {
    assertEquals(0, new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor(), command);
  }

  private static String command(String sentence) {
    return sentence.substring(sentence.indexOf("mkdir -p"));
  }

  @Test
  void file_deletedWhileItRuns_isSavedAndTheSentenceHasTheCommandThatPutsItBack() throws Exception {
    try (SqlStore store = open()) {
      keep(store, "a");
      Files.delete(file);

      refusesToKeep(store, "b");
      refusesToKeep(store, "c");
    }
    String sentence = told.getNow("");
    assertTrue(sentence.startsWith(file + " was deleted or moved away"), sentence);

    String refused = ((StoreOpening.Refused) tryOpen()).reason();
    assertTrue(refused.startsWith(file + " is gone"), refused);
    assertEquals(command(sentence), command(refused));
    assertFalse(Files.exists(file), "an empty store in its place would hide it");

    carryOut(command(refused));
    try (SqlStore store = open()) {
      assertEquals(Optional.of("kept"), store.read(tx -> tx.note("a")));
      keep(store, "d");
    }
  }

  @Test
  void folder_deletedWhileNobodyWrites_isNoticedSoonAndSavedBesideIt() throws Exception {
    try (SqlStore store = open()) {
      keep(store, "a");
      try (Stream<Path> files = Files.list(file.getParent())) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(file.getParent());

      String sentence = told.get(NOTICED_WITHIN_SECONDS, TimeUnit.SECONDS);
      refusesToKeep(store, "b");
      carryOut(command(sentence));
    }
    try (SqlStore store = open()) {
      assertEquals(Optional.of("kept"), store.read(tx -> tx.note("a")));
    }
  }

  /** SQLite takes no longer names; nothing else fails there while a file can still be made. */
  @Test
  void file_deletedWhereNoCopyCanBeWritten_isSavedInTheFolderAround() throws Exception {
    Path around = folder.resolve("a".repeat(120)).resolve("c".repeat(120));
    int left = LONGEST_NAME_OF_A_STORE - around.toString().length() - "//muster.db".length();
    file = around.resolve("b".repeat(left)).resolve("muster.db");
    Files.createDirectories(file.getParent());
    try (SqlStore store = open()) {
      keep(store, "a");
      Files.delete(file);

      refusesToKeep(store, "b");
    }
    assertTrue(Files.exists(around.resolve("muster.db.saved-1")), told.getNow(""));
    assertFalse(Files.exists(file.resolveSibling("muster.db.saved-1")), "half a copy stayed");
    carryOut(command(told.getNow("")));
    try (SqlStore store = open()) {
      assertEquals(Optional.of("kept"), store.read(tx -> tx.note("a")));
    }
  }

  /** Whoever copies the log, for one, is told no more by the disk than that it has no such file. */
  @Test
  void folder_movedAwayAndFirstMetAsAFailureOfTheDisk_isStillToldAsMovedAway() throws Exception {
    try (SqlStore store = open()) {
      keep(store, "a");
      Files.move(file.getParent(), folder.resolve("away"));

      store.foundTrouble(new StoreFailure(StoreFailure.Trouble.BROKEN, "the disk failed", null));

      String sentence = told.get(NOTICED_WITHIN_SECONDS, TimeUnit.SECONDS);
      assertTrue(sentence.contains("was deleted or moved away"), sentence);
      refusesToKeep(store, "b");
    }
  }

  @Test
  void log_deletedWhileItRuns_losesNothing() throws Exception {
    try (SqlStore store = open()) {
      keep(store, "a");
      Files.delete(file.resolveSibling("muster.db-wal"));

      refusesToKeep(store, "b");
    }
    String sentence = told.getNow("");
    assertTrue(sentence.contains("muster.db-wal was deleted"), sentence);
    carryOut(command(sentence));
    try (SqlStore store = open()) {
      assertEquals(Optional.of("kept"), store.read(tx -> tx.note("a")));
    }
  }

  @Test
  void anotherFile_inItsPlace_isNotWrittenToAndNothingIsLost() throws Exception {
    Path other = folder.resolve("other.db");
    Files.writeString(other, "a diary");
    try (SqlStore store = open()) {
      keep(store, "a");
      Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

      refusesToKeep(store, "b");
    }
    assertEquals("a diary", Files.readString(file));
    carryOut(command(told.getNow("")));
    try (SqlStore store = open()) {
      assertEquals(Optional.of("kept"), store.read(tx -> tx.note("a")));
    }
  }

  @Test
  void store_whoseFileIsGone_isRestoredWithoutWhatItsLogStillHolds() throws Exception {
    Path backup = folder.resolve("b.db");
    try (SqlStore store = open()) {
      keep(store, "a");
      StoreBackup.write("jdbc:sqlite:" + file, backup, NOON);
      keep(store, "later");
      copy("muster.db-wal");
    }
    Files.delete(file);
    Files.move(folder.resolve("muster.db-wal"), file.resolveSibling("muster.db-wal"));
    assertTrue(tryOpen() instanceof StoreOpening.Refused);

    StoreRestore.restore(
        "jdbc:sqlite:" + file, new StoreRestore.Wish(backup, false, Optional.empty(), NOON));

    try (SqlStore store = open()) {
      assertEquals(Optional.of("kept"), store.read(tx -> tx.note("a")));
      assertEquals(Optional.empty(), store.read(tx -> tx.note("later")));
    }
  }

  private void copy(String name) throws IOException {
    Files.copy(file.resolveSibling(name), folder.resolve(name));
  }
}
