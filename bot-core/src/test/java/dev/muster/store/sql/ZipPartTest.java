// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives whose files were compressed side by side are read by those who know the format. */
final class ZipPartTest {

  private static final Instant NOON = ManualClock.atNoon().instant();

  @TempDir private Path folder;

  private static Map<String, byte[]> files() {
    byte[] noise = new byte[5 * PassedOn.PIECE + 3];
    new Random(3).nextBytes(noise);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("nothing", new byte[0]);
    files.put("noise", noise);
    files.put("\u00e4\ud83d\ude00.txt", "words ".repeat(90_000).getBytes(StandardCharsets.UTF_8));
    files.put("one", new byte[] {1});
    return files;
  }

  private static FileChannel open(Path target) throws IOException {
    return FileChannel.open(target, StandardOpenOption.WRITE);
  }

  private Path written() throws IOException {
    Path target = Files.createFile(folder.resolve("it.zip"));
    Map<String, ZipPart> parts = new LinkedHashMap<>();
    for (String name : files().keySet()) {
      parts.put(name, ZipPart.begin(name, folder.resolve("part-" + parts.size())));
    }
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      ZipPart part = parts.get(file.getKey());
      part.write(file.getValue());
      part.close();
    }
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(open(target))) {
      for (ZipPart part : parts.values()) {
        part.into(zip, NOON);
      }
    }
    return target;
  }

  private static void assertRead(Path target) throws IOException {
    Map<String, byte[]> files = files();
    try (ZipFile zip = new ZipFile(target.toFile())) {
      assertEquals(files.size(), zip.size());
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = zip.getEntry(file.getKey());
        assertEquals(file.getValue().length, entry.getSize());
        assertArrayEquals(file.getValue(), zip.getInputStream(entry).readAllBytes());
        LocalDateTime noon = LocalDateTime.ofInstant(NOON, ZoneOffset.UTC);
        assertEquals(noon, entry.getTimeLocal());
      }
    }
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(target))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        assertEquals(file.getKey(), in.getNextEntry().getName());
        assertArrayEquals(file.getValue(), in.readAllBytes());
      }
    }
  }

  @Test
  void files_writtenAtOnce_areReadBackInTheirOrder() throws IOException {
    assertRead(written());
    try (var left = Files.list(folder)) {
      assertEquals(1, left.count());
    }
  }

  @Test
  void part_thatLostBytesBeforeItIsPutIn_isRefused() throws IOException {
    Path target = Files.createFile(folder.resolve("it.zip"));
    Path waiting = folder.resolve("part");
    ZipPart part = ZipPart.begin("part", waiting);
    part.write(new byte[1_000]);
    part.close();
    Files.write(waiting, new byte[1]);

    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(open(target))) {
      assertThrows(IOException.class, () -> part.into(zip, NOON));
    }
    part.drop();
    assertFalse(Files.exists(waiting));
  }
}
