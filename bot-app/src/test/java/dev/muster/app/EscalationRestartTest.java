// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An escalation goes on where it was after a restart, once, and an acknowledgement ends it. */
class EscalationRestartTest {

  private static final String CONFIG =
      """
      severities: { SEV2: { ack-within: 5m, policy: default } }
      oncall:
        policies:
          - name: default
            levels:
              - { notify: ["person:ada"], after: 0s }
              - { notify: ["person:li"], after: 5m }
              - { notify: ["person:sam"], after: 20m }
      """;

  private static final String ALERT =
      """
      { "key": "k1", "title": "Checkout is down", "severity": "critical" }
      """;

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private BotHarness bot;

  @BeforeEach
  void anAlertOpensAnIncident() {
    bot = BotHarness.start(folder, clock, CONFIG);
    assertEquals(202, bot.http().post("/alerts/generic", ALERT).status());
    awaitAsked(1);
  }

  @AfterEach
  void stopTheBot() {
    bot.close();
  }

  private List<JsonNode> asked() {
    return bot.http().entries("INC-1", "ada", "escalation_started");
  }

  private void awaitAsked(int times) {
    bot.http().until(times + " askings", () -> asked().size() == times);
  }

  @Test
  void nextLevel_dueWhileTheBotWasDown_isAskedOnceAndSaysHowLate() {
    bot.close();
    clock.advance(Duration.ofMinutes(12));
    bot.restart();
    awaitAsked(2);
    bot.restart();
    bot.settle();

    assertEquals(2, asked().size(), "a second restart asks nobody again");
    assertEquals("Asked @li.", asked().get(1).path("text").asText());
    String channel = bot.http().channelOf("INC-1", "ada");
    String said = BotHttp.words(bot.http().message("ada", channel, "late, because the bot"));
    assertTrue(said.contains("7 min late"), said);
  }

  @Test
  void acknowledgement_beforeARestart_endsTheEscalationForGood() {
    String channel = bot.http().channelOf("INC-1", "ada");
    bot.http().press("ada", channel, "ack");
    bot.http().entry("INC-1", "ada", "escalation_acknowledged");
    bot.restart();
    bot.advance(Duration.ofHours(1));
    bot.settle();

    assertEquals(1, asked().size(), "nobody else was asked");
  }
}
