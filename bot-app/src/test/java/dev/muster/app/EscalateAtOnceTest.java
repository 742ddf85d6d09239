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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several people see the same trouble and press Escalate at the same moment. */
class EscalateAtOnceTest {

  private static final String CONFIG =
      """
      severities: { SEV2: { policy: default } }
      oncall:
        policies:
          - name: default
            levels:
              - { notify: ["person:li"], after: 0s }
              - { notify: ["person:sam"], after: 5m }
              - { notify: ["person:kim"], after: 20m }
      """;

  @TempDir private Path folder;
  private BotHarness bot;
  private BotHttp http;

  private void start(String config) {
    bot = BotHarness.start(folder, ManualClock.atNoon(), config);
    http = bot.http();
    for (String known : List.of("li", "sam", "kim")) {
      http.say(known, "general", "here");
    }
  }

  @AfterEach
  void stop() {
    bot.close();
  }

  private List<String> asked() {
    return http.entries("INC-1", "ada", "escalation_started").stream()
        .map(entry -> entry.path("text").asText())
        .toList();
  }

  private String declared(String config) {
    start(config);
    http.ask("ada", "general", "/incident declare! checkout answers 500 sev2");
    return http.channelOf("INC-1", "ada");
  }

  private void escalate(String user, String channel) {
    http.press(user, channel, "escalate");
    bot.settle();
  }

  private String told(String user, String channel) {
    return http.messages(user, channel).stream()
        .filter(message -> message.path("visibleTo").asText().equals(user))
        .map(message -> message.path("text").asText())
        .reduce("", (older, newer) -> newer);
  }

  @Test
  void escalate_pressedByThreeAtOnce_asksOneLevel() {
    String channel = declared(CONFIG);

    escalate("ada", channel);
    escalate("mo", channel);
    escalate("ada", channel);

    assertEquals(List.of("Asked @li."), asked());
    assertTrue(told("mo", channel).contains("A level was asked a moment ago"), told("mo", channel));
    bot.advance(Duration.ofSeconds(11));
    escalate("mo", channel);
    assertEquals(List.of("Asked @li.", "Asked @sam."), asked());
  }

  @Test
  void escalate_typedRightAfter_asksTheNextLevelAllTheSame() {
    String channel = declared(CONFIG);
    escalate("ada", channel);

    JsonNode answer = http.ask("mo", channel, "/incident escalate");

    assertEquals("Asked @sam.", answer.path("text").asText());
  }

  @Test
  void escalate_whereNoPolicySaysWhom_asksEverybodyOnceInTwoMinutes() {
    String channel = declared("");

    escalate("ada", channel);
    escalate("mo", channel);

    assertEquals(List.of("Asked everybody in #incidents."), asked());
    assertTrue(told("mo", channel).contains("Everybody was asked at"), told("mo", channel));
    bot.advance(Duration.ofMinutes(2));
    escalate("mo", channel);
    assertEquals(2, asked().size());
  }

  @Test
  void privateOnes_whereThereAreNone_comeWithAnExampleThatDeclaresOne() {
    start("");

    JsonNode answer = http.ask("ada", "general", "/incident list private");

    assertEquals(
        "No private incidents. To declare one: /incident declare checkout errors --private",
        answer.path("text").asText());
  }
}
