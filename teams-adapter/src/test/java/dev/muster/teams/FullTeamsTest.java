// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent.OperatorNotice;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.teams.client.FullTeams;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Teams that fill up, are lost, or keep the names of what was deleted. */
final class FullTeamsTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  @TempDir Path folder;
  private TeamsGround ground;

  @BeforeEach
  void begin() {
    ground =
        new TeamsGround(
            memory, inbox, clock, folder, List.of(FakeTenant.GROUP, FakeTenant.NEXT_GROUP));
  }

  @AfterEach
  void end() {
    ground.close();
  }

  private FakeConversation opened(String name) {
    return opened("order-" + name, name);
  }

  private FakeConversation opened(String order, String name) {
    ChatOutcome<OpenedChannel> outcome =
        ground
            .platform()
            .openChannel(
                OnceKey.first(order, clock.instant()), new ChannelSpec(name, "SEV2", false));
    OpenedChannel channel = OnTeams.done(outcome);
    return ground.teams().tenant().conversation(channel.channel().id()).orElseThrow();
  }

  private void looksAnHourLater() {
    clock.advance(FullTeams.COUNTED_EVERY);
    ((TeamsPlatform) ground.platform()).lookAround();
  }

  private List<OperatorNotice> notices() {
    return inbox.heard(OperatorNotice.class).stream()
        .filter(notice -> notice.topic().equals("team-full/" + FakeTenant.GROUP))
        .toList();
  }

  @Test
  void open_teamFull_isInTheNextAndAskedThereForADay() {
    ground.teams().tenant().holdsAtMost(2);
    assertEquals(FakeTenant.GROUP, opened("inc-1").group());

    assertEquals(FakeTenant.NEXT_GROUP, opened("inc-2").group());
    long calls = ground.teams().calls(Part.GRAPH);
    assertEquals(FakeTenant.NEXT_GROUP, opened("inc-3").group());

    assertEquals(calls + 1, ground.teams().calls(Part.GRAPH));
    assertEquals(1, notices().size());
    assertTrue(notices().get(0).sentence().contains("is full"));
    ground.teams().tenant().holdsAtMost(100);
    clock.advance(Duration.ofHours(25));
    assertEquals(FakeTenant.GROUP, opened("inc-4").group());
  }

  @Test
  void open_everyTeamFull_isRefusedWithTheMend() {
    try (TeamsGround alone = new TeamsGround(new KeyedMemory(), inbox, clock, folder)) {
      alone.teams().tenant().holdsAtMost(1);

      ChatOutcome<OpenedChannel> outcome =
          alone
              .platform()
              .openChannel(
                  OnceKey.first("order", clock.instant()), new ChannelSpec("inc-1", "", false));

      assertInstanceOf(ChatOutcome.Refused.class, outcome);
      assertTrue(outcome.toString().contains("platforms.teams.teams"), outcome.toString());
    }
  }

  @Test
  void count_eightInTen_warnsOnceUntilThereIsRoom() {
    for (int i = 1; i < FullTeams.WARNED_AT - 1; i++) {
      ground.teams().tenant().channel("old " + i, "");
    }
    looksAnHourLater();
    assertEquals(0, notices().size());
    FakeConversation last = ground.teams().tenant().channel("one more", "");
    looksAnHourLater();
    looksAnHourLater();
    looksAnHourLater();

    assertEquals(1, notices().size());
    assertTrue(notices().get(0).sentence().contains("800 channels or more"));
    ground.teams().tenant().remove(last);
    looksAnHourLater();
    assertTrue(notices().get(1).over());
  }

  @Test
  void open_teamLost_isInTheNext() {
    ground.place();
    ground.push(ground.pushes().botOut(ground.teams().tenant().person("ada")));

    assertEquals(FakeTenant.NEXT_GROUP, opened("inc-1").group());
    ground.push(ground.pushes().installed());
    assertEquals(FakeTenant.GROUP, opened("inc-2").group());
  }

  /** "Name unique per team incl. deleted ones for 30 days." */
  @Test
  void open_nameReservedByADeletedChannel_getsASuffix() {
    FakeConversation first = opened("inc-1");
    ground.teams().tenant().remove(first);

    FakeConversation second = opened("another order", "inc-1");

    assertNotEquals(first.id(), second.id());
    assertEquals("inc-1-2", second.name());
    String told = inbox.heard(OperatorNotice.class).get(0).sentence();
    assertTrue(told.contains("The name inc-1 was taken"), told);
    assertTrue(told.contains("lives in inc-1-2"), told);
  }
}
