// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged comes back, cut or damaged as the file may be, and nothing else does. */
class SpoolFileTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void name() {
    path = SpoolFile.beside(folder.resolve("muster.db"));
    assertEquals(folder.resolve("muster.spool"), path);
  }

  private static SpoolRecord entry(int number) {
    String body = "{\"title\": \"Übung " + "x".repeat(number % 40) + "\", \"n\": " + number + "}";
    return new SpoolRecord(
        NOON.plusSeconds(number),
        number % 2 == 0 ? "prom" : "gräfin",
        "key-" + number,
        "hash-" + number,
        body.getBytes(StandardCharsets.UTF_8));
  }

  private SpoolFile open() throws IOException {
    return SpoolFile.open(path).orElseThrow();
  }

  /** Adds records and returns where each of them ends. */
  private List<Long> fill(int count) throws IOException {
    List<Long> ends = new ArrayList<>();
    try (SpoolFile spool = open()) {
      for (int i = 0; i < count; i++) {
        assertTrue(spool.add(entry(i)));
        ends.add(Files.size(path));
      }
    }
    return ends;
  }

  private record Read(List<String> keys, SpoolFile.Contents contents, long cutOff) {}

  private Read read() throws IOException {
    List<String> keys = new ArrayList<>();
    try (SpoolFile spool = open()) {
      SpoolFile.Contents contents =
          spool.each(
              found -> {
                SpoolRecord put = entry(Integer.parseInt(found.delivery().substring(4)));
                assertEquals(put.arrivedAt(), found.arrivedAt());
                assertEquals(put.source(), found.source());
                assertEquals(put.hash(), found.hash());
                assertTrue(Arrays.equals(put.body(), found.body()));
                keys.add(found.delivery());
              });
      return new Read(keys, contents, spool.cutOff());
    }
  }

  private static List<String> keys(int... numbers) {
    return IntStream.of(numbers).mapToObj(number -> "key-" + number).toList();
  }

  @Test
  void records_comeBackInTheirOrder_andForTheOwnerAlone() throws IOException {
    fill(3);

    Read read = read();

    assertEquals(keys(0, 1, 2), read.keys());
    assertEquals(new SpoolFile.Contents(3, List.of()), read.contents());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void file_cutAtEveryLength_givesWhatIsWhole_andTakesMoreBehindIt() throws IOException {
    List<Long> ends = fill(4);
    byte[] whole = Files.readAllBytes(path);
    for (int length = 1; length <= whole.length; length++) {
      Files.write(path, Arrays.copyOf(whole, length));
      long left = length;
      int expected = (int) ends.stream().filter(end -> end <= left).count();
      long good = expected == 0 ? 0 : ends.get(expected - 1);
      try (SpoolFile spool = open()) {
        assertEquals(length - good, spool.cutOff(), "cut at " + length);
        assertTrue(spool.add(entry(9)));
      }

      Read read = read();

      List<String> keys = new ArrayList<>(keys(IntStream.range(0, expected).toArray()));
      keys.add("key-9");
      assertEquals(keys, read.keys(), "cut at " + length);
      assertEquals(List.of(), read.contents().damaged(), "cut at " + length);
    }
  }

  @Test
  void file_withAnyByteChanged_losesThatRecordAlone_andSaysWhere() throws IOException {
    long seed = Long.getLong("muster.seed", 1);
    Random random = new Random(seed);
    List<Long> ends = fill(4);
    byte[] whole = Files.readAllBytes(path);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 + random.nextInt(255));
      Files.write(path, changed);
      long place = at;
      int hit = (int) ends.stream().filter(end -> end <= place).count();

      Read read = read();

      int[] others = IntStream.range(0, 4).filter(number -> number != hit).toArray();
      String where = "seed " + seed + ", byte " + at;
      assertEquals(keys(others), read.keys(), where);
      long from = hit == 0 ? 0 : ends.get(hit - 1);
      assertEquals(
          List.of(new SpoolFile.Part(from, ends.get(hit))), read.contents().damaged(), where);
      assertEquals(0, read.cutOff(), where);
    }
  }

  @Test
  void file_withNonsenseBehind_saysSo_andTakesMoreBehindIt() throws IOException {
    fill(2);
    long end = Files.size(path);
    byte[] zeros = new byte[5_000];
    Files.write(path, zeros, java.nio.file.StandardOpenOption.APPEND);
    try (SpoolFile spool = open()) {
      spool.add(entry(7));
    }

    Read read = read();

    assertEquals(keys(0, 1, 7), read.keys());
    assertEquals(List.of(new SpoolFile.Part(end, end + zeros.length)), read.contents().damaged());
  }

  @Test
  void file_thatIsOpen_isNobodyElses() throws IOException {
    try (SpoolFile spool = open()) {
      assertEquals(Optional.empty(), SpoolFile.open(path));
      assertTrue(spool.add(entry(0)));
    }
    assertEquals(keys(0), read().keys());
  }

  @Test
  void file_withoutRoom_takesNothingMore_andKeepsWhatItHas() throws IOException {
    byte[] large = new byte[(int) (SpoolFile.MOST_BYTES - 50)];
    try (SpoolFile spool = open()) {
      assertTrue(spool.add(entry(0)));
      assertFalse(spool.add(new SpoolRecord(NOON, "prom", "large", "hash", large)));
      assertFalse(spool.add(entry(1)), "whoever came later would overtake");
    }
    assertEquals(keys(0), read().keys());
  }

  @Test
  void file_thatHoldsNothing_doesNotStay() throws IOException {
    open().close();
    assertFalse(Files.exists(path));

    fill(1);
    try (SpoolFile spool = open()) {
      spool.delete();
    }
    assertFalse(Files.exists(path));
  }

  @Test
  void file_setAside_getsANameOfItsOwn() throws IOException {
    for (int time = 1; time <= 2; time++) {
      fill(1);
      try (SpoolFile spool = open()) {
        Path name = spool.freeName();
        assertEquals(folder.resolve("muster.spool.damaged-" + time), name);
        spool.setAside(name);
        assertTrue(Files.size(name) > 0);
      }
    }
    assertEquals(
        Optional.of(folder.resolve("muster.spool.damaged-1")), SpoolFile.firstSetAside(path));
    assertFalse(Files.exists(path));
  }

  @Test
  void records_ofManyAtOnce_areAllThereOnce() throws Exception {
    int each = 25;
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    try (SpoolFile spool = open()) {
      List<Thread> senders =
          IntStream.range(0, 8)
              .mapToObj(
                  sender ->
                      new Thread(
                          () -> {
                            try {
                              for (int i = 0; i < each; i++) {
                                assertTrue(spool.add(entry(sender * each + i)));
                              }
                            } catch (IOException | AssertionError e) {
                              failures.add(e);
                            }
                          }))
              .toList();
      senders.forEach(Thread::start);
      for (Thread sender : senders) {
        sender.join();
      }
    }
    assertEquals(List.of(), failures);
    assertEquals(8 * each, read().keys().stream().distinct().count());
    assertEquals(8 * each, read().contents().records());
  }
}
