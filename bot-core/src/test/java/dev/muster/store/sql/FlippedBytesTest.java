// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Actor;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Single bytes of a store change on the disk. What holds facts is noticed wherever it is hit: by
 * the look before opening, by the daily look at the indexes, or by the chains. What holds the state
 * of things has no checksum in SQLite: a byte in the middle of a value there goes unnoticed, and
 * the run says how often.
 */
@Tag("proof")
class FlippedBytesTest {

  private static final int OFFSETS = Integer.getInteger("muster.offsets", 200);
  private static final int FACTS = 900;
  private static final Set<String> OF_FACTS =
      Set.of("timeline", "timeline_words", "chain_checkpoint");

  @TempDir Path folder;

  /** What became of a changed byte. */
  private enum Found {
    AT_THE_START,
    BY_THE_DAILY_LOOK,
    BY_THE_CHAINS,
    HARMLESS,
    UNNOTICED
  }

  @Test
  void byteOfAStore_changedAnywhere_isNoticedWhereFactsAre() throws Exception {
    long seed = Long.getLong("muster.seed", System.nanoTime());
    Random random = new Random(seed);
    Path sound = folder.resolve("sound/muster.db");
    fill(sound);
    byte[] bytes = Files.readAllBytes(sound);
    Map<String, String> before = contents(sound);
    Map<Found, Integer> counts = new EnumMap<>(Found.class);
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < OFFSETS; i++) {
      int at = random.nextInt(bytes.length);
      Path file = folder.resolve("flipped/muster.db");
      byte[] flipped = bytes.clone();
      flipped[at] ^= (byte) (1 + random.nextInt(255));
      Files.createDirectories(file.getParent());
      Files.write(file, flipped);
      Files.copy(sound.resolveSibling("muster.key"), file.resolveSibling("muster.key"));
      Found found = found(file, before, lost, at);
      counts.merge(found, 1, Integer::sum);
      clear(file.getParent());
    }
    System.out.println("seed " + seed + ": " + OFFSETS + " bytes changed: " + counts);
    assertEquals(List.of(), lost, "seed " + seed);
    assertTrue(counts.containsKey(Found.AT_THE_START), counts::toString);
    assertTrue(counts.containsKey(Found.BY_THE_DAILY_LOOK), counts::toString);
    assertTrue(counts.containsKey(Found.BY_THE_CHAINS), counts::toString);
  }

  private static Found found(Path file, Map<String, String> before, List<String> lost, int at)
      throws IOException {
    String url = "jdbc:sqlite:" + file;
    StoreOpening opening = SqlStore.open(url, ManualClock.atNoon(), () -> "id", new Telemetry());
    if (opening instanceof StoreOpening.Refused) {
      return Found.AT_THE_START;
    }
    ((StoreOpening.Opened) opening).store().close();
    try (StoreReader reader = StoreReader.open(url)) {
      if (reader.deepDamage().isPresent()) {
        return Found.BY_THE_DAILY_LOOK;
      }
      if (!ChainCheck.check(url).fits()) {
        return Found.BY_THE_CHAINS;
      }
    }
    Map<String, String> after = contents(file);
    boolean same = true;
    for (Map.Entry<String, String> table : before.entrySet()) {
      if (!table.getValue().equals(after.get(table.getKey()))) {
        same = false;
        if (OF_FACTS.contains(table.getKey())) {
          lost.add("byte " + at + " changed " + table.getKey() + " and nobody noticed");
        }
      }
    }
    return same ? Found.HARMLESS : Found.UNNOTICED;
  }

  private static void fill(Path file) throws IOException {
    EmptyStore.copyTo(file);
    long[] ids = new long[1];
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + file, ManualClock.atNoon(), () -> "id" + ids[0]++, new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      for (int fact = 0; fact < FACTS; fact++) {
        String text = "Somebody noted number " + fact + " about the checkout.";
        store.run(tx -> note(tx, text));
      }
    }
  }

  private static boolean note(Tx tx, String text) {
    var now = ManualClock.atNoon().instant();
    tx.timeline()
        .append(
            new Stream(1 + text.length() % 7),
            NewEntry.of(now, EntryKind.NOTE_ADDED, new Actor.Bot(), text),
            now);
    tx.keepNote("note " + text, text);
    return true;
  }

  /** Every row of every table that is not written by opening a store. */
  private static Map<String, String> contents(Path file) {
    Map<String, String> found = new TreeMap<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_%'"
                  + " AND name NOT LIKE 'sqlite_%'")) {
        while (rows.next()) {
          tables.add(rows.getString(1));
        }
      }
      for (String table : tables) {
        found.put(table, rows(statement, table));
      }
    } catch (SQLException e) {
      found.put("unreadable", e.getMessage());
    }
    return found;
  }

  private static String rows(Statement statement, String table) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        for (int column = 1; column <= columns; column++) {
          byte[] value = rows.getBytes(column);
          text.append(value == null ? "null" : HexFormat.of().formatHex(value)).append('|');
        }
      }
    }
    return text.toString();
  }

  private static void clear(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
