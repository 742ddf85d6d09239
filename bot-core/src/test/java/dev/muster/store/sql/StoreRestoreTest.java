// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.store.Tx;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup takes the place of a store: whole, never over a newer one unasked, nothing lost. */
final class StoreRestoreTest {

  private static final Instant NOON = ManualClock.atNoon().instant();

  @TempDir private Path folder;
  private Path backup;

  @BeforeEach
  void backUpAStoreWithOneUpload() throws IOException {
    backup = folder.resolve("b.db");
    append(NOON);
    Path upload = Files.createDirectories(data().resolve("files/web")).resolve("f1");
    Files.writeString(upload, "a picture");
    StoreBackup.write(url(), backup, NOON.plusSeconds(1));
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path file() {
    return data().resolve("muster.db");
  }

  private String url() {
    return "jdbc:sqlite:" + file();
  }

  private SqlStore open() {
    EmptyStore.copyTo(file());
    StoreOpening opening = SqlStore.open(url(), ManualClock.atNoon(), () -> "id", new Telemetry());
    return ((StoreOpening.Opened) opening).store();
  }

  private void append(Instant at) {
    try (SqlStore store = open()) {
      store.run(
          tx -> {
            NewEntry note = NewEntry.of(at, EntryKind.NOTE_ADDED, new Actor.Bot(), "seen");
            tx.timeline().append(new Stream(1), note, at);
            return true;
          });
    }
  }

  private StoreRestore.Restored restore(boolean replaceNewer) throws IOException {
    return StoreRestore.restore(
        url(),
        new StoreRestore.Wish(backup, replaceNewer, Optional.empty(), NOON.plusSeconds(3600)));
  }

  private String refused(boolean replaceNewer) {
    return assertThrows(IOException.class, () -> restore(replaceNewer)).getMessage();
  }

  private long entries(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      return Long.parseLong(Connections.text(connection, "SELECT count(*) FROM timeline"));
    }
  }

  private static void execute(Path database, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void assertRestored() throws Exception {
    try (SqlStore store = open()) {
      assertEquals(
          Optional.of(NOON.plusSeconds(1).toString()), store.read(tx -> tx.note(Tx.RESTORED_FROM)));
      assertEquals(
          1, store.read(tx -> tx.timeline().read(new Stream(1), 0, 10, java.util.Set.of())).size());
    }
    assertTrue(ChainCheck.check(url()).fits(), ChainCheck.check(url()).toString());
    assertEquals("a picture", Files.readString(data().resolve("files/web/f1")));
    assertFalse(Files.exists(data().resolve("muster.db.restoring")));
  }

  @Test
  void restore_overANewerStore_isRefusedUntilAskedFor_andKeepsWhatWasThere() throws Exception {
    append(NOON.plusSeconds(60));

    String sentence = refused(false);
    assertTrue(sentence.contains("is newer than"), sentence);
    assertTrue(sentence.contains("muster.jar restore " + backup + " --replace-newer"), sentence);
    assertEquals(2, entries(file()));

    StoreRestore.Restored restored = restore(true);
    assertRestored();
    assertEquals(NOON.plusSeconds(1), restored.madeAt());
    assertEquals(2, entries(restored.kept().orElseThrow()));
    assertFalse(restored.newKey());
  }

  @Test
  void restore_whereNothingIs_makesANewKeyBesideTheOldOnesSignatures() throws Exception {
    append(NOON.plusSeconds(60));
    StoreBackup.write(url(), folder.resolve("signed.db"), NOON.plusSeconds(1));
    Path elsewhere = folder.resolve("elsewhere/muster.db");
    String there = "jdbc:sqlite:" + elsewhere;

    StoreRestore.Restored restored =
        StoreRestore.restore(
            there,
            new StoreRestore.Wish(
                folder.resolve("signed.db"), false, Optional.of(new IncidentId(41)), NOON));

    assertTrue(restored.newKey());
    assertEquals(new IncidentId(42), restored.next());
    assertEquals(Optional.empty(), restored.kept());
    assertTrue(ChainCheck.check(there).fits(), ChainCheck.check(there).toString());
    assertTrue(ChainCheck.check(there).checkpoints() > 0);
    StoreOpening opening = SqlStore.open(there, ManualClock.atNoon(), () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      assertEquals(new IncidentId(42), store.read(tx -> tx.incidents().nextId()));
      store.run(
          tx -> {
            NewEntry note = NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Bot(), "after");
            tx.timeline().append(new Stream(1), note, NOON);
            return true;
          });
    }
    assertTrue(ChainCheck.check(there).fits(), ChainCheck.check(there).toString());
    assertEquals("a picture", Files.readString(elsewhere.resolveSibling("files/web/f1")));
  }

  @Test
  void restore_overADamagedStore_needsNoLeave_andKeepsIt() throws Exception {
    byte[] diary =
        "this is no database ".repeat(500).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(file(), diary);

    StoreRestore.Restored restored = restore(false);

    assertRestored();
    assertTrue(Arrays.equals(diary, Files.readAllBytes(restored.kept().orElseThrow())));
  }

  @Test
  void restore_whileTheStoreIsInUse_isRefusedAndNamesTheProcess() throws Exception {
    try (SqlStore running = open()) {
      String sentence = refused(true);
      assertTrue(
          sentence.contains("Stop it first: kill " + ProcessHandle.current().pid()), sentence);
    }
    assertEquals(1, entries(file()));
  }

  @Test
  void restore_ofWhatCannotBeTrusted_isRefusedAndHarmsNothing() throws Exception {
    byte[] good = Files.readAllBytes(backup);

    Files.write(backup, Arrays.copyOf(good, good.length / 2));
    assertTrue(refused(true).contains("damaged"), refused(true));
    Files.writeString(backup, "dear diary");
    assertTrue(refused(true).contains("no backup"), refused(true));
    Files.delete(backup);
    assertTrue(refused(true).contains("There is no file"), refused(true));

    Files.write(backup, good);
    execute(backup, "UPDATE flyway_schema_history SET version = '99'");
    assertTrue(refused(true).contains("newer Muster"), refused(true));

    Files.write(backup, good);
    execute(
        backup,
        "DROP TRIGGER timeline_words_keep",
        "UPDATE timeline_words SET text = 'not seen' WHERE seq = 1");
    assertTrue(refused(true).contains("Entry 1 of INC-1"), refused(true));

    Files.write(backup, good);
    Path other = folder.resolve("other/muster.db");
    EmptyStore.copyTo(other);
    StoreOpening opening =
        SqlStore.open("jdbc:sqlite:" + other, ManualClock.atNoon(), () -> "id", new Telemetry());
    ((StoreOpening.Opened) opening).store().close();
    String foreign =
        assertThrows(
                IOException.class,
                () ->
                    StoreRestore.restore(
                        "jdbc:sqlite:" + other,
                        new StoreRestore.Wish(backup, true, Optional.empty(), NOON)))
            .getMessage();
    assertTrue(foreign.contains("another Muster"), foreign);

    assertEquals(1, entries(file()));
    try (var left = Files.list(data())) {
      assertTrue(left.noneMatch(path -> path.toString().contains("restor")));
    }
  }

  @Test
  void restore_ofAFileThatWouldLieElsewhere_isRefused() throws Exception {
    execute(backup, "UPDATE backup_file SET path = '../../stolen'");

    assertTrue(refused(true).contains("would lie outside"), refused(true));
    assertFalse(Files.exists(folder.resolve("stolen")));
  }

  @Test
  void restore_overAStoreThatDiedWithWorkInItsLog_keepsThatWorkAside() throws Exception {
    Path crashed = folder.resolve("crashed");
    Files.createDirectories(crashed);
    try (SqlStore store = open()) {
      store.run(
          tx -> {
            NewEntry note = NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Bot(), "in the log");
            tx.timeline().append(new Stream(1), note, NOON.plusSeconds(60));
            return true;
          });
      for (String name : new String[] {"muster.db", "muster.db-wal", "muster.key"}) {
        Files.copy(data().resolve(name), crashed.resolve(name));
      }
    }
    StoreRestore.Restored restored =
        StoreRestore.restore(
            "jdbc:sqlite:" + crashed.resolve("muster.db"),
            new StoreRestore.Wish(backup, true, Optional.empty(), NOON.plusSeconds(99)));

    assertEquals(2, entries(restored.kept().orElseThrow()));
    assertFalse(Files.exists(crashed.resolve("muster.db-wal")));
    assertEquals(1, entries(crashed.resolve("muster.db")));
  }
}
