// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent.ConnectionGap;
import dev.muster.chat.ChatEvent.GapDetected;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every gap is reported, whatever the clock does and however gaps follow one another. */
class GapWatchTest {

  private static final ChannelRef ALERTS = new ChannelRef("chat", "C0ALERTS");

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  private GapWatch gaps = watch(inbox);

  private GapWatch watch(ChatInbox into) {
    return new GapWatch("chat", into, memory, new Telemetry(), () -> Optional.of(List.of(ALERTS)));
  }

  private void listen() {
    gaps.listening(clock.instant(), clock.instant());
  }

  private void listenFor(Duration time) {
    for (Duration left = time; !left.isZero(); left = left.minusSeconds(1)) {
      clock.advance(Duration.ofSeconds(1));
      listen();
    }
  }

  private List<Instant> reported() {
    return inbox.heard(ConnectionGap.class).stream().map(ConnectionGap::since).toList();
  }

  @Test
  void secondGap_thatBeginsAtTheSameInstant_isReportedAsWell() {
    listen();
    Instant sure = clock.instant();
    gaps.deaf(sure);
    listenFor(Duration.ofSeconds(20));
    gaps.deaf(sure);
    listenFor(Duration.ofSeconds(20));

    assertEquals(List.of(sure.minusSeconds(10), sure.minusSeconds(10)), reported());
    assertEquals(2, inbox.heard(GapDetected.class).size());
  }

  @Test
  void gap_whoseEndTheClockWasPutBackBefore_isReportedAtOnceAndFromADayAgoOn() {
    listen();
    gaps.deaf(clock.instant());
    listen();
    clock.advance(Duration.ofHours(-2));
    listen();

    assertEquals(List.of(clock.instant().minus(Duration.ofDays(1))), reported());
  }

  @Test
  void record_ofAnInstantThatIsStillToCome_isReadAsADayAgo() {
    listen();
    clock.advance(Duration.ofHours(-2));
    gaps = watch(inbox);
    listen();

    assertEquals(List.of(clock.instant().minus(Duration.ofDays(1))), reported());
  }

  @Test
  void record_movesOn_thoughTheClockWasPutBack() {
    listen();
    clock.advance(Duration.ofDays(-1));
    listen();

    assertEquals(
        Optional.of(String.valueOf(clock.instant().toEpochMilli())), memory.get("heard-until"));
  }

  @Test
  void start_afterAKill_readsFromBeforeTheLastRecordOn() {
    listen();
    Instant recorded = clock.instant();
    clock.advance(Duration.ofMinutes(5));
    gaps = watch(inbox);
    listen();

    assertEquals(List.of(recorded.minusSeconds(40)), reported());
  }

  @Test
  void record_afterASleep_isNoNewerThanWhatIsSure() {
    listen();
    Instant sure = clock.instant();
    clock.advance(Duration.ofMinutes(5));
    gaps.listening(clock.instant(), sure);

    assertEquals(Optional.of(String.valueOf(sure.toEpochMilli())), memory.get("heard-until"));
  }

  @Test
  void gapOfAnAlertChannel_thatWasNotStored_isReportedOnceMore() {
    boolean[] full = {true};
    gaps =
        watch(
            delivery ->
                full[0] && delivery.event() instanceof GapDetected
                    ? new Receipt.NotStored("disk_full")
                    : inbox.accept(delivery));
    listen();
    gaps.deaf(clock.instant());
    listenFor(Duration.ofSeconds(20));
    assertEquals(List.of(), reported());

    full[0] = false;
    listenFor(Duration.ofSeconds(1));

    assertEquals(1, reported().size());
    assertEquals(1, inbox.heard(GapDetected.class).size());
    assertFalse(inbox.heard(GapDetected.class).get(0).since().isAfter(reported().get(0)));
    assertTrue(memory.get("heard-until").isPresent());
  }
}
