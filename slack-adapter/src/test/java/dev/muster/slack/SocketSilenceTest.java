// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent.ConnectionGap;
import dev.muster.chat.ChatEvent.OperatorNotice;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connections live, and yet Slack sends no events over them. */
class SocketSilenceTest {

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  private SocketGround ground;

  @BeforeEach
  void open() {
    ground = new SocketGround(clock, folder);
    ground.create("socket", inbox, memory);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  private List<OperatorNotice> told(boolean over) {
    ((SlackPlatform) ground.platform).lookAround();
    return inbox.heard(OperatorNotice.class).stream()
        .filter(notice -> notice.topic().equals("events_stopped") && notice.over() == over)
        .toList();
  }

  @Test
  void eventsThatStop_whileConnectionsLive_areTold_andReadUpWhenTheyReturn() {
    String channel = ground.people.channel("checkout-team", "ada");
    ground.platform.start();
    ground.awaitLive(2);
    ground.people.types("ada", channel, "Heard.");
    final Instant lastHeard = clock.instant();
    ground.people.hush();
    clock.advance(Duration.ofMinutes(3));
    ChatOutcome<?> posted =
        ground.platform.post(
            OnceKey.first("k", clock.instant()),
            new ChannelRef("slack", channel),
            Optional.empty(),
            BotMessage.line("Not heard."));
    assertEquals(ChatOutcome.Done.class, posted.getClass());

    // As after a sleep: nobody looked, so nothing was missed yet.
    clock.advance(Duration.ofHours(1));
    assertEquals(List.of(), told(false));
    for (int i = 0; i < 30; i++) {
      clock.advance(Duration.ofSeconds(20));
      told(false);
    }
    ground.until(() -> !told(false).isEmpty(), "the notice");

    assertEquals(1, told(false).size());
    assertFalse(told(false).get(0).sentence().contains("request URL"), told(false)::toString);

    ground.people.types("ada", channel, "Heard again.");
    ground.until(() -> !told(true).isEmpty(), "the end of the notice");
    ground.until(
        () ->
            inbox.heard(ConnectionGap.class).stream()
                .anyMatch(gap -> !gap.since().isAfter(lastHeard)),
        "the gap since the last event");
  }
}
