// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.incident.Severity;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.Reading;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cards in Teams: what each person sees on them, and presses that no longer or never count. */
final class TeamsPressesTest {

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

  private FakeMessage headline() {
    return room.messages().stream()
        .filter(m -> Reading.of(m.activity()).labels().contains("Write update"))
        .findFirst()
        .orElseThrow();
  }

  private JsonNode refreshed() {
    return headline().activity().at("/attachments/0/content/refresh");
  }

  private List<String> sees(String name) {
    JsonNode answer =
        TeamsGround.body(teams.push(teams.pushes().looks(teams.person(name), room, headline())));
    assertEquals("application/vnd.microsoft.card.adaptive", answer.path("type").asText());
    return Reading.card(answer.path("value")).labels();
  }

  private String answered(ObjectNode press) {
    JsonNode answer = TeamsGround.body(teams.push(press));
    teams.engine().settle();
    return answer.path("value").asText();
  }

  private static ObjectNode again(ObjectNode press) {
    return press.deepCopy().put("id", UUID.randomUUID().toString());
  }

  @Test
  void headline_showsTheCommanderMore_andFollowsTheCommand() {
    assertEquals(List.of(teams.person("ada").botUser()), texts(refreshed().path("userIds")));
    assertFalse(Reading.of(headline().activity()).labels().contains("Hand over command"));
    assertTrue(sees("ada").contains("Hand over command"), sees("ada").toString());
    assertTrue(sees("ada").contains("Write update"));
    assertFalse(sees("li").contains("Hand over command"));

    teams.writes("li", room, "I am here");
    teams.asks("ada", room, "commander <at>li</at>");
    teams.push(
        teams.press("li", teams.teams().tenant().direct(teams.person("li")), "Accept command"));
    teams.engine().settle();

    assertEquals("li", teams.engine().incident("INC-1").commander().orElseThrow().name());
    assertEquals(List.of(teams.person("li").botUser()), texts(refreshed().path("userIds")));
    assertTrue(sees("li").contains("Hand over command"));
    assertFalse(sees("ada").contains("Hand over command"));
  }

  private static List<String> texts(JsonNode list) {
    List<String> all = new ArrayList<>();
    list.forEach(each -> all.add(each.asText()));
    return all;
  }

  @Test
  void handOver_pressedOnTheOwnCard_opensItsDialog() {
    JsonNode own =
        TeamsGround.body(teams.push(teams.pushes().looks(teams.person("ada"), room, headline())));
    JsonNode data = Reading.card(own.path("value")).payload("Hand over command").orElseThrow();

    Reading dialog = teams.fetches("ada", room, headline(), data);

    assertTrue(dialog.inputs().containsKey("field_person"), "" + dialog.inputs());
  }

  @Test
  void changeSeverity_opensADialog_keepsWhatIsWrongAndCountsWhatIsRight() {
    JsonNode data = Reading.of(headline().activity()).payload("Change severity").orElseThrow();
    assertEquals("task/fetch", data.at("/msteams/type").asText());

    Reading dialog = teams.fetches("ada", room, headline(), data);
    Reading again = teams.submits("ada", room, dialog, Map.of("severity", "SEV9"));
    assertTrue(again.errors().containsKey("severity"), "" + again.errors());
    teams.submits("ada", room, again, Map.of("severity", "SEV1"));

    assertEquals(Severity.SEV1, teams.engine().incident("INC-1").severity());
  }

  @Test
  void accept_pressedTwiceAndBySomebodyElse_countsOnceForItsPerson() {
    FakeConversation chat = teams.teams().tenant().direct(teams.person("li"));
    teams.asks("ada", room, "commander <at>li</at>");
    ObjectNode press = teams.press("li", chat, "Accept command");
    ObjectNode mallory = again(press);
    mallory.set("from", teams.person("mallory").account());

    assertTrue(answered(mallory).contains("no longer valid"));
    assertEquals("ada", teams.engine().incident("INC-1").commander().orElseThrow().name());
    answered(press);
    assertTrue(answered(again(press)).contains("Nothing was done"));

    assertEquals("li", teams.engine().incident("INC-1").commander().orElseThrow().name());
    List<String> given = teams.engine().texts("INC-1", EntryKind.ROLE_ASSIGNED);
    assertEquals(1, given.stream().filter(text -> text.contains("li")).count(), "" + given);
  }

  @Test
  void resolve_onACardSeenBeforeAChange_doesNothing() {
    ObjectNode press = teams.press("ada", room, "Resolve INC-1");
    teams.asks("ada", room, "severity 1 all is down");

    String answer = answered(press);

    assertTrue(answer.contains("Nothing was done"), answer);
    assertEquals(Severity.SEV1, teams.engine().incident("INC-1").severity());
    assertTrue(teams.engine().incident("INC-1").status().isOpen());
  }

  @Test
  void press_byAGuest_isRefusedAndSaysWhy() {
    ObjectNode press = teams.press("guest", room, "Change severity");
    press.withObjectProperty("from").put("tenantId", "somewhere-else");

    String answer = answered(press);

    assertTrue(answer.contains("may"), answer);
    assertEquals(Severity.SEV3, teams.engine().incident("INC-1").severity());
    assertEquals(0, teams.engine().texts("INC-1", EntryKind.BUTTON_PRESSED).size());
  }

  @Test
  void escalate_asksFirst_andCountsByTheSecondPressAlone() {
    JsonNode card = headline().activity().at("/attachments/0/content");
    JsonNode first = null;
    for (JsonNode action : card.path("actions")) {
      first = action.path("title").asText().equals("Escalate") ? action : first;
    }
    assertEquals("Action.ShowCard", first.path("type").asText());
    assertFalse(first.has("data"));
    JsonNode second = first.at("/card/actions/0");
    assertEquals("Action.Execute", second.path("type").asText());
    assertEquals(second.path("data"), second.at("/fallback/data"));

    answered(teams.press("ada", room, "Escalate"));

    assertEquals(1, teams.engine().texts("INC-1", EntryKind.BUTTON_PRESSED).size());
  }
}
