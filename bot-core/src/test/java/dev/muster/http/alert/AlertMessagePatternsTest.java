// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import static dev.muster.http.alert.AlertFixtures.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.alert.Alert;
import dev.muster.alert.Alert.Status;
import dev.muster.alert.AlertMessage;
import dev.muster.config.AlertPattern;
import dev.muster.config.AlertPattern.Authors;
import dev.muster.config.SafePattern;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertMessagePatternsTest {

  private final AlertMessagePatterns patterns =
      new AlertMessagePatterns(
          List.of(
              pattern("(?i)^\\[(?P<status>firing|resolved)[^]]*\\] (?P<alertname>\\S+) for \\S+"),
              pattern("^CRITICAL: (?P<title>[^\\n]+)")),
          List.of());

  private static AlertPattern pattern(String text) {
    return new AlertPattern(
        "p",
        SafePattern.parse(text),
        List.of("resolved"),
        List.of("critical", "warning"),
        Authors.EVERYONE,
        "");
  }

  private Optional<Alert> read(String text) {
    return patterns.read(new AlertMessage("web-alerts", false, text, List.of(), NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "slack-chat.postMessage-FIRING1, FIRING",
    "slack-chat.postMessage-RESOLVED, RESOLVED"
  })
  void recordedMessage_isReadAndBothHalvesShareAKey(String name, Status status) {
    String title = AlertFixtures.call(name).at("/body/attachments/0/title").asText();
    String text = AlertFixtures.call(name).at("/body/attachments/0/text").asText();
    Alert alert = read(title + "\n" + text).orElseThrow();
    assertEquals(status, alert.status());
    assertEquals("HighLatency", alert.labels().get("alertname"));
    assertEquals("warning", alert.severity());
    Alert other = read("[FIRING:1] HighLatency for demo").orElseThrow();
    assertEquals(other.key(), alert.key());
    assertEquals(NOW, alert.startsAt());
  }

  @Test
  void messageOfAnotherKind_isNoAlert() {
    assertEquals(Optional.empty(), read("lunch at noon?"));
  }

  @Test
  void secretInAMessage_isTakenOut() {
    Alert alert = read("CRITICAL: leak AKIAZ2R5Q7W3E4T6Y2U7").orElseThrow();
    assertEquals("leak [redacted aws key]", alert.title());
    assertEquals("CRITICAL: leak [redacted aws key]", alert.annotations().get("message"));
  }
}
