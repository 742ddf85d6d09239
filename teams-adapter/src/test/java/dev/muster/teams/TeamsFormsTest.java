// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.incident.Severity;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakePerson;
import dev.muster.teams.fake.Reading;
import dev.muster.teams.fake.TeamsPeople;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dialogs in Teams that two people fill in at once, come too late, or were tampered with. */
final class TeamsFormsTest {

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

  private Reading opens(String name, String label) {
    TeamsPeople.Offer offer = TeamsPeople.offer(room, label);
    return teams.fetches(name, room, offer.on(), offer.data());
  }

  private JsonNode sends(String name, JsonNode data) {
    JsonNode answer =
        TeamsGround.body(
            teams.push(teams.pushes().dialog("task/submit", teams.person(name), room, data)));
    teams.engine().settle();
    return answer;
  }

  private List<String> updates() {
    return teams.engine().texts("INC-1", EntryKind.STATUS_UPDATE_POSTED);
  }

  private Set<String> refusals() {
    return teams.engine().journal(EntryKind.ACCESS_DENIED).stream()
        .map(TimelineEntry::reason)
        .collect(Collectors.toSet());
  }

  @Test
  void update_submittedAfterTheEnd_keepsTheTextAndOffersIt() {
    Reading dialog = opens("ada", "Write update");
    teams.asks("ada", room, "cancel it was a test of ours");

    String shown =
        sends("ada", TeamsPeople.filled(dialog, Map.of("text", "Half of it is back."))).toString();

    assertTrue(shown.contains("INC-1 was closed at"), shown);
    assertEquals(List.of(), updates());
    assertTrue(teams.toldTo("ada").contains("Half of it is back."), teams.toldTo("ada"));
    FakeConversation where = offering("Add to the timeline");
    teams.push(teams.press("ada", where, "Add to the timeline"));
    teams.engine().settle();
    assertEquals(
        List.of("Half of it is back."), teams.engine().texts("INC-1", EntryKind.NOTE_ADDED));
  }

  private FakeConversation offering(String label) {
    FakePerson ada = teams.person("ada");
    return List.of(room, teams.teams().tenant().direct(ada)).stream()
        .filter(
            where ->
                where.messages().stream()
                    .anyMatch(m -> Reading.of(m.activity()).labels().contains(label)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void forms_ofTwoPeopleAtOnce_overwriteNothingUnseen() {
    Reading adas = opens("ada", "Change severity");
    Reading lis = opens("li", "Change severity");
    Reading update = opens("ada", "Write update");
    Reading other = opens("li", "Write update");
    teams.submits("ada", room, adas, Map.of("severity", "SEV1", "reason", "nobody can pay"));

    Reading again = teams.submits("li", room, lis, Map.of("severity", "SEV2"));

    assertTrue(again.errors().get("severity").contains("now SEV1"), "" + again.errors());
    assertEquals(Severity.SEV1, teams.engine().incident("INC-1").severity());
    teams.submits("ada", room, update, Map.of("text", "We are rolling back."));
    Reading seen = teams.submits("li", room, other, Map.of("text", "We look for the cause."));
    assertTrue(seen.errors().get("text").contains("We are rolling back."), "" + seen.errors());
    assertEquals(List.of("We are rolling back."), updates());
    teams.submits("li", room, seen, Map.of());
    assertEquals(List.of("We are rolling back.", "We look for the cause."), updates());
  }

  /** What stands in a card comes back as anybody likes; only our own records say what it means. */
  @Test
  void form_tamperedWith_isRefusedAndWrittenDown() {
    ObjectNode adas = TeamsPeople.filled(opens("ada", "Write update"), Map.of("text", "Mine."));
    ObjectNode mallorys = adas.deepCopy();
    sends("mallory", mallorys);
    assertEquals(List.of(), updates());
    String token = adas.at("/muster/form").asText();
    for (String forged :
        List.of(token + "x", token.substring(1), "INC-1/update", "' OR 1=1 --", "\u0000")) {
      ObjectNode data = adas.deepCopy();
      data.withObjectProperty("muster").put("form", forged);
      String shown = sends("mallory", data).toString();
      assertTrue(shown.contains("no longer valid"), shown);
    }
    assertEquals(Set.of("unknown_form"), refusals());
    assertEquals(List.of(), updates());

    ObjectNode more = adas.deepCopy().put("field_incident", "INC-2").put("field_role", "admin");
    more.withObjectProperty("muster").put("incident", "INC-2").put("press", "");
    more.put("severity", "SEV1").put("text", "not a field");
    ObjectNode shape = more.withObjectProperty("muster").withObjectProperty("shape");
    shape.withArrayProperty("fields").addObject().put("name", "severity").put("kind", "CHOICE");
    sends("ada", more);
    assertEquals(List.of("Mine."), updates());
    assertEquals(Severity.SEV3, teams.engine().incident("INC-1").severity());
  }

  @Test
  void button_tamperedWith_isRefusedAndWrittenDown() {
    ObjectNode press = teams.press("li", room, "Escalate");
    for (String forged : List.of("severity:SEV1", "INC-1", "' OR 1=1 --", "\u0000", " x ")) {
      ObjectNode data = Json.object();
      data.putObject("muster").put("press", forged).put("incident", "INC-1");
      ObjectNode push = press.deepCopy().put("id", "forged-" + forged.hashCode());
      push.withObjectProperty("value").withObjectProperty("action").set("data", data);
      String shown = TeamsGround.body(teams.push(push)).path("value").asText();
      assertTrue(shown.contains("no longer valid"), forged + " " + shown);
    }
    teams.engine().settle();
    assertEquals(5, teams.engine().journal(EntryKind.ACCESS_DENIED).size());
    assertEquals(0, teams.engine().entries("INC-1", EntryKind.BUTTON_PRESSED).size());
  }
}
