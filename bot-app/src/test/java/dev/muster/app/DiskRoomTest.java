// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.telemetry.Telemetry;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held back on the disk, when it is given up, and what operators are told. */
final class DiskRoomTest {

  private static final long MB = 1L << 20;
  private static final long GB = 1L << 30;

  private final Map<String, Optional<String>> notices = new HashMap<>();
  private final Telemetry telemetry = new Telemetry();
  @TempDir private Path folder;

  private DiskRoom room(long wanted) {
    return new DiskRoom(folder, wanted, notices::put, telemetry);
  }

  private Path reserve() {
    return folder.resolve("muster.reserve");
  }

  private Set<String> told() {
    Set<String> topics = new TreeSet<>();
    notices.forEach((topic, sentence) -> sentence.ifPresent(any -> topics.add(topic)));
    return topics;
  }

  @Test
  void reserve_isHeldWhileThereIsRoom_givenUpWhenThereIsNone_andComesBack() throws IOException {
    DiskRoom room = room(4 * MB);
    room.look(4 * GB, 8 * GB);
    assertEquals(4 * MB, Files.size(reserve()));
    assertEquals(Set.of(), told());

    room.look(2 * MB - 1, 8 * GB);
    assertFalse(Files.exists(reserve()));
    assertEquals(Set.of(DiskRoom.LITTLE, DiskRoom.VERY_LITTLE, DiskRoom.FULL), told());
    assertTrue(notices.get(DiskRoom.FULL).orElseThrow().contains("du -xah " + folder));

    room.look(12 * MB, 8 * GB);
    assertFalse(Files.exists(reserve()), "room that comes and goes is left alone");

    room.look(12 * MB + 1, 8 * GB);
    assertTrue(Files.exists(reserve()));
    assertEquals(Set.of(DiskRoom.LITTLE, DiskRoom.VERY_LITTLE), told());
    room.look(4 * GB, 8 * GB);
    assertEquals(Set.of(), told());
  }

  @Test
  void reserve_onASmallDisk_isSmaller_andNoneWhenNoneIsWanted() throws IOException {
    room(64 * MB).look(30 * MB, 40 * MB);
    assertEquals(2 * MB, Files.size(reserve()));

    room(0).look(30 * MB, 40 * MB);
    assertFalse(Files.exists(reserve()));
    assertEquals(Set.of(), told());
  }

  @Test
  void operators_areToldAtATenthAndATwentieth_onLargeDisksLater() throws IOException {
    DiskRoom room = room(0);
    room.look(800 * MB, 8000 * MB);
    assertEquals(Set.of(), told());
    room.look(800 * MB - 1, 8000 * MB);
    assertEquals(Set.of(DiskRoom.LITTLE), told());
    assertTrue(notices.get(DiskRoom.LITTLE).orElseThrow().startsWith("Only 799 MB are left"));
    room.look(400 * MB - 1, 8000 * MB);
    assertEquals(Set.of(DiskRoom.LITTLE, DiskRoom.VERY_LITTLE), told());

    notices.clear();
    DiskRoom large = room(0);
    large.look(5 * GB, 900 * GB);
    assertEquals(Set.of(), told());
    large.look(5 * GB - 1, 900 * GB);
    assertEquals(Set.of(DiskRoom.LITTLE), told());
  }

  @Test
  void operators_areToldOnce_untilAsked() throws IOException {
    DiskRoom room = room(0);
    room.look(1, 8 * GB);
    notices.clear();
    room.look(1, 8 * GB);
    assertEquals(Map.of(), notices);
    room.tellAgain();
    room.look(1, 8 * GB);
    assertEquals(Set.of(DiskRoom.LITTLE, DiskRoom.VERY_LITTLE), told());
    assertTrue(telemetry.prometheusText().contains("muster_store_disk_free_bytes 1"));
  }

  @Test
  void notice_endsWithATenthMoreRoomThanWhereItBegan() throws IOException {
    DiskRoom room = room(0);
    room.look(800 * MB - 1, 8000 * MB);
    room.look(880 * MB - 1, 8000 * MB);
    room.tellAgain();
    room.look(880 * MB - 1, 8000 * MB);
    assertEquals(Set.of(DiskRoom.LITTLE), told());
    room.look(880 * MB, 8000 * MB);
    assertEquals(Set.of(), told());
    room.look(800 * MB, 8000 * MB);
    assertEquals(Set.of(), told());
  }

  @Test
  void full_isToldOnlyWhenTheReserveWasGivenUp() throws IOException {
    room(4 * GB).look(11 * GB, 100 * GB);
    assertEquals(Set.of(), told(), "none yet, and no room for one yet");

    DiskRoom room = room(4 * MB);
    room.look(4 * MB - 1, 100 * MB);
    assertTrue(told().contains(DiskRoom.FULL), "given up before the start");
    room.look(12 * MB + 1, 100 * MB);
    assertFalse(told().contains(DiskRoom.FULL));
  }

  @Test
  void look_takesHardlyAnyProcessorTime() throws IOException {
    DiskRoom room = room(0);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 50; i++) {
      room.look();
    }

    long before = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < 100; i++) {
      room.look();
    }
    Duration each = Duration.ofNanos((threads.getCurrentThreadCpuTime() - before) / 100);

    assertTrue(each.compareTo(Duration.ofMillis(1)) < 0, "each look took " + each);
    assertTrue(telemetry.prometheusText().contains("muster_store_disk_free_bytes"));
  }

  @Test
  void diskThatIsNotThere_isNoFullOne() {
    DiskRoom room = new DiskRoom(folder.resolve("gone"), 4 * MB, notices::put, telemetry);

    assertThrows(IOException.class, room::look);

    assertEquals(Map.of(), notices);
  }

  /** A disk as it answers when nobody can say how much is on it, or how much there is. */
  private File disk(long usable, long total) {
    return new File(folder.toString()) {
      private static final long serialVersionUID = 1L;

      @Override
      public long getUsableSpace() {
        return usable;
      }

      @Override
      public long getTotalSpace() {
        return total;
      }
    };
  }

  @Test
  void reserve_isGivenUpBeforeOpening_onAFullDisk_andNotOnOneThatDoesNotAnswer()
      throws IOException {
    room(4 * MB).look(4 * GB, 8 * GB);

    DiskRoom.beforeOpening(disk(0, 0));
    assertTrue(Files.exists(reserve()));
    DiskRoom.beforeOpening(disk(2 * MB, 8 * GB));
    assertTrue(Files.exists(reserve()));

    DiskRoom.beforeOpening(disk(0, 8 * GB));
    assertFalse(Files.exists(reserve()));
  }
}
