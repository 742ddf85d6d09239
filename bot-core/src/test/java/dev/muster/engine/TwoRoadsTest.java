// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertRule;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One alert that comes by webhook and as a message is one alert, in any order. */
class TwoRoadsTest {

  private static final Map<String, String> LABELS =
      Map.of(
          "alertname", "HighLatency",
          "cluster", "eu-1",
          "instance", "127.0.0.1:9400",
          "job", "demo",
          "service", "checkout",
          "severity", "critical");
  private static final String VALUES = "HighLatency (eu-1 127.0.0.1:9400 demo checkout critical)";
  private static final List<AlertRule> RULES =
      List.of(
          new AlertRule(
              Map.of("severity", "critical"),
              List.of(),
              Optional.empty(),
              "",
              AlertRule.Action.DECLARE));

  @TempDir private Path folder;
  private AlertRoom here;
  private Instant since;

  @BeforeEach
  void open() {
    here = new AlertRoom(folder, RULES);
    since = here.now().minusSeconds(60);
  }

  @AfterEach
  void close() {
    here.close();
  }

  private String message() {
    return here.posts("[FIRING:1] HighLatency for demo", "[FIRING:1] " + VALUES + " | http://a/");
  }

  private void resolvedMessage() {
    here.posts("[RESOLVED] HighLatency for demo", "[RESOLVED] " + VALUES + " | http://a/");
  }

  @Test
  void webhookFirst_theMessageIsTheSameAlert() {
    here.pushes("firing", since, LABELS);
    String message = message();

    assertEquals(1, here.alerts().size());
    assertEquals(1, here.engine().incidents());
    assertTrue(here.answer(message).contains("This alert belongs to INC-1"), here.answer(message));
    assertEquals("checkout", here.alerts().get(0).latest().labels().get("service"));
  }

  @Test
  void messageFirst_theWebhookIsTheSameAlert() {
    String message = message();
    here.pushes("firing", since, LABELS);

    assertEquals(1, here.alerts().size());
    assertEquals(1, here.engine().incidents());
    assertTrue(here.answer(message).contains("This alert belongs to INC-1"), here.answer(message));
    assertEquals("checkout", here.alerts().get(0).latest().labels().get("service"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wmRr", "mwRr", "wmrR", "mwrR", "mRwr", "wmmwRrr", "mmwwrrRR"})
  void anyOrder_isOneIncidentAndOneResolution(String order) {
    for (char step : order.toCharArray()) {
      here.advance(Duration.ofSeconds(1));
      switch (step) {
        case 'w' -> here.pushes("firing", since, LABELS);
        case 'm' -> message();
        case 'R' -> here.pushes("resolved", since, LABELS);
        default -> resolvedMessage();
      }
    }

    assertEquals(1, here.engine().incidents(), order);
    assertEquals(1, here.alerts().size(), order);
    assertEquals(Alert.Status.RESOLVED, here.alerts().get(0).latest().status(), order);
    assertEquals(1, here.engine().entries("INC-1", EntryKind.ALERT_RESOLVED).size(), order);
  }

  @Test
  void threeSendersFourTimesEach_areOneIncident() {
    for (int i = 0; i < 4; i++) {
      here.pushes("firing", since, LABELS);
      message();
      here.posts("[FIRING:1] HighLatency", "[FIRING:1] " + VALUES + " | http://other/");
      here.advance(Duration.ofMinutes(3));
    }

    assertEquals(1, here.engine().incidents());
    assertEquals(1, here.alerts().size());
  }

  @Test
  void restartInBetween_changesNothing() {
    here.pushes("firing", since, LABELS);
    here.restart(RULES);
    message();
    here.restart(RULES);
    here.pushes("resolved", since, LABELS);
    resolvedMessage();

    assertEquals(1, here.engine().incidents());
    assertEquals(1, here.alerts().size());
  }

  @Test
  void groupMessage_joinsTheIncidentOfItsMemberAndSaysSo() {
    here.pushes("firing", since, LABELS);

    String message =
        here.posts("[FIRING:3] HighLatency", "[FIRING:3] HighLatency (eu-1 critical) | http://a/");

    assertEquals(1, here.engine().incidents());
    assertTrue(here.answer(message).contains("INC-1"), here.answer(message));
    assertTrue(here.answer(message).contains("of this group"), here.answer(message));
  }

  @Test
  void groupMessageFirst_itsMembersJoinIt() {
    here.posts("[FIRING:2] HighLatency", "[FIRING:2] HighLatency (eu-1 critical) | http://a/");
    here.pushes("firing", since, LABELS);
    here.pushes("firing", since, with("instance", "127.0.0.1:9401"));

    assertEquals(1, here.engine().incidents());
    assertEquals(3, here.engine().entries("INC-1", EntryKind.ALERT_ATTACHED).size());
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> labels = new TreeMap<>(LABELS);
    labels.put(name, value);
    return labels;
  }

  @Test
  void anotherService_isAnotherIncident() {
    here.pushes("firing", since, LABELS);
    here.posts(
        "[FIRING:1] HighLatency for demo",
        "[FIRING:1] HighLatency (eu-1 127.0.0.1:9400 demo payments critical) | http://a/");

    assertEquals(2, here.engine().incidents());
    assertEquals(2, here.alerts().size());
  }

  @Test
  void inDoubt_itIsAttachedVisiblyAndCanBeSetApart() {
    here.pushes("firing", since, LABELS);

    String message = here.posts("[FIRING:1] HighLatency on checkout", "");

    assertEquals(1, here.engine().incidents());
    assertTrue(here.answer(message).contains("probably"), here.answer(message));
    here.presses(here.person("ada"), message, 0);
    assertEquals(2, here.engine().incidents());
    assertTrue(here.answer(message).contains("INC-2"), here.answer(message));
  }
}
