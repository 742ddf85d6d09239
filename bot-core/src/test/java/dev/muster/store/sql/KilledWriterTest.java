// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.TimelineEntry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes is killed, again and again; whatever it had acknowledged is there
 * afterwards, in order, in an unbroken chain, and with the order that belongs to it.
 */
class KilledWriterTest {

  private static final dev.muster.timeline.Stream FIRST = new dev.muster.timeline.Stream(1);

  @TempDir Path folder;

  @Test
  void killedOnce_keepsWhatWasAcknowledged() throws Exception {
    killAndCheck(1, new Random(20261121));
  }

  @Tag("proof")
  @Test
  void killedTwentyTimes_keepsWhatWasAcknowledged() throws Exception {
    killAndCheck(20, new Random(20261122));
  }

  private void killAndCheck(int times, Random random) throws Exception {
    Path file = folder.resolve("muster.db");
    EmptyStore.copyTo(file);
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Set<String> acknowledged = new HashSet<>();
    for (int life = 0; life < times; life++) {
      acknowledged.addAll(livesUntilKilled(file, temporary, life, 30 + random.nextInt(300)));
      check(file, acknowledged);
    }
    assertTrue(ChainCheck.check("jdbc:sqlite:" + file).fits());
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.toList());
    }
  }

  /** Returns what one process acknowledged before it was killed. */
  private static List<String> livesUntilKilled(Path file, Path temporary, int life, int enough)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                AcknowledgingWriter.class.getName(),
                file.toString(),
                "life" + life)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> acknowledged = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && acknowledged.size() < enough) {
        acknowledged.add(line);
        line = lines.readLine();
      }
      process.toHandle().destroyForcibly();
      while (line != null && line.endsWith(";")) {
        acknowledged.add(line);
        line = lines.readLine();
      }
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertFalse(acknowledged.isEmpty());
    return acknowledged;
  }

  private static void check(Path file, Set<String> acknowledged) {
    StoreOpening opening =
        SqlStore.open("jdbc:sqlite:" + file, ManualClock.atNoon(), () -> "unused", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      List<TimelineEntry> found = new ArrayList<>();
      List<TimelineEntry> page = page(store, 0);
      while (!page.isEmpty()) {
        found.addAll(page);
        page = page(store, found.size());
      }
      Set<String> texts = new HashSet<>();
      for (int i = 0; i < found.size(); i++) {
        assertEquals(i + 1L, found.get(i).seq());
        assertTrue(texts.add(found.get(i).text()));
      }
      for (String line : acknowledged) {
        assertTrue(texts.contains(line), line);
      }
      assertEquals(found.size(), (long) store.read(tx -> tx.effects().backlog()));
      assertTrue(store.read(tx -> tx.timeline().firstBroken(FIRST)).isEmpty());
    }
  }

  private static List<TimelineEntry> page(SqlStore store, long after) {
    return store.read(tx -> tx.timeline().read(FIRST, after, 1_000, Set.of()));
  }
}
