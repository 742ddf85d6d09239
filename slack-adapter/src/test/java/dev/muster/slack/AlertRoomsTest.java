// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.ChatEvent.OperatorNotice;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.Secret;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Signed;
import dev.muster.slack.fake.SlackPeople;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot goes into its alert channels, or says who has to let it in. */
class AlertRoomsTest {

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  private final RecordingInbox inbox = new RecordingInbox(memory);
  private final FakeSlack slack = new FakeSlack(clock);
  private final SlackPeople people = new SlackPeople(slack, push -> null);
  private ChatPlatform platform;

  private void start(String... channels) {
    platform =
        new SlackPlatformFactory()
            .create(
                new SlackSettings(
                    true,
                    "http",
                    Secret.of(FakeSlack.BOT_TOKEN),
                    Secret.of(FakeSlack.APP_TOKEN),
                    Secret.of(Signed.SECRET),
                    slack.apiUrl(),
                    "incidents",
                    List.of(channels)),
                inbox,
                new TestRuntime(clock, memory, folder));
    platform.start();
  }

  @AfterEach
  void close() {
    platform.close();
    slack.close();
  }

  private List<String> notices() {
    return inbox.heard(OperatorNotice.class).stream().map(OperatorNotice::sentence).toList();
  }

  private List<String> inviting() {
    return platform.check().findings().stream()
        .filter(finding -> finding.startsWith("Invite the bot"))
        .toList();
  }

  @Test
  void publicChannel_isJoined() {
    people.strangersChannel("alerts", false);

    start("#alerts");

    assertEquals(1, slack.calls("conversations.join").size());
    assertEquals(List.of(), notices());
    assertEquals(List.of(), inviting());
  }

  @Test
  void privateAndMissingChannels_areToldOfOnceWithTheMend() {
    people.strangersChannel("secret-alerts", true);

    start("secret-alerts", "no-such-alerts");

    assertEquals(0, slack.calls("conversations.join").size());
    assertEquals(2, notices().size());
    assertTrue(notices().get(0).contains("/invite @muster"), notices().get(0));
    assertTrue(notices().get(1).contains("#no-such-alerts"), notices().get(1));
    assertEquals(2, inviting().size());
    assertTrue(
        inviting().get(0).startsWith("Invite the bot to #secret-alerts: /invite"),
        inviting().get(0));
  }

  @Test
  void channelTheBotIsIn_isLeftAsItIs() {
    people.privateChannel("alerts");

    start("alerts");

    assertEquals(0, slack.calls("conversations.list").size());
    assertEquals(List.of(), notices());
  }
}
