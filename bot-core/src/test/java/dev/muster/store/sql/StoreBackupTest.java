// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Actor;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups beside a working store: complete, checked, and never in place of something else. */
final class StoreBackupTest {

  private static final Instant NOON = ManualClock.atNoon().instant();

  @TempDir private Path folder;
  private SqliteWorld world;

  @BeforeEach
  void begin() {
    world = new SqliteWorld(folder);
    append(NOON);
  }

  @AfterEach
  void end() {
    world.close();
  }

  private void append(Instant at) {
    world
        .store()
        .run(
            tx -> {
              NewEntry note = NewEntry.of(at, EntryKind.NOTE_ADDED, new Actor.Bot(), "seen");
              tx.timeline().append(new Stream(1), note, at);
              return true;
            });
  }

  private StoreBackup.Written write(Path target) throws IOException {
    return StoreBackup.write("jdbc:sqlite:" + world.file(), target, NOON);
  }

  private static void execute(Path file, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String refusal(IOException e) {
    return e.getMessage();
  }

  @Test
  void write_besideAWorkingStore_isCompleteSoundAndForTheOwnerAlone() throws IOException {
    Path upload = Files.createDirectories(world.file().resolveSibling("files/web")).resolve("f1");
    Files.writeString(upload, "a picture");
    Path target = folder.resolve("b.db");

    StoreBackup.Written written = write(target);
    append(NOON.plusSeconds(1));

    assertEquals(1, written.contents().entries());
    assertEquals(Optional.of(NOON), written.contents().lastFact());
    assertEquals(1, written.uploads());
    assertEquals(List.of(), written.problems());
    assertEquals(Files.size(target), written.bytes());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    assertTrue(ChainCheck.checkBackup(target).fits());
    try (BackupFile backup = BackupFile.open(target)) {
      assertEquals(NOON, backup.madeAt());
      assertEquals(1, backup.contents().entries());
      assertEquals(
          Optional.of("web/f1"),
          backup
              .statements()
              .first(
                  "SELECT path FROM backup_file WHERE CAST(content AS TEXT) = 'a picture'",
                  row -> row.getString(1)));
    }
    assertFalse(Files.exists(folder.resolve(".b.db.writing")));
    assertFalse(
        Files.readString(target, java.nio.charset.StandardCharsets.ISO_8859_1)
            .contains(Files.readAllLines(world.file().resolveSibling("muster.key")).get(2)));
  }

  @Test
  void write_overAnOlderBackup_replacesIt_butNothingElse() throws Exception {
    Path target = folder.resolve("b.db");
    write(target);
    append(NOON.plus(Duration.ofHours(1)));
    assertEquals(2, write(target).contents().entries());

    Path diary = Files.writeString(folder.resolve("diary.txt"), "dear diary");
    assertTrue(refusal(assertThrows(IOException.class, () -> write(diary))).contains("name a new"));
    assertEquals("dear diary", Files.readString(diary));

    execute(target, "UPDATE backup_about SET value = 'other' WHERE name = 'public_key'");
    String foreign = refusal(assertThrows(IOException.class, () -> write(target)));
    assertTrue(foreign.contains("another Muster"), foreign);
    assertTrue(
        refusal(assertThrows(IOException.class, () -> write(folder.resolve("no/where.db"))))
            .contains("mkdir -p"));
  }

  @Test
  void checkBackup_editedOrDamaged_isFound() throws Exception {
    Path target = folder.resolve("b.db");
    write(target);
    execute(
        target,
        "DROP TRIGGER timeline_words_keep",
        "UPDATE timeline_words SET text = 'not seen' WHERE seq = 1");
    List<String> problems = ChainCheck.checkBackup(target).problems();
    assertTrue(
        problems.get(0).contains("Entry 1 of INC-1 does not fit its chain: its words were changed"),
        problems.toString());

    byte[] bytes = Files.readAllBytes(target);
    Files.write(target, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    String damaged = refusal(assertThrows(IOException.class, () -> ChainCheck.checkBackup(target)));
    assertTrue(damaged.contains("damaged"), damaged);
  }

  @Test
  void write_ofAStoreWhoseTimelineWasEdited_isWrittenAndSaysSo() throws Exception {
    execute(
        world.file(),
        "DROP TRIGGER timeline_words_keep",
        "UPDATE timeline_words SET text = 'not seen' WHERE seq = 1");

    StoreBackup.Written written = write(folder.resolve("b.db"));

    assertTrue(written.problems().get(0).contains("Entry 1 of INC-1"), written.toString());
  }
}
