// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent.OperatorNotice;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.SlackRoster;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stranger's channel with the wanted name is never taken over, and the operator is told. */
class TakenNamesTest {

  private static final int CHANNELS = 50;

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  @TempDir Path folder;
  private SlackChatWorld world;

  @BeforeEach
  void open() {
    world = Worlds.open(memory, inbox, clock, folder).world();
    world.platform().start();
  }

  @AfterEach
  void close() {
    world.close();
  }

  /** Public, private, archived, renamed to it, and public with the bot inside, in turn. */
  private String strangers(int n) {
    String name = "inc-" + n + "-checkout";
    String id =
        switch (n % 5) {
          case 1 -> world.people().strangersChannel(name, true);
          case 2 -> world.people().channel(name);
          case 3 -> world.people().strangersChannel("other-" + n, false);
          default -> world.people().strangersChannel(name, false);
        };
    if (n % 5 == 3) {
      new SlackRoster(world.slack()).renames(id, name);
    }
    if (n % 5 == 4) {
      new SlackRoster(world.slack()).archives(id);
    }
    return id;
  }

  private OpenedChannel opens(int n, boolean afterALostReply) {
    ChannelSpec spec = new ChannelSpec("inc-" + n + "-checkout", "", n % 7 == 0, "");
    OnceKey key = OnceKey.first("open-" + n, clock.instant());
    if (afterALostReply) {
      world.slack().arm("conversations.create", FakeFault.FAILS_BEFORE);
    }
    ChatOutcome<OpenedChannel> outcome = world.platform().openChannel(key, spec);
    for (int i = 0; i < 20 && !(outcome instanceof ChatOutcome.Done); i++) {
      clock.advance(Duration.ofSeconds(31));
      key = key.again();
      outcome = world.platform().openChannel(key, spec);
    }
    assertInstanceOf(ChatOutcome.Done.class, outcome, outcome.toString());
    return ((ChatOutcome.Done<OpenedChannel>) outcome).value();
  }

  @Test
  void name_takenByAStranger_isNeverAdoptedAndTold() {
    Set<String> opened = new HashSet<>();
    for (int n = 1; n <= CHANNELS; n++) {
      String taken = strangers(n);
      OpenedChannel channel = opens(n, n % 2 == 0);
      assertFalse(channel.channel().id().equals(taken), "adopted " + channel);
      ChannelNow ours = world.sight().channel(channel.channel().id()).orElseThrow();
      assertEquals(FakeSlack.BOT_USER, ours.creator());
      assertEquals(n % 7 == 0, ours.isPrivate());
      opened.add(channel.channel().id());
    }
    assertEquals(CHANNELS, opened.size());
    assertEquals(
        CHANNELS,
        world.slack().effects().stream().filter(effect -> effect.startsWith("created")).count());
    List<OperatorNotice> notices = inbox.heard(OperatorNotice.class);
    assertEquals(CHANNELS, notices.size());
    assertTrue(notices.get(0).sentence().contains("#inc-1-checkout was taken"));
  }

  @Test
  void name_takenFromAPrivateIncident_isNotTold() {
    strangers(7);
    opens(7, false);
    String said = inbox.heard(OperatorNotice.class).get(0).sentence();
    assertTrue(said.contains("taken"), said);
    assertFalse(said.contains("checkout"), said);
  }

  @Test
  void name_free_isNothingToTell() {
    assertEquals("inc-1-checkout", opens(1, false).name());
    assertEquals(List.of(), inbox.heard(OperatorNotice.class));
  }
}
