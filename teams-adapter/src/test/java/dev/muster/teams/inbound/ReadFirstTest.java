// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.MessageRef;
import dev.muster.chat.spi.Memory;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * How long it is remembered what was read before it was told, and in what steps it is forgotten.
 */
final class ReadFirstTest {

  private static final int MANY = 5 * ReadFirst.AT_ONCE / 2;

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final ReadFirst readFirst = new ReadFirst(memory);

  private static MessageRef message(int number) {
    return new MessageRef(new ChannelRef("teams", "19:room"), String.valueOf(1_000 + number));
  }

  private void read(int from, int to, Instant postedAt) {
    List<Memory.Write> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      records.add(readFirst.remember(message(i), postedAt));
    }
    memory.put(records);
  }

  private List<String> remembered() {
    return memory.scan("read/", "", 1_000).stream().map(Memory.Entry::key).toList();
  }

  private int steps(int most) {
    for (int i = 0; i < most; i++) {
      long before = memory.scanned();
      readFirst.tidy(clock.instant());
      long looked = memory.scanned() - before;
      assertTrue(looked <= ReadFirst.AT_ONCE, looked + " records in one step");
      if (looked < ReadFirst.AT_ONCE) {
        return i + 1;
      }
    }
    return most;
  }

  @Test
  void records_ofOldMessages_goInBoundedStepsAndTheOthersStay() {
    Instant now = clock.instant();
    read(0, MANY, now.minus(ReadFirst.KEPT));
    read(MANY, MANY + 10, now.minus(ReadFirst.KEPT).plusSeconds(1));

    assertEquals(3, steps(10));

    List<String> left = remembered();
    assertEquals(10, left.size(), left.toString());
    assertTrue(left.get(0).endsWith("/" + (1_000 + MANY)), left.toString());
  }

  @Test
  void afterARound_nothingIsLookedAtForAnHour() {
    readFirst.tidy(clock.instant());
    read(0, 5, clock.instant().minus(ReadFirst.KEPT));
    clock.advance(Duration.ofMinutes(59));
    readFirst.tidy(clock.instant());
    assertEquals(5, remembered().size());

    clock.advance(Duration.ofMinutes(1));
    readFirst.tidy(clock.instant());

    assertEquals(0, remembered().size());
  }

  @Test
  void recordOfAnEarlierVersion_withoutATime_agesFromNowOn() {
    memory.put(List.of(Memory.Write.of("read/19:room/1", "")));
    readFirst.tidy(clock.instant());
    assertEquals("read/19:room/1", remembered().stream().collect(Collectors.joining()));

    clock.advance(ReadFirst.KEPT);
    readFirst.tidy(clock.instant());

    assertEquals(0, remembered().size());
  }
}
