// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alert message in the built-in chat, through its calls alone. */
class WebAlertMessagesTest {

  @TempDir private Path folder;

  @Test
  void message_isAnsweredDeclaredAndResolved() {
    try (BotHarness bot = BotHarness.start(folder, ManualClock.atNoon(), "")) {
      BotHttp http = bot.http();
      String root = http.say("monitor", "alerts", "[FIRING:2] HighLatency for checkout");
      JsonNode question = answer(http, root, "2 alerts of one group");
      assertEquals("declare", question.at("/card/buttons/0/action").asText(), question.toString());

      http.press("ada", "alerts", "declare");
      JsonNode quote = http.entry("INC-1", "ada", "message_logged");
      assertTrue(quote.path("text").asText().contains("[FIRING:2]"), quote.toString());
      JsonNode declared = answer(http, root, "Declared by ada");
      assertEquals(0, declared.at("/card/buttons").size(), declared.toString());

      http.say("monitor", "alerts", "[RESOLVED] HighLatency for checkout");
      bot.advance(Duration.ofSeconds(3));
      answer(http, root, "stopped firing");
      http.message("ada", http.channelOf("INC-1", "ada"), "All alerts of INC-1 are resolved");
    }
  }

  private static JsonNode answer(BotHttp http, String root, String part) {
    return http.await(
        part,
        () ->
            http.messages("ada", "alerts").stream()
                .filter(message -> message.path("thread").asText().equals(root))
                .filter(message -> BotHttp.words(message).contains(part))
                .findFirst()
                .or(Optional::empty));
  }
}
