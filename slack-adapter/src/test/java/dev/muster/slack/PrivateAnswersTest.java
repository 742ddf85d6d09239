// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent.CommandInvoked;
import dev.muster.chat.Person;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import dev.muster.slack.client.ReplyHandles;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever asked is told, whatever became of the way back. */
class PrivateAnswersTest {

  private final ManualClock clock = ManualClock.atNoon();
  private final RecordingInbox inbox = new RecordingInbox(new KeyedMemory());
  @TempDir Path folder;
  private FakeSlack slack;
  private SlackChatWorld world;
  private Person ada;
  private ReplyTo reply;

  @BeforeEach
  void open() {
    Worlds.Opened opened = Worlds.open(new KeyedMemory(), inbox, clock, folder);
    slack = opened.slack();
    world = opened.world();
    world.platform().start();
    ada = world.person("ada");
    world.commands(ada, world.meetingPlace().channel(), "help");
    reply = inbox.heard(CommandInvoked.class).get(0).reply();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private ChatOutcome<?> tell(OnceKey key, String text) {
    return world.platform().tell(key, reply, BotMessage.line(text));
  }

  private OnceKey key(String value) {
    return OnceKey.first(value, clock.instant());
  }

  private long told(String text) {
    return world.toldTo(ada).stream().filter(m -> m.words().contains(text)).count();
  }

  @Test
  void tell_sixthTime_isShownInTheChannelForThatPersonAlone() {
    for (int i = 1; i <= 7; i++) {
      assertInstanceOf(ChatOutcome.Done.class, tell(key("k" + i), "Answer " + i + "."));
      assertEquals(1, told("Answer " + i + "."));
    }
    assertEquals(2, slack.calls("chat.postEphemeral").size());
  }

  @Test
  void tell_inTheThirtyFirstMinute_isShownInTheChannelForThatPersonAlone() {
    clock.advance(Duration.ofMinutes(31));
    assertInstanceOf(ChatOutcome.Done.class, tell(key("k"), "Late answer."));
    assertEquals(1, told("Late answer."));
    assertEquals(0, slack.calls("response_url").size());
  }

  /** Slack's clock is not ours: it may close the address while we still hold it open. */
  @Test
  void tell_whenSlackClosedTheAddressEarly_isShownAnotherWay() {
    clock.advance(Duration.ofMinutes(30).minusMillis(1));
    reply = new ReplyTo(ada.ref(), reply.channel(), reply.handle(), Instant.MAX, reply.inReplyTo());
    clock.advance(Duration.ofMinutes(1));
    assertInstanceOf(ChatOutcome.Done.class, tell(key("k"), "Closed early."));
    assertEquals(1, told("Closed early."));
    assertEquals(1, slack.calls("response_url").size());
  }

  @Test
  void tell_aHundredTimesAtAnyMomentAndPlace_reachesThePersonOnceEachTime() {
    Random random = new Random(20_261_121);
    ReplyTo usual = reply;
    ChannelRef elsewhere = privateChannel();
    for (int i = 0; i < 100; i++) {
      if (random.nextInt(8) == 0) {
        world.commands(ada, world.meetingPlace().channel(), "help");
        List<CommandInvoked> asked = inbox.heard(CommandInvoked.class);
        usual = asked.get(asked.size() - 1).reply();
      }
      clock.advance(Duration.ofSeconds(random.nextInt(400)));
      boolean outside = random.nextInt(4) == 0;
      reply =
          outside
              ? new ReplyTo(
                  ada.ref(), elsewhere, usual.handle(), usual.expiresAt(), Optional.empty())
              : usual;
      assertInstanceOf(ChatOutcome.Done.class, tell(key("all" + i), "Answer no. " + i + "."));
      assertEquals(1, told("Answer no. " + i + "."), "answer " + i);
    }
    for (String way : List.of("response_url", "chat.postEphemeral", "conversations.open")) {
      assertTrue(slack.calls(way).size() > 5, way);
    }
  }

  @Test
  void tell_personNotInTheChannel_getsADirectMessage() {
    reply =
        new ReplyTo(
            ada.ref(), privateChannel(), Optional.empty(), clock.instant(), Optional.empty());
    assertInstanceOf(ChatOutcome.Done.class, tell(key("k"), "Only for you."));
    assertEquals(1, told("Only for you."));
    assertEquals(1, slack.calls("conversations.open").size());
  }

  private ChannelRef privateChannel() {
    var spec = new dev.muster.chat.ChannelSpec("inc-9-private", "", true);
    var opened = world.platform().openChannel(key("c"), spec);
    return ((ChatOutcome.Done<dev.muster.chat.OpenedChannel>) opened).value().channel();
  }

  @Test
  void tell_replyLost_isToldOnceMoreWhereItCanBeFound() {
    OnceKey key = key("k");
    slack.arm("response_url", FakeFault.LOSES_THE_REPLY);
    assertInstanceOf(ChatOutcome.Unknown.class, tell(key, "You may read this twice."));
    assertInstanceOf(ChatOutcome.Done.class, tell(key.again(), "You may read this twice."));
    assertInstanceOf(ChatOutcome.Done.class, tell(key.again().again(), "You may read this twice."));
    assertEquals(1, slack.calls("chat.postMessage").size());
  }

  @Test
  void tell_foreignReplyAddress_isNeverCalled() {
    reply =
        new ReplyTo(
            ada.ref(),
            world.meetingPlace().channel(),
            Optional.of("http://127.0.0.1:1/steal"),
            Instant.MAX,
            Optional.empty());
    assertInstanceOf(ChatOutcome.Done.class, tell(key("k"), "By another way."));
    assertEquals(1, slack.calls("chat.postEphemeral").size());
    assertEquals(1, told("By another way."));
  }

  @Test
  void tell_nobody_isRefused() {
    reply =
        new ReplyTo(
            new UserRef("slack", "U0NOBODY99"),
            world.meetingPlace().channel(),
            Optional.empty(),
            clock.instant(),
            Optional.empty());
    assertInstanceOf(ChatOutcome.Refused.class, tell(key("k"), "Hello?"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.slack.com/commands/T1/2/3, true",
    "https://hooks.slack.com:444/x, false",
    "https://hooks.slack.com.evil.example/x, false",
    "https://user@hooks.slack.com/x, false",
    "http://hooks.slack.com/x, false",
    "http://127.0.0.1:8080/x, false",
    "file:///etc/passwd, false",
    "not an address, false"
  })
  void replyAddress_ofSlackAlone_isAccepted(String address, boolean accepted) {
    assertEquals(accepted, new ReplyHandles("https://slack.com/api/").accepts(address));
  }
}
