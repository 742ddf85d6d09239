// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.MessageRef;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.ChatPlatform.Attachment;
import dev.muster.chat.spi.OnceKey;
import dev.muster.slack.fake.FakeFault;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRuntime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Orders that must not be carried out twice, after every way of not knowing. */
class OnceTest {

  private static final BotMessage SAID = BotMessage.line("Said once.");

  private final ManualClock clock = ManualClock.atNoon();
  private final KeyedMemory memory = new KeyedMemory();
  @TempDir Path folder;
  private FakeSlack slack;
  private SlackChatWorld world;
  private ChatPlatform platform;

  @BeforeEach
  void open() {
    Worlds.Opened opened = Worlds.open(memory, new RecordingInbox(memory), clock, folder);
    slack = opened.slack();
    world = opened.world();
    platform = world.platform();
    platform.start();
  }

  @AfterEach
  void close() {
    world.close();
  }

  private OnceKey key(String value) {
    return OnceKey.first(value, clock.instant());
  }

  private static <T> T done(ChatOutcome<T> outcome) {
    assertInstanceOf(ChatOutcome.Done.class, outcome, outcome.toString());
    return ((ChatOutcome.Done<T>) outcome).value();
  }

  private static void unknown(ChatOutcome<?> outcome) {
    assertInstanceOf(ChatOutcome.Unknown.class, outcome, outcome.toString());
  }

  /** The same adapter after a crash: its store is there, what it knew is not. */
  private ChatPlatform afterACrash(TestRuntime runtime) {
    return new SlackPlatformFactory()
        .create(Worlds.settings(slack.apiUrl()), new RecordingInbox(memory), runtime);
  }

  private ChatOutcome<OpenedChannel> open(OnceKey key, String name) {
    return platform.openChannel(key, new ChannelSpec(name, "", false));
  }

  private ChannelRef place() {
    return world.meetingPlace().channel();
  }

  private ChatOutcome<MessageRef> post(OnceKey key) {
    return platform.post(key, place(), Optional.empty(), SAID);
  }

  private long shown() {
    return world.messages(place()).stream().filter(m -> m.words().contains("Said once.")).count();
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeFault.class,
      names = {
        "LOSES_THE_REPLY",
        "ANSWERS_HTML",
        "ANSWERS_HALF",
        "FAILS_AFTER",
        "INVITES_TO_REPEAT"
      })
  void openChannel_replyBroken_isFoundByCreatorAndName(FakeFault fault) {
    OnceKey key = key("k");
    slack.arm("conversations.create", fault);
    unknown(open(key, "inc-7-db"));
    OpenedChannel found = done(open(key.again(), "inc-7-db"));
    assertEquals("inc-7-db", found.name());
    assertEquals(1, slack.calls("conversations.create").size());
  }

  @Test
  void openChannel_replyLostAndCrashed_isFoundByTheNextProcess() {
    OnceKey key = key("k");
    slack.arm("conversations.create", FakeFault.LOSES_THE_REPLY);
    unknown(open(key, "inc-7-db"));
    try (TestRuntime other = new TestRuntime(clock, memory, folder);
        ChatPlatform next = afterACrash(other)) {
      assertEquals(
          "inc-7-db",
          done(next.openChannel(key.again(), new ChannelSpec("inc-7-db", "", false))).name());
    }
    assertEquals(1, slack.calls("conversations.create").size());
  }

  @Test
  void openChannel_nameTakenByStrangerAndReplyLost_findsTheOneWithTheNumber() {
    OnceKey key = key("k");
    slack.arm("conversations.create", FakeFault.FAILS_BEFORE);
    unknown(open(key("other"), "unrelated"));
    String taken = world.meetingPlace().name();
    OpenedChannel first = done(open(key, taken));
    assertEquals(taken + "-2", first.name());
    assertNotEquals(place(), first.channel());
    assertEquals(first.channel(), done(open(key.again(), taken)).channel());
  }

  @Test
  void openChannel_ourChannelOfAnotherOrder_isNotAdopted() {
    OpenedChannel other = done(open(key("one"), "inc-7-db"));
    OnceKey key = key("two");
    slack.arm("conversations.create", FakeFault.FAILS_BEFORE);
    unknown(open(key, "inc-7-db"));
    clock.advance(Duration.ofMinutes(3));
    OpenedChannel ours = done(open(key.again(), "inc-7-db"));
    assertNotEquals(other.channel(), ours.channel());
    assertEquals("inc-7-db-2", ours.name());
  }

  @Test
  void openChannel_ourOldChannelOfThatName_isNotAdopted() {
    ChannelRef old = done(open(key("old"), "inc-7-db")).channel();
    memory.put(java.util.List.of(dev.muster.chat.spi.Memory.Write.remove("owner/" + old.id())));
    clock.advance(Duration.ofDays(30));
    OnceKey key = key("new");
    slack.arm("conversations.create", FakeFault.FAILS_BEFORE);
    unknown(open(key, "inc-7-db"));
    clock.advance(Duration.ofMinutes(3));
    assertNotEquals(old, done(open(key.again(), "inc-7-db")).channel());
  }

  @Test
  void openChannel_privateReplyLost_staysPrivateAndOne() {
    OnceKey key = key("k");
    ChannelSpec spec = new ChannelSpec("inc-8-private", "", true);
    slack.arm("conversations.create", FakeFault.LOSES_THE_REPLY);
    unknown(platform.openChannel(key, spec));
    OpenedChannel found = done(platform.openChannel(key.again(), spec));
    assertTrue(world.look(found.channel()).orElseThrow().isPrivate());
  }

  @ParameterizedTest
  @EnumSource(
      value = FakeFault.class,
      names = {
        "LOSES_THE_REPLY",
        "ANSWERS_HTML",
        "ANSWERS_HALF",
        "FAILS_AFTER",
        "INVITES_TO_REPEAT"
      })
  void post_replyBroken_isFoundByItsMark(FakeFault fault) {
    OnceKey key = key("k");
    slack.arm("chat.postMessage", fault);
    unknown(post(key));
    done(post(key.again()));
    assertEquals(1, shown());
  }

  @Test
  void post_notThere_isSentAgainOnlyAfterTheSecondLook() {
    OnceKey key = key("k");
    slack.arm("chat.postMessage", FakeFault.FAILS_BEFORE);
    unknown(post(key));

    ChatOutcome<MessageRef> first = post(key.again());
    assertEquals(Duration.ofSeconds(10), ((ChatOutcome.RetryLater<MessageRef>) first).after());
    assertEquals(0, shown());

    clock.advance(Duration.ofSeconds(10));
    done(post(key.again().again()));
    assertEquals(1, shown());
  }

  @Test
  void post_inAThreadReplyLost_isFoundInTheThread() {
    MessageRef root = done(post(key("root")));
    OnceKey key = key("reply");
    Optional<String> thread = Optional.of(root.id());
    slack.arm("chat.postMessage", FakeFault.LOSES_THE_REPLY);
    unknown(platform.post(key, place(), thread, BotMessage.line("In the thread.")));
    done(platform.post(key.again(), place(), thread, BotMessage.line("In the thread.")));
    assertEquals(2, slack.calls("chat.postMessage").size());
  }

  @Test
  void post_appearedTwice_keepsTheOlderAndDeletesTheYounger() {
    OnceKey key = key("k");
    MessageRef older = done(post(key));
    try (TestRuntime frozen = new TestRuntime(clock, memory, folder);
        ChatPlatform other = afterACrash(frozen)) {
      // A process that froze before its call and woke up after another had taken over.
      done(other.post(key, place(), Optional.empty(), SAID));
    }
    assertEquals(2, shown());
    assertEquals(older, done(post(key.again())));
    assertEquals(1, shown());
  }

  @Test
  void post_throttled_isSentAgainWithoutASearch() {
    OnceKey key = key("k");
    slack.arm("chat.postMessage", FakeFault.RATE_LIMITED);
    ChatOutcome<MessageRef> throttled = post(key);
    assertInstanceOf(ChatOutcome.RetryLater.class, throttled);
    clock.advance(((ChatOutcome.RetryLater<MessageRef>) throttled).after());
    done(post(key.again()));
    assertEquals(0, slack.calls("conversations.history").size());
    assertEquals(1, shown());
  }

  @Test
  void attach_replyLost_isSharedOnce() {
    OnceKey key = key("k");
    Attachment file =
        new Attachment("log.txt", "text/plain", "x".getBytes(StandardCharsets.UTF_8), "The <log>.");
    slack.arm("files.completeUploadExternal", FakeFault.LOSES_THE_REPLY);
    unknown(platform.attach(key, place(), file));
    done(platform.attach(key.again(), place(), file));
    assertEquals(
        1, world.messages(place()).stream().filter(m -> m.words().contains("log.txt")).count());
  }

  @Test
  void metadata_ofAPost_holdsTheHashAlone() {
    done(post(key("hash-of-the-order")));
    String metadata = slack.calls("chat.postMessage").get(0).get("metadata");
    assertEquals(
        "{\"event_type\":\"muster_message\",\"event_payload\":{\"key\":\"hash-of-the-order\"}}",
        metadata);
  }
}
