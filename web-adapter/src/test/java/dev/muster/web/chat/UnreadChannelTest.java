// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.UserRef;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever looks in later finds what is new by the mark of the channel it stands in. */
final class UnreadChannelTest {

  private final KeyedMemory memory = new KeyedMemory();
  private final ManualClock clock = ManualClock.atNoon();
  @TempDir private Path folder;

  @Test
  void channel_withAWordOfTheBotToOnePerson_isUnreadForThemAlone() {
    try (TestRuntime runtime = new TestRuntime(clock, memory, folder);
        ChatPlatform chat =
            new WebChatPlatformFactory()
                .create(new WebChatConfig(List.of()), new RecordingInbox(memory), runtime)) {
      chat.start();
      ChatCaller api = new ChatCaller(runtime);
      String hello = say(api, "hello");
      say(api, "/incident list");
      assertEquals(hello, newest(api, "ada"), "what ada asked is no news to ada");

      ask(chat, new UserRef("web", "li"));
      String asked = api.get("channels/general/messages?as=li").body().at("/items/1/id").asText();
      assertEquals(asked, newest(api, "li"));
      assertEquals(hello, newest(api, "ada"));
    }
  }

  @Test
  void listOfChannels_whoseLastMessageIsForAll_readsThatMessageAlone() {
    try (TestRuntime runtime = new TestRuntime(clock, memory, folder);
        ChatPlatform chat =
            new WebChatPlatformFactory()
                .create(new WebChatConfig(List.of()), new RecordingInbox(memory), runtime)) {
      chat.start();
      ChatCaller api = new ChatCaller(runtime);
      String last = "";
      long before = scannedByList(api);
      for (int message = 0; message < 40; message++) {
        last = say(api, "message " + message);
      }

      assertEquals(before + 1, scannedByList(api), "of forty messages one");
      assertEquals(last, newest(api, "ada"));
    }
  }

  private long scannedByList(ChatCaller api) {
    long before = memory.scanned();
    api.get("channels?as=ada");
    return memory.scanned() - before;
  }

  private static String say(ChatCaller api, String text) {
    return api.send("POST", "messages", Map.of("user", "ada", "channel", "general", "text", text))
        .id();
  }

  private void ask(ChatPlatform chat, UserRef person) {
    ChannelRef channel = new ChannelRef("web", "general");
    Instant end = clock.instant().plusSeconds(60);
    ReplyTo to = new ReplyTo(person, channel, Optional.empty(), end, Optional.empty());
    chat.tell(OnceKey.first("page", clock.instant()), to, BotMessage.line("You are asked."));
  }

  /** The channels come in the order of their names; the second one is #general. */
  private static String newest(ChatCaller api, String viewer) {
    return api.get("channels?as=" + viewer).body().at("/items/1/newest").asText();
  }
}
