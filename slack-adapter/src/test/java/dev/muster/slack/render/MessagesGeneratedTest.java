// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.BotMessage;
import dev.muster.slack.fake.Seen;
import dev.muster.testkit.Garble;
import dev.muster.testkit.GeneratedCases;
import dev.muster.testkit.MessageGarden;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever words a message holds, Slack takes it, and nobody is called who was not named. */
class MessagesGeneratedTest {

  @Test
  void messages_someGenerated_stayWithinLimitsAndCallNobody() {
    GeneratedCases.some("slack-messages", 25, MessagesGeneratedTest::message);
  }

  @Test
  @Tag("proof")
  void messages_generatedForLong_stayWithinLimitsAndCallNobody() {
    GeneratedCases.forLong(
        "slack-messages", 353_823_363_188L, 1_500, MessagesGeneratedTest::message);
  }

  private static void message(Garble garble) {
    BotMessage message = MessageGarden.message(garble, "slack", Injections.all());
    Rendered rendered = MessageRenderer.render(message);
    assertTrue(rendered.text().length() <= Limits.TEXT);
    assertEquals(List.of(), Seen.message(rendered.text(), rendered.blocks()).notified());
  }
}
