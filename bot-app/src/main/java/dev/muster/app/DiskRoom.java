// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.telemetry.Telemetry;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the room on the store's disk. While there is enough, a file of zeros holds some back;
 * when the disk is all but full that file is given up, so that what runs can be finished and told.
 * It comes back when there is room. Operators are told in three steps; a notice ends when there is
 * a tenth more room than where it began. One thread looks; any may ask to be told again.
 */
final class DiskRoom {

  /** Little is left: a tenth of the disk. */
  static final String LITTLE = "disk";

  /** Very little is left: a twentieth. */
  static final String VERY_LITTLE = "disk-very-little";

  /** The reserve was given up; after it, nothing is taken any more. */
  static final String FULL = "disk-full";

  /** On a large disk a tenth is plenty. */
  static final long MOST_LITTLE_BYTES = 5L << 30;

  static final long MOST_VERY_LITTLE_BYTES = 1L << 30;

  private static final String RESERVE = "muster.reserve";
  private static final Logger LOG = LoggerFactory.getLogger(DiskRoom.class);

  /** The reserve takes at most this part of the disk. */
  private static final long PART_OF_DISK = 20;

  private static final int BLOCK = 1 << 20;

  private final Path folder;
  private final Path reserve;
  private final long wanted;
  private final BiConsumer<String, Optional<String>> notices;
  private final Map<String, Boolean> told = new LinkedHashMap<>();
  private final Set<String> low = new HashSet<>();
  private final AtomicBoolean again = new AtomicBoolean();
  private boolean gaveUp;
  private volatile long free = -1;

  /**
   * Creates it; {@link #look} begins.
   *
   * @param folder where the store lies
   * @param wanted how many bytes to hold back; 0 for none
   * @param notices told what an operator has to mend, by topic; empty when nothing is
   */
  DiskRoom(
      Path folder, long wanted, BiConsumer<String, Optional<String>> notices, Telemetry telemetry) {
    this.folder = folder;
    this.wanted = wanted;
    this.notices = notices;
    reserve = folder.resolve(RESERVE);
    telemetry.gauge("muster_store_disk_free_bytes", () -> free);
  }

  /** Gives the reserve up where a store could not even be opened. */
  static void beforeOpening(File folder) {
    Path reserve = folder.toPath().resolve(RESERVE);
    try {
      if (Files.exists(reserve) && usable(folder) < Files.size(reserve) / 2) {
        Files.delete(reserve);
        LOG.warn("disk_reserve_given_up at_start=true");
      }
    } catch (IOException e) {
      // Opening the store says what is wrong with the folder.
      LOG.debug("disk_room_unknown");
    }
  }

  /** Gives the reserve up for what has to be written now. */
  static void giveUp(Path folder) {
    try {
      if (Files.deleteIfExists(folder.resolve(RESERVE))) {
        LOG.warn("disk_reserve_given_up");
      }
    } catch (IOException e) {
      // There may be room all the same.
      LOG.atWarn().addKeyValue("because", e.getMessage()).log("disk_reserve_stays");
    }
  }

  /** Looks once. */
  void look() throws IOException {
    File disk = folder.toFile();
    look(usable(disk), disk.getTotalSpace());
  }

  /**
   * Returns the room on a disk; 0 only where it says how large it is, because that is its answer
   * also when it cannot tell. Asked as a file, which is one call of the system: to find the store
   * of a path, all mounts are read and compared, which takes milliseconds where there are many.
   */
  private static long usable(File disk) throws IOException {
    if (disk.getTotalSpace() == 0) {
      throw new IOException("the disk of " + disk + " does not say how large it is");
    }
    return disk.getUsableSpace();
  }

  /** Looks at a disk on which so many of so many bytes are free. */
  void look(long usable, long total) throws IOException {
    free = usable;
    if (again.getAndSet(false)) {
      told.clear();
    }
    long held = Files.exists(reserve) ? Files.size(reserve) : 0;
    long size = Math.min(wanted, total / PART_OF_DISK);
    if (held > 0 && (usable < held / 2 || wanted == 0)) {
      Files.deleteIfExists(reserve);
      LOG.warn("disk_reserve_given_up bytes={}", held);
      held = 0;
      gaveUp = true;
    } else if (held < size && usable > 3 * size) {
      make(size);
      held = size;
    }
    // Without a file, room for none means that it was given up before we began.
    gaveUp = held == 0 && (gaveUp || usable < size);
    tell(LITTLE, isLow(LITTLE, usable, Math.min(total / 10, MOST_LITTLE_BYTES)), little(usable));
    long very = Math.min(total / 20, MOST_VERY_LITTLE_BYTES);
    tell(VERY_LITTLE, isLow(VERY_LITTLE, usable, very), little(usable));
    tell(FULL, size > 0 && gaveUp, full());
  }

  private boolean isLow(String topic, long usable, long limit) {
    if (usable < limit) {
      low.add(topic);
    } else if (usable >= limit + limit / 10) {
      low.remove(topic);
    }
    return low.contains(topic);
  }

  /** Zeros that are written take room; a file that was only made longer takes none. */
  private void make(long size) throws IOException {
    Path draft = reserve.resolveSibling(reserve.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      for (long left = size; left > 0; left -= BLOCK) {
        block.clear().limit((int) Math.min(BLOCK, left));
        channel.write(block);
      }
    } catch (IOException e) {
      Files.deleteIfExists(draft);
      throw e;
    }
    Files.move(draft, reserve, StandardCopyOption.REPLACE_EXISTING);
  }

  /** What has to be told while nothing can be stored is told as soon as something can. */
  private void tell(String topic, boolean wrong, String sentence) {
    if (!Boolean.valueOf(wrong).equals(told.get(topic))) {
      notices.accept(topic, wrong ? Optional.of(sentence) : Optional.empty());
      told.put(topic, wrong);
    }
  }

  /** Tells anew at the next look what is told once a day while it lasts. */
  void tellAgain() {
    again.set(true);
  }

  private String little(long usable) {
    return "Only %d MB are left on the disk of %s. When it is full, nothing is taken any more; what was taken stays. Make room; what takes it: %s"
        .formatted(usable >> 20, folder, command());
  }

  private String full() {
    return "The disk of %s is full. Muster gave up the room it had held back, and goes on until that is used up as well; then nothing is taken any more, and what was taken stays. Make room now; what takes it: %s"
        .formatted(folder, command());
  }

  private String command() {
    return "du -xah " + folder + " | sort -h | tail";
  }
}
