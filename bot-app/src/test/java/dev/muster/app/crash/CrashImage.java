// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What may lie on a disk after the power failed. What was synced is there; of what was not, none,
 * all, some writes or some sectors of some writes. Names of files are assumed to stay in order.
 */
final class CrashImage {

  private static final int SECTOR = 512;

  private final Map<String, Content> files = new TreeMap<>();

  /** What became of what was not synced. */
  enum Unsynced {
    NOTHING,
    EVERYTHING,
    SOME_WRITES,
    SOME_SECTORS
  }

  /** One file: what a sync has made last, and what came after it. */
  private static final class Content {
    private byte[] bytes = new byte[SECTOR];
    private int length;
    private final List<DiskLog.Line> since = new ArrayList<>();

    /**
     * Applies a call.
     *
     * @param torn decides for each sector whether it arrives; null for all
     */
    private void apply(DiskLog.Line line, Random torn) {
      if (line.kind() == DiskLog.Kind.TRUNCATE) {
        resize((int) line.at());
      } else if (line.kind() == DiskLog.Kind.WRITE) {
        write(line.data(), (int) line.at(), torn);
      }
    }

    private void write(byte[] data, int at, Random torn) {
      int from = 0;
      while (from < data.length) {
        int to = Math.min(data.length, from + SECTOR - (at + from) % SECTOR);
        if (torn == null || torn.nextBoolean()) {
          resize(Math.max(length, at + to));
          System.arraycopy(data, from, bytes, at + from, to - from);
        }
        from = to;
      }
    }

    private void resize(int wanted) {
      if (wanted < length) {
        Arrays.fill(bytes, wanted, length, (byte) 0);
      } else if (wanted > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
      }
      length = wanted;
    }
  }

  /**
   * Replays a log and loses the power.
   *
   * @param until how many lines happened
   */
  static CrashImage of(List<DiskLog.Line> log, int until, Unsynced fate, Random random) {
    CrashImage image = new CrashImage();
    log.subList(0, until).forEach(image::take);
    image.files.values().forEach(file -> lose(file, fate, random));
    return image;
  }

  /**
   * As the other, on a disk where files lay already.
   *
   * @param before their contents by their names
   */
  static CrashImage of(
      Map<String, byte[]> before, List<DiskLog.Line> log, Unsynced fate, Random random) {
    CrashImage image = new CrashImage();
    before.forEach((path, bytes) -> image.file(path).write(bytes, 0, null));
    log.forEach(image::take);
    image.files.values().forEach(file -> lose(file, fate, random));
    return image;
  }

  private void take(DiskLog.Line line) {
    switch (line.kind()) {
      case CREATE, WRITE, TRUNCATE -> file(line.path()).since.add(line);
      case SYNC -> sync(line.path());
      case UNLINK -> files.remove(line.path());
      case RENAME -> {
        Content moved = files.remove(line.path());
        if (moved != null) {
          files.put(line.text(), moved);
        }
      }
      default -> {
        // What is said over a socket leaves nothing on the disk.
      }
    }
  }

  private Content file(String path) {
    return files.computeIfAbsent(path, any -> new Content());
  }

  /** Folders are synced too; their names are in order anyway. */
  private void sync(String path) {
    Content file = files.get(path);
    if (file != null) {
      file.since.forEach(line -> file.apply(line, null));
      file.since.clear();
    }
  }

  private static void lose(Content file, Unsynced fate, Random random) {
    for (DiskLog.Line line : file.since) {
      boolean torn = fate == Unsynced.SOME_SECTORS && line.kind() == DiskLog.Kind.WRITE;
      boolean kept =
          fate == Unsynced.EVERYTHING || fate != Unsynced.NOTHING && random.nextBoolean();
      if (torn || kept) {
        file.apply(line, torn ? random : null);
      }
    }
    file.since.clear();
  }

  /** Puts it into an empty folder. */
  void into(Path folder) throws IOException {
    for (Map.Entry<String, Content> each : files.entrySet()) {
      Path file = folder.resolve(each.getKey().substring(1));
      Files.createDirectories(file.getParent());
      Content content = each.getValue();
      Files.write(file, Arrays.copyOf(content.bytes, content.length));
    }
  }
}
