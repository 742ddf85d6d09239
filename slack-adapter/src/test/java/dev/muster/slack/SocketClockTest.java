// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Connections refuse nothing for its time, so a machine whose clock is wrong hears everything; how
 * late that is, only Slack's own clock tells.
 */
class SocketClockTest {

  /** Slack tells whole seconds, and the test's clock goes on while it is asked. */
  private static final Duration CLOSE = Duration.ofSeconds(30);

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  @TempDir Path folder;
  private SocketGround ground;

  private void start(Duration ahead) {
    ground = new SocketGround(clock, folder);
    ground.machineIsAhead(ahead);
    ground.create("socket", inbox, memory).start();
    ground.awaitLive(2);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  private static void assertClose(Duration wanted, Duration found) {
    assertTrue(wanted.minus(found).abs().compareTo(CLOSE) < 0, wanted + " is not " + found);
  }

  private void assertIsNow(Instant at, Duration ahead) {
    assertClose(ahead, Duration.between(at, clock.instant()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT20M", "PT-20M", "PT13H"})
  void whatIsGivenNow_isDatedBySlacksClock_whichIsKnown(String apart) {
    Duration ahead = Duration.parse(apart);
    start(ahead);
    String room = ground.people.channel("room", "ada");

    ground.people.runs("ada", room, "status");
    ground.people.writesToBot("ada", "status");

    List<ChatEvent.CommandInvoked> given = inbox.heard(ChatEvent.CommandInvoked.class);
    assertEquals(2, given.size(), given::toString);
    given.forEach(command -> assertIsNow(command.at(), ahead));
    assertClose(ahead, ground.platform.clockAhead().orElseThrow());
  }

  @Test
  void clockThatIsPutRight_isNotKnownAnyMore_untilSlackTells() {
    start(Duration.ofMinutes(20));
    ground.machineIsAhead(Duration.ZERO);
    clock.advance(Duration.ofMinutes(-20));

    assertEquals(Optional.empty(), ground.platform.clockAhead());
  }
}
