// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.chat.ChatEvent.MessagePosted;
import dev.muster.chat.spi.ChatInbox;
import dev.muster.chat.spi.ChatPlatform;
import dev.muster.testkit.KeyedMemory;
import dev.muster.testkit.ManualClock;
import dev.muster.testkit.RecordingInbox;
import dev.muster.testkit.TestRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody pages past a message that is stored later than one after it. */
final class ReadingOrderTest {

  private final KeyedMemory memory = new KeyedMemory();
  private final List<Integer> seenMeanwhile = new ArrayList<>();
  @TempDir private Path folder;

  @Test
  void message_storedBeforeAnEarlierOne_isNotReadBeforeIt() {
    try (TestRuntime runtime = new TestRuntime(ManualClock.atNoon(), memory, folder)) {
      ChatCaller api = new ChatCaller(runtime);
      RecordingInbox recording = new RecordingInbox(memory);
      ChatInbox slowForTheFirst =
          delivery -> {
            if (((MessagePosted) delivery.event()).text().equals("first")) {
              say(api, "second");
              seenMeanwhile.add(read(api).size());
            }
            return recording.accept(delivery);
          };
      try (ChatPlatform chat =
          new WebChatPlatformFactory()
              .create(new WebChatConfig(List.of()), slowForTheFirst, runtime)) {
        chat.start();
        say(api, "first");
      }

      assertEquals(List.of(0), seenMeanwhile);
      assertEquals(
          List.of("first", "second"),
          read(api).stream().map(m -> m.path("text").asText()).toList());
    }
  }

  private static void say(ChatCaller api, String text) {
    api.send("POST", "messages", Map.of("user", "ada", "channel", "general", "text", text));
  }

  private static List<JsonNode> read(ChatCaller api) {
    List<JsonNode> items = new ArrayList<>();
    api.get("channels/general/messages?as=ada").body().path("items").forEach(items::add);
    return items;
  }
}
