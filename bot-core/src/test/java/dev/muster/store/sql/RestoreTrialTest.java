// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Actor;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trying out a restore beside a working store. */
final class RestoreTrialTest {

  private final ManualClock clock = ManualClock.atNoon();
  @TempDir private Path folder;
  private SqliteWorld world;

  @BeforeEach
  void begin() throws IOException {
    world = new SqliteWorld(folder);
    world
        .store()
        .run(
            tx -> {
              NewEntry note =
                  NewEntry.of(clock.instant(), EntryKind.NOTE_ADDED, new Actor.Bot(), "seen");
              tx.timeline().append(new Stream(1), note, clock.instant());
              return true;
            });
    Path upload = Files.createDirectories(world.file().resolveSibling("files/web")).resolve("f");
    Files.writeString(upload, "a picture");
  }

  @AfterEach
  void end() {
    world.close();
  }

  private Optional<String> trial() {
    return RestoreTrial.run("jdbc:sqlite:" + world.file(), clock);
  }

  @Test
  void trial_ofASoundStore_findsNothing_andLeavesNothing() throws IOException {
    assertEquals(Optional.empty(), trial());
    assertFalse(Files.exists(world.file().resolveSibling("muster.db.trial")));
    assertEquals(1L, (long) world.store().read(tx -> tx.timeline().lastSeq(new Stream(1))));
  }

  @Test
  void trial_ofAStoreThatSomebodyEdited_namesTheEntry() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + world.file());
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TRIGGER timeline_words_keep");
      statement.execute("UPDATE timeline_words SET text = 'not seen'");
    }

    String trouble = trial().orElseThrow();

    assertTrue(trouble.contains("Entry 1 of INC-1"), trouble);
    assertFalse(Files.exists(world.file().resolveSibling("muster.db.trial")));
  }

  @Test
  void trial_ofAStoreWhoseIndexDoesNotFit_saysHowToBuildItAnew() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + world.file());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA writable_schema = ON");
      statement.execute(
          "UPDATE sqlite_schema SET sql = replace(sql, 'ref, kind, seq', 'kind, ref, seq')"
              + " WHERE name = 'timeline_about'");
    }

    String trouble = trial().orElseThrow();

    assertTrue(trouble.contains("timeline_about"), trouble);
    assertTrue(trouble.contains("A backup made now and restored builds it anew"), trouble);
  }

  @Test
  void trial_afterOneThatDied_clearsAwayWhatItLeft() throws IOException {
    Path left = Files.createDirectories(world.file().resolveSibling("muster.db.trial/store"));
    Files.writeString(left.resolve("muster.db"), "half");

    assertEquals(Optional.empty(), trial());
  }
}
