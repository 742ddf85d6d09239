// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.chat.BotMessage;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.Reading;
import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import dev.muster.testkit.MessageGarden;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever words a message holds, Teams takes its card, and nobody is called by it. */
final class MessagesGeneratedTest {

  private static final List<String> PIECES =
      List.of(
          "<at>ada</at>",
          "<at id=\"0\">ada</at>",
          "@everyone",
          "@channel",
          "{{DATE(2026-01-01T00:00:00Z)}}",
          "${title}",
          "$(x)",
          "![beacon](https://evil.example/x.png)",
          "[x](javascript:alert(1))",
          "[good](https://evil.example)",
          "- list",
          "# heading",
          "\r- ",
          "**bold**");

  @Test
  void messages_someGenerated_fitAndCallNobody() {
    GeneratedCases.some("teams-messages", 60, MessagesGeneratedTest::message);
  }

  @Test
  @Tag("proof")
  void messages_generatedForLong_fitAndCallNobody() {
    GeneratedCases.forLong(
        "teams-messages", 354_544_620_159L, 15_000, MessagesGeneratedTest::message);
  }

  private static void message(Garble garble) {
    BotMessage message = MessageGarden.message(garble, "teams", PIECES);
    ObjectNode card = MessageRenderer.card(message, Optional.empty());
    assertTrue(Json.bytes(card).length <= MessageRenderer.LARGEST_CARD, "a card too large");
    assertEquals(List.of(), Reading.card(card).notified());
    for (JsonNode text : card.findValues("text")) {
      assertFalse(text.asText().contains("<at>"), text.asText());
      assertFalse(text.asText().contains("](javascript"), text.asText());
      assertFalse(text.asText().contains("!["), text.asText());
    }
    assertFalse(MessageRenderer.summary(message).isBlank());
  }
}
