// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.Payloads;
import dev.muster.teams.fake.Reading;
import dev.muster.teams.fake.TeamsPeople;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Teams delivers long after it was meant, or after it was changed, does nothing unasked. */
final class TeamsTooLateTest {

  private static final Duration LATE = Duration.ofHours(2);

  @TempDir Path folder;
  private WholeTeams teams;
  private FakeConversation room;

  @BeforeEach
  void declare() {
    teams = new WholeTeams(folder);
    room = teams.declared("ada", "checkout is slow");
  }

  @AfterEach
  void close() {
    teams.close();
  }

  private ObjectNode late(ObjectNode push) {
    return push.put("timestamp", teams.clock().instant().minus(LATE).toString());
  }

  private JsonNode answered(ObjectNode push) {
    JsonNode answer = TeamsGround.body(teams.push(push));
    teams.engine().settle();
    return answer;
  }

  private ObjectNode command(String name, FakeConversation where, String words) {
    FakeMessage said = teams.saidUnheard(name, where, Payloads.BOT_MENTION + " " + words);
    return teams.pushes().message(said, where);
  }

  private IncidentStatus status() {
    return teams.engine().incident("INC-1").status();
  }

  private static String words(FakeMessage message) {
    return message.activity().toString();
  }

  private int facts(EntryKind kind) {
    return teams.engine().entries("INC-1", kind).size();
  }

  @Test
  void command_hoursLate_asksInEveryWayAndActsOnlyWhenStillWanted() {
    FakeConversation alone = teams.teams().tenant().direct(teams.person("ada"));
    answered(late(command("ada", alone, "INC-1 identify the disk is full")));
    ObjectNode targeted = late(command("ada", room, "severity 1 all is down"));
    targeted.withObjectProperty("recipient").put("isTargeted", true);
    answered(targeted);
    answered(late(command("ada", room, "mitigate rolled back")));

    assertEquals(IncidentStatus.INVESTIGATING, status());
    assertEquals(Severity.SEV3, teams.engine().incident("INC-1").severity());
    assertEquals(3, teams.toldTo("ada").split("Still wanted\\?", -1).length - 1);

    answered(teams.press("ada", room, "Run it now"));

    assertEquals(IncidentStatus.MITIGATED, status());
    assertEquals(1, facts(EntryKind.STATUS_CHANGED));
  }

  @Test
  void pressAndForm_hoursLate_doNothing_andWhatWasTypedIsShownToThemAlone() {
    String said = answered(late(teams.press("li", room, "Escalate"))).path("value").asText();
    assertTrue(said.contains("late"), said);
    assertEquals(0, facts(EntryKind.BUTTON_PRESSED));

    TeamsPeople.Offer offer = TeamsPeople.offer(room, "Change severity");
    Reading dialog = teams.fetches("li", room, offer.on(), offer.data());
    ObjectNode form =
        TeamsPeople.filled(dialog, Map.of("severity", "SEV1", "reason", "half of it fails"));
    JsonNode shown =
        answered(late(teams.pushes().dialog("task/submit", teams.person("li"), room, form)));

    assertEquals(Severity.SEV3, teams.engine().incident("INC-1").severity());
    assertTrue(shown.toString().contains("What you typed is kept."), shown.toString());
    List<FakeMessage> all =
        teams.teams().tenant().conversations().stream()
            .flatMap(where -> where.messages().stream())
            .filter(m -> words(m).contains("half of it fails"))
            .toList();
    assertEquals(1, all.size());
    FakeMessage kept = all.get(0);
    assertEquals(Optional.of(teams.person("li")), kept.onlyFor());
    Reading again = Reading.of(kept.activity());
    assertEquals("half of it fails", again.inputs().get("field_reason"));
    answered(
        teams
            .pushes()
            .press(
                teams.person("li"), room, Optional.of(kept), TeamsPeople.filled(again, Map.of())));
    assertEquals(Severity.SEV1, teams.engine().incident("INC-1").severity());
  }

  @Test
  void command_editedAndDeletedAfterwards_runsNothingAgain() {
    ObjectNode asked = command("ada", room, "severity 2 half is down");
    answered(asked);
    FakeMessage said =
        room.messages().stream()
            .filter(m -> m.id().equals(asked.path("id").asText()))
            .findFirst()
            .orElseThrow();
    ObjectNode words = asked.deepCopy().removeAll();
    for (String now : List.of("resolve it is over", "cancel a mistake")) {
      teams.clock().advance(Duration.ofSeconds(1));
      words.put("text", Payloads.BOT_MENTION + " " + now);
      teams.teams().tenant().edit(said, words.deepCopy());
      answered(teams.pushes().edit(said, room));
    }
    ObjectNode undeleted = teams.pushes().edit(said, room);
    undeleted.withObjectProperty("channelData").put("eventType", "undeleteMessage");
    ObjectNode deletion = teams.pushes().deletion(said, room);
    teams.teams().tenant().delete(said);
    answered(deletion);
    answered(undeleted);

    assertEquals(1, facts(EntryKind.SEVERITY_CHANGED));
    assertEquals(0, facts(EntryKind.STATUS_CHANGED));
    assertEquals(1, facts(EntryKind.COMMAND_RUN) - declared());
    assertEquals(1, facts(EntryKind.MESSAGE_REMOVED));
    assertTrue(status().isOpen());
  }

  private int declared() {
    return (int)
        teams.engine().texts("INC-1", EntryKind.COMMAND_RUN).stream()
            .filter(text -> text.contains("declare"))
            .count();
  }

  /** Teams repeats what was answered late under new ids: each token decides once. */
  @Test
  void form_sentAgainUnderNewIds_halfAMinuteLater_countsOnce() {
    TeamsPeople.Offer offer = TeamsPeople.offer(room, "Write update");
    Reading dialog = teams.fetches("ada", room, offer.on(), offer.data());
    ObjectNode form = TeamsPeople.filled(dialog, Map.of("text", "Half of the shops are back."));
    ObjectNode push = teams.pushes().dialog("task/submit", teams.person("ada"), room, form);
    answered(push);
    for (int seconds : new int[] {15, 30}) {
      teams.clock().advance(Duration.ofSeconds(seconds));
      String again = answered(push.deepCopy().put("id", UUID.randomUUID().toString())).toString();
      assertFalse(again.contains("not known"), again);
      answered(push.deepCopy());
    }

    assertEquals(
        List.of("Half of the shops are back."),
        teams.engine().texts("INC-1", EntryKind.STATUS_UPDATE_POSTED));
  }
}
