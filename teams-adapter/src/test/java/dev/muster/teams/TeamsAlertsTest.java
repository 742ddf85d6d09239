// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.alert.Alert;
import dev.muster.alert.AlertKey;
import dev.muster.chat.spi.Memory;
import dev.muster.http.alert.AlertMessagePatterns;
import dev.muster.incident.IncidentStatus;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.FakeTeams.Part;
import dev.muster.teams.fake.Fault;
import dev.muster.teams.fake.Reading;
import dev.muster.teams.inbound.AlertRooms;
import dev.muster.testkit.SettingsDraft;
import dev.muster.timeline.EntryKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An alert message in a Teams channel, from its posting to the proposal to resolve. */
final class TeamsAlertsTest {

  private static final FakePerson WORKFLOWS = FakePerson.program("Workflows");

  @TempDir Path folder;
  private WholeTeams teams;
  private FakeConversation alerts;

  @BeforeEach
  void open() {
    teams = new WholeTeams(folder, List.of("alerts"));
    teams
        .engine()
        .configure(
            before ->
                SettingsDraft.of(before)
                    .alertChannels(
                        Map.of("teams", Set.of("alerts")),
                        Map.of("teams", new AlertMessagePatterns(List.of(), List.of())))
                    .done());
    alerts =
        teams.teams().tenant().conversations().stream()
            .filter(c -> c.name().equals("alerts"))
            .findFirst()
            .orElseThrow();
    looks();
  }

  @AfterEach
  void close() {
    teams.close();
  }

  /** Teams tells a bot nothing of other programs; the channel is read every few seconds. */
  private void looks() {
    teams.clock().advance(AlertRooms.EVERY.plusSeconds(1));
    teams.looksAround();
    teams.engine().settle();
  }

  private FakeMessage posts(FakePerson who, String type, String card) {
    ObjectNode activity = Json.object().put("text", "");
    activity
        .withArrayProperty("attachments")
        .addObject()
        .put("contentType", type)
        .set("content", card(card));
    FakeMessage posted =
        teams
            .teams()
            .tenant()
            .say(alerts, Optional.empty(), Optional.of(who), Optional.empty(), activity);
    looks();
    return posted;
  }

  private static JsonNode card(String json) {
    try {
      return Json.read(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FakeMessage alertmanager(String state) {
    return posts(WORKFLOWS, AlertCards.ADAPTIVE, AlertCards.alertmanager(state));
  }

  /** Returns what the bot answers in the thread of a message. */
  private List<Reading> answers(FakeMessage root) {
    return alerts.messages().stream()
        .filter(m -> m.root().filter(root.id()::equals).isPresent() && m.author().isEmpty())
        .filter(FakeMessage::isThere)
        .map(m -> Reading.of(m.activity()))
        .toList();
  }

  private static boolean says(List<Reading> answers, String words) {
    return answers.stream().anyMatch(answer -> answer.words().contains(words));
  }

  private void webhook(Alert.Status status) {
    Map<String, String> labels =
        Map.of(
            "alertname", "HighLatency",
            "cluster", "eu-1",
            "service", "checkout",
            "severity", "critical");
    Alert alert =
        new Alert(
            new AlertKey("am", "fp-1"),
            status,
            "HighLatency",
            "",
            labels,
            Map.of(),
            teams.clock().instant(),
            Optional.empty(),
            "",
            List.of());
    teams.engine().alerts("am", alert);
    teams.engine().settle();
  }

  @Test
  void card_isAnsweredInItsThread_declaredAndResolved_andIsTheWebhooksAlertToo() {
    FakeMessage root = alertmanager("FIRING:1");
    assertEquals(1, answers(root).size());
    assertTrue(answers(root).get(0).labels().contains("Declare incident"));
    looks();
    assertEquals(1, answers(root).size());

    teams.push(teams.press("ada", alerts, "Declare incident"));
    teams.engine().settle();
    assertEquals("HighLatency", teams.engine().incident("INC-1").title());
    assertTrue(says(answers(root), "Declared by"), answers(root).toString());
    assertTrue(
        teams.engine().texts("INC-1", EntryKind.MESSAGE_LOGGED).stream()
            .anyMatch(text -> text.contains("HighLatency")));

    webhook(Alert.Status.FIRING);
    teams.engine().pass(Duration.ofMinutes(5), Duration.ofSeconds(30));
    alertmanager("RESOLVED");
    webhook(Alert.Status.RESOLVED);

    assertTrue(says(answers(root), "stopped firing"), answers(root).toString());
    assertTrue(
        teams.room("INC-1").messages().stream()
            .anyMatch(
                m ->
                    Reading.of(m.activity()).words().contains("All alerts of INC-1 are resolved")));
    assertEquals(1, teams.engine().incidents());
    assertEquals(IncidentStatus.INVESTIGATING, teams.engine().incident("INC-1").status());
  }

  @Test
  void workflowInAPersonsName_isAProgram_andWordsOfPeopleAreNot() {
    FakeMessage quoted =
        teams
            .teams()
            .tenant()
            .say(
                alerts,
                Optional.empty(),
                Optional.of(teams.person("ada")),
                Optional.empty(),
                Json.object().put("text", "[FIRING:1] HighLatency (eu-1 checkout critical)"));
    looks();
    FakeMessage lunch =
        posts(
            WORKFLOWS,
            AlertCards.ADAPTIVE,
            "{\"type\":\"AdaptiveCard\",\"body\":[{\"type\":\"TextBlock\",\"text\":\"Lunch\"}]}");
    FakeMessage card = posts(teams.person("li"), AlertCards.ADAPTIVE, AlertCards.grafana());

    assertEquals(List.of(), answers(quoted));
    assertEquals(List.of(), answers(lunch));
    assertEquals(1, answers(card).size());
  }

  @Test
  void channel_thatCannotBeReadForAWhile_isReadUpAfterwards_andOperatorsAreTold() {
    teams.teams().arm(Part.READING, Fault.later(429, 20));
    FakeMessage root = alertmanager("FIRING:1");
    assertEquals(List.of(), answers(root));
    looks();
    looks();
    assertEquals(1, answers(root).size());

    teams.teams().without("ChannelMessage.Read.Group");
    teams.clock().advance(Duration.ofHours(2));
    looks();
    assertTrue(
        teams.engine().notices().stream()
            .anyMatch(notice -> notice.toString().contains("Alerts in alerts are not read")),
        teams.engine().notices().toString());
    FakeMessage second = posts(WORKFLOWS, AlertCards.CONNECTOR, AlertCards.datadog("Triggered"));
    assertEquals(List.of(), answers(second));

    teams.teams().with("ChannelMessage.Read.Group");
    teams.clock().advance(Duration.ofMinutes(6));
    looks();
    assertEquals(1, answers(second).size());
    assertTrue(
        teams.engine().notices().stream()
            .noneMatch(notice -> notice.toString().contains("Alerts in alerts")));
  }

  @Test
  void channel_thatCannotBeReadAtFirst_isReadFromWhenThatWasTriedFirst() {
    teams.teams().without("ChannelMessage.Read.Group");
    teams.clock().advance(Duration.ofHours(2));
    looks();
    Memory memory = teams.engine().memory("teams");
    memory.scan("alerts-read/", "", 9).stream()
        .map(Memory.Entry::key)
        .forEach(mark -> memory.put(List.of(Memory.Write.remove(mark))));
    teams.clock().advance(Duration.ofMinutes(6));
    looks();
    FakeMessage root = alertmanager("FIRING:1");
    teams.clock().advance(Duration.ofHours(1));
    looks();
    assertEquals(List.of(), answers(root));

    teams.teams().with("ChannelMessage.Read.Group");
    teams.clock().advance(Duration.ofMinutes(6));
    looks();

    assertEquals(1, answers(root).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5H", "PT-5H", "P300D"})
  void card_whileTheMachinesClockIsWrong_isAnsweredThenAndAfterwards(Duration wrong) {
    teams.machineIsSet(wrong);
    looks();
    looks();
    FakeMessage first = alertmanager("FIRING:1");
    assertEquals(1, answers(first).size());

    teams.machineIsSet(wrong.negated());
    FakeMessage second = posts(WORKFLOWS, AlertCards.CONNECTOR, AlertCards.datadog("Triggered"));
    assertEquals(1, answers(second).size());
    looks();
    assertEquals(1, answers(first).size());
    assertEquals(1, answers(second).size());
  }
}
