// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.chat.ChatEvent.ConnectionGap;
import dev.muster.chat.ChatEvent.MessagePosted;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.Receipt;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Slack pushed to a connection that is lost is missing, whatever the other ones do. */
class SocketGapsTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  @TempDir Path folder;
  private SocketGround ground;
  private String room;

  @BeforeEach
  void open() {
    ground = new SocketGround(clock, folder);
    room = ground.people.channel("room", "ada");
    ground.create("socket", inbox, memory).start();
    ground.awaitLive(2);
    lookFor(Duration.ofSeconds(34));
  }

  @AfterEach
  void close() {
    ground.close();
  }

  /** In a larger step nobody would have looked after the connections. */
  private void lookFor(Duration time) {
    for (Duration left = time; !left.isZero(); left = left.minusSeconds(2)) {
      clock.advance(Duration.ofSeconds(2));
      ground.pause();
    }
  }

  private List<Instant> gaps() {
    return inbox.heard(ConnectionGap.class).stream().map(ConnectionGap::since).toList();
  }

  private void expectAGapSince(Instant latest) {
    ground.until(() -> !gaps().isEmpty(), "the report of the gap");
    assertFalse(gaps().get(0).isAfter(latest), gaps() + " begins after " + latest);
  }

  @Test
  void connectionThatWasToLeave_andBreaksFirst_leavesAGap() {
    ground.socket.disconnectOne("warning");
    ground.socket.sendRaw("{\"type\":\"for the other one\"}");
    Instant broke = clock.instant();
    ground.socket.killOne();

    expectAGapSince(broke.minusSeconds(30));
  }

  @Test
  void connectionThatWasToLeave_andIsDead_leavesAGap() {
    ground.impatient();
    ground.socket.disconnectOne("warning");
    ground.socket.sendRaw("{\"type\":\"for the other one\"}");
    Instant fellSilent = clock.instant();
    ground.socket.freezeOne();
    ground.people.types("ada", room, "to the dead one or the other");

    expectAGapSince(fellSilent);
  }

  @Test
  void connectionThatNeverSaidHello_butWasAccepted_leavesAGap() throws IOException {
    ground.impatient();
    ground.socket.deadOnArrival(true);
    ground.socket.closeOne();
    int before = ground.socket.accepted();
    ground.until(() -> ground.socket.accepted() > before, "a dead connection");
    Instant opened = clock.instant();
    ground.socket.deadOnArrival(false);

    expectAGapSince(opened);
  }

  @Test
  void pushThatCannotBeStored_leavesAGap_becauseSlackGivesUpToRepeatIt() {
    AtomicBoolean full = new AtomicBoolean(true);
    ground.stop();
    ChatInbox disk =
        delivery -> full.get() ? new Receipt.NotStored("disk_full") : inbox.accept(delivery);
    ground.create("socket", disk, memory).start();
    ground.awaitLive(2);
    ground.people.types("ada", room, "never stored");
    Instant said = clock.instant();
    lookFor(Duration.ofSeconds(30));
    assertEquals(List.of(), gaps());

    full.set(false);

    expectAGapSince(said);
  }

  @Test
  void goodBye_whileTheOtherOneLives_leavesNone() throws IOException {
    ground.socket.closeOne();
    ground.awaitLive(2);
    lookFor(Duration.ofSeconds(20));

    assertEquals(List.of(), gaps());
  }

  @Test
  void whatIsReadAfterASleep_isNoProofOfTheTimeBefore() {
    Instant fellAsleep = clock.instant();
    clock.advance(Duration.ofSeconds(20));
    ground.people.types("ada", room, "had been waiting on one connection");
    ground.people.types("ada", room, "had been waiting on the other");
    ground.socket.killAll();

    expectAGapSince(fellAsleep);
    assertEquals(2, inbox.heard(MessagePosted.class).size());
  }

  @Test
  void clockPutBackADay_hidesNoConnectionWithoutHello() {
    ground.socket.mute(true);
    ground.socket.killAll();
    int before = ground.socket.accepted();
    ground.until(() -> ground.socket.accepted() > before, "a mute connection");
    clock.advance(Duration.ofDays(-1));
    ground.pause();
    Instant putBack = clock.instant();
    ground.until(() -> ground.socket.accepted() > before + 4, "further attempts");

    long seconds = Duration.between(putBack, clock.instant()).toSeconds();
    assertFalse(seconds > 120, "tried again only after " + seconds + " seconds");
    ground.socket.mute(false);
    ground.awaitLive(2);
  }
}
