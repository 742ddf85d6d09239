// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChannelSpec;
import dev.muster.chat.OpenedChannel;
import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.RouteAnswer;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRequest;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a channel was opened for may not be read any more once it goes by a neutral name. */
final class RenamedChannelTest {

  private final KeyedMemory memory = new KeyedMemory();
  private final ManualClock clock = ManualClock.atNoon();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  @TempDir private Path folder;

  @Test
  void channel_overTheWire_isKnownByItsNewNameAlone() throws InterruptedException {
    try (TestRuntime runtime = new TestRuntime(clock, memory, folder);
        ChatPlatform chat =
            new WebChatPlatformFactory()
                .create(new WebChatConfig(List.of()), new RecordingInbox(memory), runtime)) {
      chat.start();
      ChatCaller api = new ChatCaller(runtime);
      ChannelRef channel = open(chat);
      say(api, "inc-9-wiretap", "who did that");
      RouteAnswer answer =
          runtime.call(TestRequest.of("GET", "/api/v1/chat/stream?as=li", Map.of(), new byte[0]));
      ((RouteAnswer.Events) answer).begin().accept(new Sink(heard));
      assertEquals("hello", heard.poll(60, TimeUnit.SECONDS).split(" ")[0]);
      chat.rename(channel, "inc-9-moved");
      say(api, "inc-9-moved", "and why");

      String renamed = heard.poll(60, TimeUnit.SECONDS);
      String said = heard.poll(60, TimeUnit.SECONDS);
      JsonNode read = api.get("channels/inc-9-moved/messages?as=li").body();
      assertTrue(renamed.startsWith("renamed {\"id\":\"inc-9-moved\""), renamed);
      assertTrue(said.contains("\"channel\":\"inc-9-moved\""), said);
      assertEquals(2, read.path("items").size());
      String all = api.get("channels?as=li").body() + read.toString() + renamed + said;
      assertFalse(all.contains("wiretap"), all);
    }
  }

  private ChannelRef open(ChatPlatform chat) {
    OnceKey key = OnceKey.first("9", clock.instant());
    ChannelSpec spec = new ChannelSpec("inc-9-wiretap", "", false);
    return ((ChatOutcome.Done<OpenedChannel>) chat.openChannel(key, spec)).value().channel();
  }

  private static void say(ChatCaller api, String channel, String text) {
    Map<String, String> body = Map.of("user", "ada", "channel", channel, "text", text);
    assertEquals(202, api.send("POST", "messages", body).status());
  }

  private record Sink(BlockingQueue<String> heard) implements RouteAnswer.EventSink {
    @Override
    public boolean send(String event, String data, String id) {
      return heard.add(event + " " + data);
    }

    @Override
    public void onClose(Runnable whenGone) {
      // The test never goes.
    }

    @Override
    public void close() {
      heard.add("closed");
    }
  }
}
