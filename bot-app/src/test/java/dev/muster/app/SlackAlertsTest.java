// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.Posted;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alert message in a Slack channel, from its posting to the proposal to resolve. */
class SlackAlertsTest {

  private static final String VALUES = "HighLatency (eu-1 127.0.0.1:9400 demo checkout critical)";
  private static final String YAML =
      """
      alerts:
        sources: [ { name: am, kind: alertmanager, token: "${NONE:-}" } ]
        rules: [ { match: { alertname: NeverDeclared }, do: declare } ]
      """;

  @TempDir private Path folder;
  private final ManualClock clock = ManualClock.atNoon();
  private SlackBot slack;
  private String alerts;

  @BeforeEach
  void start() {
    slack = SlackBot.start(folder, clock, YAML, "alerts");
    alerts =
        slack.sight().channels().stream()
            .filter(channel -> channel.name().equals("alerts"))
            .findFirst()
            .orElseThrow()
            .id();
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  private String posts(String state) {
    String subject = "[" + state + "] " + VALUES;
    String link = "http://alertmanager.example.com/#/alerts?receiver=chat";
    return slack
        .people()
        .postsAs(
            "Alertmanager",
            alerts,
            "",
            "[{\"title\":\"%s\",\"title_link\":\"%s\",\"fallback\":\"%s | %s\",\"color\":\"danger\"}]"
                .formatted(subject, link, subject, link));
  }

  /** Waits for an answer below a message while time goes by, as edits take their turns. */
  private Posted answer(String root, String part) {
    return shown(alerts, part, message -> message.thread().equals(Optional.of(root)));
  }

  private Posted shown(String channel, String part, Predicate<Posted> wanted) {
    return slack.message(
        channel, part, message -> wanted.test(message) && message.words().contains(part));
  }

  @Test
  void message_isAnsweredDeclaredAndResolved() {
    slack.people().person("ada");
    String root = posts("FIRING:1");
    Posted question = answer(root, "HighLatency");
    assertTrue(question.offers("Declare incident"), question.toString());

    slack.people().presses("ada", alerts, "Declare incident");
    slack.channel("inc-1");
    JsonNode incident = slack.bot().http().incident("INC-1", "ada");
    assertEquals("HighLatency", incident.path("title").asText());
    answer(root, "Declared by");
    JsonNode quote = slack.bot().http().entry("INC-1", "ada", "message_logged");
    assertTrue(quote.path("text").asText().contains(VALUES), quote.toString());

    webhook("firing");
    clock.advance(Duration.ofMinutes(5));
    posts("RESOLVED");
    answer(root, "stopped firing");
    shown(slack.channel("inc-1").id(), "All alerts of INC-1 are resolved", message -> true);
    JsonNode all = slack.bot().http().get("/api/v1/alerts").json();
    assertEquals(1, all.path("items").size(), all.toString());
    assertEquals(1, slack.bot().http().get("/api/v1/incidents").json().path("items").size());
  }

  private void webhook(String status) {
    Map<String, Object> labels =
        Map.of(
            "alertname", "HighLatency",
            "cluster", "eu-1",
            "instance", "127.0.0.1:9400",
            "job", "demo",
            "service", "checkout",
            "severity", "critical");
    Map<String, Object> alert =
        Map.of(
            "status",
            status,
            "labels",
            labels,
            "annotations",
            Map.of(),
            "startsAt",
            clock.instant().toString());
    assertEquals(
        202,
        slack
            .bot()
            .http()
            .post("/alerts/am", Map.of("status", status, "alerts", List.of(alert)))
            .status());
  }

  @Test
  void otherProgramsAndPeople_areLeftAlone() {
    slack.people().person("ada");
    slack.people().postsAs("Lunch", alerts, "Lunch is served", "[]");
    slack.people().types("ada", alerts, "[FIRING:1] " + VALUES);
    String root = posts("FIRING:1");
    answer(root, "HighLatency");

    long answers =
        slack.sight().messages(alerts).stream().filter(m -> m.thread().isPresent()).count();
    assertEquals(1, answers);
  }
}
