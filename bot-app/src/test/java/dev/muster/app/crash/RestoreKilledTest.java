// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.app.crash.CrashImage.Unsynced;
import dev.muster.incident.Actor;
import dev.muster.store.sql.ChainCheck;
import dev.muster.store.sql.ChainReport;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreBackup;
import dev.muster.store.sql.StoreOpening;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore is killed, or the power fails, after each thing it does: the store is old or new. */
@Tag("proof")
final class RestoreKilledTest {

  private static final long BACKED_UP = 150;
  private static final long LATER = 210;
  private static final Instant NOON = ManualClock.atNoon().instant();

  @TempDir private Path folder;
  private long ids;

  private SqlStore open(Path file) {
    StoreOpening opening =
        SqlStore.open(
            "jdbc:sqlite:" + file, ManualClock.atNoon(), () -> "id" + ids++, new Telemetry());
    assertTrue(opening instanceof StoreOpening.Opened, opening::toString);
    return ((StoreOpening.Opened) opening).store();
  }

  private static void note(SqlStore store, long from, long to) {
    for (long number = from; number < to; number++) {
      NewEntry entry = NewEntry.of(NOON, EntryKind.NOTE_ADDED, new Actor.Bot(), "seen " + number);
      store.run(tx -> tx.timeline().append(new Stream(1), entry, NOON));
    }
  }

  private static long facts(SqlStore store) {
    return store.read(tx -> tx.timeline().lastSeq(new Stream(1)));
  }

  @Test
  void restore_killedAfterEachStep_leavesTheOldStoreOrTheNew() throws Exception {
    Path data = folder.resolve("data");
    Path file = data.resolve("muster.db");
    Path backup = folder.resolve("b.db");
    try (SqlStore store = open(file)) {
      note(store, 0, BACKED_UP);
      StoreBackup.write("jdbc:sqlite:" + file, backup, NOON);
      note(store, BACKED_UP, LATER);
    }
    Map<String, byte[]> before = new TreeMap<>();
    try (var files = Files.list(data)) {
      for (Path each : files.toList()) {
        before.put("/" + each.getFileName(), Files.readAllBytes(each));
      }
    }
    List<DiskLog.Line> log = restored(data, file, backup);
    assertTrue(log.size() > 10, log.size() + " lines");
    List<String> problems = new ArrayList<>();
    TreeSet<Long> seen = new TreeSet<>();
    for (int cut = 0; cut <= log.size(); cut++) {
      for (Unsynced fate : List.of(Unsynced.EVERYTHING, Unsynced.NOTHING)) {
        Path place = folder.resolve(fate + "-" + cut);
        Files.createDirectories(place);
        CrashImage.of(before, log.subList(0, cut), fate, new Random(cut)).into(place);
        Path image = place.resolve("muster.db");
        ChainReport chains = ChainCheck.check("jdbc:sqlite:" + image);
        if (!chains.fits()) {
          problems.add(fate + " after " + cut + ": " + chains.problems());
        }
        try (SqlStore store = open(image)) {
          seen.add(facts(store));
        }
      }
    }
    assertEquals(List.of(), problems);
    assertEquals(new TreeSet<>(List.of(BACKED_UP, LATER)), seen);
  }

  private List<DiskLog.Line> restored(Path data, Path file, Path backup)
      throws IOException, InterruptedException {
    Path config = folder.resolve("bot.yaml");
    Files.writeString(config, "store: { url: \"jdbc:sqlite:" + file + "\" }\n");
    DiskWindow disk = new DiskWindow(data, folder.resolve("disk"));
    List<String> command = new ArrayList<>(SharedClasses.JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.muster.app.Main"));
    command.addAll(List.of("restore", backup.toString(), "--replace-newer"));
    command.addAll(List.of("--config", config.toString()));
    Path said = folder.resolve("said.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().putAll(disk.recording());
    Process process = builder.start();
    assertTrue(process.waitFor(CrashBot.PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), Files.readString(said));
    return DiskLog.read(disk.log());
  }
}
