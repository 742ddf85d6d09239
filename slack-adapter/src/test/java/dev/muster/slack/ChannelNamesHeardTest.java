// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.ChannelSpec;
import dev.muster.chat.ChatEvent.MessagePosted;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.Person;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Signed;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alert channels are configured by name, and Slack's events carry ids alone. */
class ChannelNamesHeardTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final RecordingInbox inbox = new RecordingInbox(new KeyedMemory());
  @TempDir Path folder;
  private Worlds.Opened opened;
  private SlackChatWorld world;
  private Person ada;

  @BeforeEach
  void open() {
    opened = Worlds.open(new KeyedMemory(), inbox, clock, folder);
    world = opened.world();
    ada = world.person("ada");
  }

  @AfterEach
  void close() {
    world.close();
  }

  private String nameHeard() {
    world.types(ada, world.meetingPlace().channel(), Optional.empty(), "hello");
    List<MessagePosted> heard = inbox.heard(MessagePosted.class);
    return heard.get(heard.size() - 1).place().channelName();
  }

  @Test
  void message_afterTheStart_carriesItsChannelsName() {
    world.platform().start();
    assertEquals("checkout-team", nameHeard());
    assertEquals(1, opened.slack().calls("users.conversations").size());
  }

  @Test
  void message_whenSlackWasDownAtTheStart_isHeardWithoutIt() {
    opened.slack().arm("users.conversations", FakeFault.FAILS_BEFORE);
    world.platform().start();
    assertEquals("", nameHeard());
  }

  @Test
  void rename_heard_changesTheNameOfLaterMessages() {
    world.platform().start();
    String event =
        """
        {"type":"event_callback","team_id":"T0ACME001","event_id":"EvR","event":{\
        "type":"channel_rename","channel":{"id":"%s","name":"payments"},"event_ts":"1795190138.1"}}"""
            .formatted(world.meetingPlace().channel().id());
    opened.runtime().call(Signed.request(Signed.JSON, event, clock.instant()));
    assertEquals("payments", nameHeard());
  }

  @Test
  void botAdded_toTheChannelItMade_asksForNoNames() throws Exception {
    world.platform().start();
    ChannelSpec spec = new ChannelSpec("inc-1-checkout", "", false);
    var made = world.platform().openChannel(OnceKey.first("open", clock.instant()), spec);
    botAdded(((ChatOutcome.Done<OpenedChannel>) made).value().channel().id());
    assertEquals(1, timesAsked());
  }

  @Test
  void botAdded_bySomebody_asksForNames() throws Exception {
    world.platform().start();
    botAdded("C0ELSEWHERE");
    assertEquals(2, timesAsked());
  }

  private void botAdded(String channel) {
    String event =
        """
        {"type":"event_callback","team_id":"T0ACME001","event_id":"EvA","event":{\
        "type":"member_joined_channel","user":"%s","channel":"%s","event_ts":"1795190138.1"},\
        "authorizations":[{"team_id":"T0ACME001","user_id":"%s","is_bot":true}]}"""
            .formatted(FakeSlack.BOT_USER, channel, FakeSlack.BOT_USER);
    opened.runtime().call(Signed.request(Signed.JSON, event, clock.instant()));
  }

  private int timesAsked() throws Exception {
    opened.runtime().executor().submit(() -> {}).get();
    return opened.slack().calls("users.conversations").size();
  }
}
