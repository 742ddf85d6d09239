// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an archive hands over while it reads the chain is what a reading of the timeline finds. */
final class BundleEntriesTest {

  private static final Instant NOON = ManualClock.atNoon().instant();
  private static final Stream STREAM = Stream.of(new IncidentId(1));

  /** More than the chain reads at once. */
  private static final int FACTS = 2_050;

  private static final long ERASED = 7;
  private static final long TAKEN_OUT = 1_500;

  @TempDir private Path folder;

  private String world() throws Exception {
    try (SqliteWorld world = new SqliteWorld(folder)) {
      world
          .store()
          .run(
              tx -> {
                for (int i = 1; i <= FACTS; i++) {
                  tx.timeline().append(STREAM, note(i), NOON);
                }
                tx.timeline().eraseText(STREAM, ERASED);
                return true;
              });
      return "jdbc:sqlite:" + world.file();
    }
  }

  private static NewEntry note(int i) {
    NewEntry entry =
        NewEntry.of(NOON.plusNanos(i * 1_000L), EntryKind.NOTE_ADDED, new Actor.Bot(), "note " + i);
    return i % 2 == 0 ? entry : entry.with(Map.of("number", i, "of", List.of("a", "b")));
  }

  private static void takeOut(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TRIGGER timeline_stays");
      statement.execute("DELETE FROM timeline WHERE seq = " + TAKEN_OUT);
    }
  }

  private static List<TimelineEntry> handedOver(StoreReader reader, BundleWriter bundle) {
    List<TimelineEntry> entries = new ArrayList<>();
    return reader.read(
        tx -> {
          try {
            bundle.chain(tx, new IncidentId(1), entries::add);
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          return entries;
        });
  }

  @Test
  void entriesHandedOver_withErasedWordsAndAGap_areThoseOfTheTimeline() throws Exception {
    String url = world();
    takeOut(url);

    try (StoreReader reader = StoreReader.open(url);
        BundleWriter bundle = BundleWriter.to(url, folder.resolve("b.zip"))) {
      List<TimelineEntry> wanted =
          reader.read(tx -> tx.timeline().read(STREAM, 0, 10_000, Set.of()));
      assertEquals(FACTS - 1, wanted.size());
      assertEquals(wanted, handedOver(reader, bundle));
    }
  }

  @Test
  void filesWrittenAtOnce_standInTheArchiveInTheirPlaces() throws Exception {
    String url = world();
    Path target = folder.resolve("b.zip");

    try (StoreReader reader = StoreReader.open(url);
        BundleWriter bundle = BundleWriter.to(url, target)) {
      try (OutputStream first = bundle.file("first");
          OutputStream second = bundle.file("second")) {
        second.write("beside".getBytes(StandardCharsets.UTF_8));
        handedOver(reader, bundle);
        first.write("straight".getBytes(StandardCharsets.UTF_8));
      }
      bundle.seal(new IncidentId(1), NOON);
    }

    assertTrue(BundleCheck.check(target).problems().isEmpty());
    assertEquals(FACTS, BundleCheck.check(target).entries());
    try (ZipFile zip = new ZipFile(target.toFile())) {
      List<String> names = zip.stream().map(entry -> entry.getName()).limit(3).toList();
      assertEquals(List.of("first", "second", "chain.jsonl"), names);
      byte[] second = zip.getInputStream(zip.getEntry("second")).readAllBytes();
      assertEquals("beside", new String(second, StandardCharsets.UTF_8));
    }
    assertNothingWaits();
  }

  @Test
  void filesWrittenAtOnce_whenTheArchiveIsNotSealed_leaveNothing() throws Exception {
    String url = world();

    try (StoreReader reader = StoreReader.open(url);
        BundleWriter bundle = BundleWriter.to(url, folder.resolve("b.zip"));
        OutputStream aside = bundle.file("second")) {
      aside.write(1);
      handedOver(reader, bundle);
    }

    assertNothingWaits();
  }

  @Test
  void archive_thatIsBeingWritten_isWrittenByNobodyElse() throws Exception {
    String url = world();
    Path target = folder.resolve("b.zip");

    try (StoreReader reader = StoreReader.open(url);
        BundleWriter bundle = BundleWriter.to(url, target)) {
      handedOver(reader, bundle);
      IOException refused =
          assertThrows(IOException.class, () -> BundleWriter.to(url, target).close());
      assertTrue(refused.getMessage().contains("just being written"), refused.getMessage());
      bundle.seal(new IncidentId(1), NOON);
    }

    assertTrue(BundleCheck.check(target).problems().isEmpty());
    assertNothingWaits();
  }

  @Test
  void archive_ofWhichSomebodyLeftAPart_isWrittenAnew() throws Exception {
    String url = world();
    Path target = folder.resolve("b.zip");
    Files.writeString(folder.resolve(".b.zip.writing"), "half");
    Files.writeString(folder.resolve(".b.zip.writing.chain.jsonl"), "half");

    try (StoreReader reader = StoreReader.open(url);
        BundleWriter bundle = BundleWriter.to(url, target)) {
      handedOver(reader, bundle);
      bundle.seal(new IncidentId(1), NOON);
    }

    assertTrue(BundleCheck.check(target).problems().isEmpty());
    assertNothingWaits();
  }

  private void assertNothingWaits() throws IOException {
    try (var files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.toString().contains(".writing")));
    }
  }
}
