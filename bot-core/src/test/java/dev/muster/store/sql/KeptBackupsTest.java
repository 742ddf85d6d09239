// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which backups stay. */
class KeptBackupsTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final KeptBackups.Keep ONE = new KeptBackups.Keep(1, 0, 0);

  private static Path at(Instant time) {
    return Path.of("/b/muster-" + time.toString().replace("-", "").replace(":", "") + ".db");
  }

  @Test
  void kept_aYearOfHourlyOnes_isTheNewestOf24HoursSevenDaysAndFourWeeks() {
    Instant newest = Instant.parse("2026-11-22T15:00:00Z");
    List<Path> all = new ArrayList<>();
    for (int hour = 0; hour < 24 * 365; hour++) {
      all.add(at(newest.minus(Duration.ofHours(hour))));
    }
    Set<Path> expected = new TreeSet<>(all.subList(0, 24));
    for (String day : List.of("21", "20", "19", "18", "17", "16")) {
      expected.add(at(Instant.parse("2026-11-" + day + "T23:00:00Z")));
    }
    for (String sunday : List.of("2026-11-15", "2026-11-08", "2026-11-01")) {
      expected.add(at(Instant.parse(sunday + "T23:00:00Z")));
    }

    assertEquals(expected, new TreeSet<>(KeptBackups.kept(all, new KeptBackups.Keep(24, 7, 4))));
  }

  @Test
  void kept_rareOnes_staysForHoursInWhichThereWasOne() {
    List<Path> all =
        List.of(
            at(Instant.parse("2026-11-22T15:10:00Z")),
            at(Instant.parse("2026-11-22T15:00:00Z")),
            at(Instant.parse("2026-10-01T01:00:00Z")));

    assertEquals(
        Set.of(all.get(0), all.get(2)), KeptBackups.kept(all, new KeptBackups.Keep(2, 0, 0)));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void edit(Path store) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO timeline_words VALUES (9, 9, x'00', 'made up', '', '', '{}')");
    }
  }

  @Test
  void write_ofAStoreWhoseChainsDoNotFit_isNoBackup_andTheGoodOnesStay(@TempDir Path folder)
      throws Exception {
    Path store = folder.resolve("muster.db");
    EmptyStore.copyTo(store);
    String url = "jdbc:sqlite:" + store;
    Path kept = folder.resolve("backups");
    Path good = KeptBackups.write(url, kept, ONE, NOON).file();
    edit(store);

    for (int hour = 1; hour < 4; hour++) {
      Instant then = NOON.plus(Duration.ofHours(hour));
      assertFalse(KeptBackups.write(url, kept, ONE, then).problems().isEmpty());
    }

    assertEquals(
        List.of("muster-20261122T120000Z.db", "muster-20261122T150000Z.db.suspect"), names(kept));
    Instant later = NOON.plus(Duration.ofHours(3));
    assertEquals(Optional.of(NOON), KeptBackups.newest(url, kept, later));
    Files.delete(folder.resolve("muster.backup"));
    assertEquals(Optional.of(good), KeptBackups.newestGood(new StoreUrl(store)));
  }

  @Test
  void write_afterAClockThatWasAhead_countsNotWhatItStamped(@TempDir Path folder) throws Exception {
    Path store = folder.resolve("muster.db");
    EmptyStore.copyTo(store);
    String url = "jdbc:sqlite:" + store;
    Path ahead = KeptBackups.write(url, folder, ONE, NOON.plus(Duration.ofDays(365))).file();
    assertEquals(Optional.empty(), KeptBackups.newest(url, folder, NOON));

    Path made = KeptBackups.write(url, folder, ONE, NOON).file();

    assertEquals(Optional.of(NOON), KeptBackups.newest(url, folder, NOON));
    assertTrue(Files.exists(made));
    assertTrue(Files.exists(ahead), "nobody knows what it is worth");
    assertEquals(Optional.of(made), KeptBackups.newestGood(new StoreUrl(store)));
  }

  @Test
  void write_besideAnotherStore_leavesItsBackups_andClearsAwayItsOwnDrafts(@TempDir Path folder)
      throws Exception {
    Path kept = Files.createDirectories(folder.resolve("backups"));
    for (String stem : List.of("muster", "muster-b")) {
      EmptyStore.copyTo(folder.resolve(stem + ".db"));
      Files.writeString(kept.resolve("." + stem + "-20261101T000000Z.db.writing"), "half");
    }
    String other = "jdbc:sqlite:" + folder.resolve("muster-b.db");
    KeptBackups.write(other, kept, ONE, NOON);
    Files.writeString(kept.resolve(".muster-b-20261101T000000Z.db.writing"), "half");

    String url = "jdbc:sqlite:" + folder.resolve("muster.db");
    KeptBackups.write(url, kept, ONE, NOON.plusSeconds(3600));
    KeptBackups.write(url, kept, ONE, NOON.plusSeconds(7200));

    assertEquals(
        List.of(
            ".muster-b-20261101T000000Z.db.writing",
            "muster-20261122T140000Z.db",
            "muster-b-20261122T120000Z.db"),
        names(kept));
  }

  @Test
  void room_isMadeOnlyWhenItIsEnough_andNotOfTheNewestGoodOne(@TempDir Path folder)
      throws IOException {
    StoreUrl url = new StoreUrl(folder.resolve("muster.db"));
    List<Path> files = new ArrayList<>();
    for (int hour = 10; hour < 15; hour++) {
      Path file = folder.resolve("muster-20261122T" + hour + "0000Z.db");
      files.add(Files.write(file, new byte[100]));
    }
    Path suspect = folder.resolve("muster-20261122T150000Z.db.suspect");
    Files.write(suspect, new byte[100]);
    KeptBackups.made("jdbc:sqlite:" + url.file(), files.get(1));

    List<Path> spare = KeptBackups.spare(url, folder);

    assertEquals(List.of(suspect, files.get(0), files.get(2)), spare);
    assertEquals(List.of(suspect, files.get(0)), KeptBackups.enough(spare, 101));
    assertEquals(List.of(), KeptBackups.enough(spare, 301));
    assertEquals(List.of(), KeptBackups.enough(spare, -1));
  }
}
