// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever somebody with an editor for databases does to the file is found. */
class ChainCheckTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final Stream FIRST = new Stream(1);
  private static final List<String> WITHOUT_TRIGGERS =
      List.of(
          "DROP TRIGGER timeline_keeps",
          "DROP TRIGGER timeline_stays",
          "DROP TRIGGER timeline_words_keep",
          "DROP TRIGGER chain_checkpoint_keeps",
          "DROP TRIGGER chain_checkpoint_stays");

  @TempDir Path folder;

  @BeforeEach
  void write250Facts() throws InterruptedException {
    try (SqlStore store = open()) {
      append(store, 150);
      store.settle();
      append(store, 100);
    }
  }

  private Path file() {
    return folder.resolve("muster.db");
  }

  private String url() {
    return "jdbc:sqlite:" + file();
  }

  private SqlStore open() {
    EmptyStore.copyTo(file());
    return ((StoreOpening.Opened)
            SqlStore.open(url(), ManualClock.atNoon(), () -> "id", new Telemetry()))
        .store();
  }

  private static void append(SqlStore store, int count) {
    store.run(
        tx -> {
          for (int i = 0; i < count; i++) {
            NewEntry entry =
                NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Bot(), "note " + i)
                    .about("m" + i);
            tx.timeline().append(FIRST, entry, NOON);
          }
          return true;
        });
  }

  private ChainReport report() throws IOException {
    return ChainCheck.check(url());
  }

  private void edit(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String drop : WITHOUT_TRIGGERS) {
        statement.execute(drop);
      }
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private void assertFound(String part) throws IOException {
    ChainReport report = report();
    assertTrue(report.problems().stream().anyMatch(p -> p.contains(part)), report.toString());
  }

  @Test
  void untouched_fits() throws IOException {
    ChainReport report = report();

    assertTrue(report.fits(), report.toString());
    assertEquals(250, report.entries());
    assertEquals(0, report.erased());
    assertEquals(2, report.checkpoints());
  }

  @Test
  void besideARunningStore_fits() throws IOException {
    try (SqlStore store = open()) {
      append(store, 10);
      assertTrue(report().fits());
    }
  }

  @Test
  void erasedByUs_fits() throws IOException {
    try (SqlStore store = open()) {
      store.run(
          tx -> {
            tx.timeline().eraseText(FIRST, 7);
            return true;
          });
    }
    assertTrue(report().fits());
    assertEquals(1, report().erased());
  }

  @Test
  void replacedWithoutARedaction_isFound() throws Exception {
    edit("UPDATE timeline_words SET text = 'I never said that', salt = x'' WHERE seq = 42");
    assertFound("Entry 42 of INC-1 does not fit its chain: its words were replaced");
  }

  @Test
  void redacted_fits_andChangedAfterwardsIsFound() throws Exception {
    StoreRedaction.Wish wish =
        new StoreRedaction.Wish(
            new IncidentId(1), 142, List.of("note 141"), "private", new Actor.Bot(), NOON);

    StoreRedaction.Done done = StoreRedaction.redact(url(), wish, () -> "id");

    assertEquals(1, done.entries());
    assertTrue(report().fits(), report().toString());
    assertEquals(1, report().erased());
    edit("UPDATE timeline_words SET text = 'I never said that' WHERE seq = 142");
    assertFound("Entry 142 of INC-1 does not fit its chain: its words were replaced");
  }

  @Test
  void changedWords_areFound() throws Exception {
    edit("UPDATE timeline_words SET text = 'I never said that' WHERE seq = 42");
    assertFound("Entry 42 of INC-1 does not fit");
  }

  @Test
  void changedFact_isFound() throws Exception {
    edit("UPDATE timeline SET actor_id = 'web:somebody-else' WHERE seq = 42");
    assertFound("Entry 42 of INC-1 does not fit");
  }

  @Test
  void deletedFact_isFound() throws Exception {
    edit("DELETE FROM timeline WHERE seq = 42");
    assertFound("Entry 42 of INC-1 does not fit");
  }

  @Test
  void insertedFact_isFound() throws Exception {
    edit(
        "INSERT INTO timeline SELECT stream, 251, at, occurred_at, kind, ref, actor_type, actor_id,"
            + " commitment, hash FROM timeline WHERE seq = 42");
    assertFound("Entry 251 of INC-1 does not fit");
  }

  @Test
  void swappedFacts_areFound() throws Exception {
    edit(
        "UPDATE timeline SET seq = 1000 WHERE seq = 42",
        "UPDATE timeline SET seq = 42 WHERE seq = 43",
        "UPDATE timeline SET seq = 43 WHERE seq = 1000");
    assertFound("Entry 42 of INC-1 does not fit");
  }

  @Test
  void swappedWords_areFound() throws Exception {
    edit(
        "UPDATE timeline_words SET seq = 1000 WHERE seq = 42",
        "UPDATE timeline_words SET seq = 42 WHERE seq = 43",
        "UPDATE timeline_words SET seq = 43 WHERE seq = 1000");
    assertFound("Entry 42 of INC-1 does not fit");
  }

  @Test
  void truncatedEnd_isFound() throws Exception {
    edit("DELETE FROM timeline WHERE seq > 240", "DELETE FROM timeline_words WHERE seq > 240");
    assertFound("Entry 250 of INC-1 is not the one that was signed");
  }

  @Test
  void truncatedWithItsCheckpoint_isFound() throws Exception {
    edit(
        "DELETE FROM timeline WHERE seq > 240",
        "DELETE FROM timeline_words WHERE seq > 240",
        "DELETE FROM chain_checkpoint WHERE seq > 240");
    assertFound("Checkpoint 2 was signed once and is not in this file");
  }

  @Test
  void truncatedAndGrownAgain_isFound() throws Exception {
    edit("DELETE FROM timeline WHERE seq > 90", "DELETE FROM timeline_words WHERE seq > 90");
    try (SqlStore store = open()) {
      append(store, 160);
      assertEquals(List.of(), store.read(tx -> tx.timeline().firstBroken(FIRST)).stream().toList());
    }
    assertFound("Entry 150 of INC-1 is not the one that was signed");
  }

  @Test
  void stampedAnewWithAnotherKey_isFound() throws Exception {
    Path key = folder.resolve("muster.key");
    Path ours = folder.resolve("ours.key");
    Files.move(key, ours);
    edit("DELETE FROM timeline", "DELETE FROM timeline_words", "DELETE FROM chain_checkpoint");
    try (SqlStore store = open()) {
      append(store, 250);
    }
    Files.move(ours, key, StandardCopyOption.REPLACE_EXISTING);
    assertFound("Checkpoint 1 is not signed by the key of this store");
  }

  @Test
  void oldCopyPutBack_isFound() throws Exception {
    Path copy = folder.resolve("copy.db");
    Files.copy(file(), copy);
    try (SqlStore store = open()) {
      append(store, 100);
    }
    Files.copy(copy, file(), StandardCopyOption.REPLACE_EXISTING);
    assertFound("Checkpoint 3 was signed once and is not in this file");
  }

  @Test
  void missingKey_isSaid() throws Exception {
    Files.delete(folder.resolve("muster.key"));
    assertFound("is missing");
    assertFalse(report().fits());
  }
}
