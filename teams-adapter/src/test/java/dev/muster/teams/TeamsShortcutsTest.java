// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.teams.client.Json;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.Reading;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The message extensions of the manifest, where people write and on messages. */
final class TeamsShortcutsTest {

  @TempDir Path folder;
  private WholeTeams teams;

  @BeforeEach
  void start() {
    teams = new WholeTeams(folder);
  }

  @AfterEach
  void close() {
    teams.close();
  }

  @Test
  void declare_fromAMessage_quotesItAsTheFirstEntrySaidByItsAuthor() {
    Instant typed = teams.clock().instant();
    FakeConversation lobby = teams.lobby();
    FakeMessage said =
        teams.saidUnheard("li", lobby, "checkout answers 500 <EU>\nsince the deploy");
    teams.clock().advance(Duration.ofMinutes(5));

    Reading dialog = teams.chooses("ada", "declare", lobby, said);
    assertEquals("checkout answers 500 <EU>", dialog.inputs().get("field_title"));
    teams.submits("ada", lobby, dialog, Map.of());

    TimelineEntry first = teams.engine().entries("INC-1", EntryKind.MESSAGE_LOGGED).get(0);
    assertEquals("checkout answers 500 <EU>\nsince the deploy", first.text());
    assertEquals("teams:" + teams.person("li").aad(), first.actor().id());
    assertEquals(typed, first.occurredAt());
    assertEquals(said.id(), first.ref());
    String ada = teams.person("ada").aad();
    assertEquals(ada, teams.engine().incident("INC-1").commander().orElseThrow().ref().id());
  }

  @Test
  void declare_fromACardOfAProgram_takesItsTitle() {
    ObjectNode posted = Json.object().put("text", "");
    ObjectNode card = posted.putArray("attachments").addObject();
    card.put("contentType", "application/vnd.microsoft.card.adaptive");
    card.putObject("content")
        .withArrayProperty("body")
        .addObject()
        .put("type", "TextBlock")
        .put("text", "HighErrorRate checkout");
    FakeMessage said = teams.posts("workflows", teams.lobby(), posted);

    Reading dialog = teams.chooses("ada", "declare", teams.lobby(), said);

    assertEquals("HighErrorRate checkout", dialog.inputs().get("field_title"));
  }

  @Test
  void timeline_fromAReplyInAThread_takesItsTimeAndKeepsTheFormWhileTheTimeIsNone() {
    FakeConversation room = teams.declared("ada", "checkout is slow");
    teams.clock().advance(Duration.ofMinutes(10));
    FakeMessage root = teams.saidUnheard("li", room, "who is on it?");
    FakeMessage said = teams.saidInThread("li", room, root, "I rolled back 4711");
    String at = said.createdAt().truncatedTo(ChronoUnit.SECONDS).toString();
    teams.clock().advance(Duration.ofMinutes(10));

    Reading dialog = teams.chooses("ada", "addTimeline", room, said);
    assertEquals("I rolled back 4711", dialog.inputs().get("field_text"));
    assertEquals(at, dialog.inputs().get("field_time"));
    Reading again = teams.submits("ada", room, dialog, Map.of("time", "25:99"));
    assertTrue(again.errors().containsKey("time"), again.errors().toString());
    assertEquals("I rolled back 4711", again.inputs().get("field_text"));
    teams.submits("ada", room, again, Map.of("time", at, "tag", "decision"));

    TimelineEntry note = teams.engine().entries("INC-1", EntryKind.NOTE_ADDED).get(0);
    assertEquals("I rolled back 4711", note.text());
    assertEquals("decision", note.data().get("tag"));
    assertEquals(at, note.occurredAt().toString());
  }

  @Test
  void timeline_elsewhere_asksForTheIncident() {
    teams.declared("ada", "checkout is slow");
    teams.declared("li", "search is empty");
    FakeMessage said = teams.saidUnheard("li", teams.lobby(), "the index is gone");

    Reading dialog = teams.chooses("ada", "addTimeline", teams.lobby(), said);
    Reading again = teams.submits("ada", teams.lobby(), dialog, Map.of());
    assertEquals("Choose the incident it belongs to.", again.errors().get("incident"));
    teams.submits("ada", teams.lobby(), again, Map.of("incident", "INC-2"));

    assertEquals(List.of("the index is gone"), teams.engine().texts("INC-2", EntryKind.NOTE_ADDED));
    assertEquals(List.of(), teams.engine().texts("INC-1", EntryKind.NOTE_ADDED));
  }

  @Test
  void timeline_withoutAnyIncident_saysSo() {
    FakeMessage said = teams.saidUnheard("li", teams.lobby(), "something is odd");

    var answer =
        TeamsGround.body(
            teams.push(
                teams.pushes().chosen("addTimeline", teams.person("ada"), teams.lobby(), said)));
    teams.engine().settle();

    String told = answer + " " + teams.toldTo("ada");
    assertTrue(told.contains("none is open"), told);
  }

  @Test
  void action_fromAMessage_hasOwnerAndDay() {
    FakeConversation room = teams.declared("ada", "checkout is slow");
    FakeMessage said = teams.saidUnheard("li", room, "we need an alert on the queue");

    Reading dialog = teams.chooses("ada", "createAction", room, said);
    Reading again = teams.submits("ada", room, dialog, Map.of("due", "2027-02-30"));
    assertTrue(again.errors().get("due").contains("2027-02-28"), again.errors().toString());
    String li = teams.person("li").aad();
    teams.submits("ada", room, again, Map.of("due", "2026-12-01", "owner", li));

    TimelineEntry noted = teams.engine().entries("INC-1", EntryKind.ACTION_ADDED).get(0);
    assertEquals("we need an alert on the queue", noted.data().get("text"));
    assertEquals("2026-12-01", noted.data().get("due"));
    assertEquals("teams:" + li, noted.data().get("owner"));
  }

  @Test
  void onNoMessage_declareOpensTheFormAndTheOthersSayWhereTheyAre() {
    ObjectNode declare =
        teams
            .pushes()
            .dialog(
                "composeExtension/fetchTask", teams.person("ada"), teams.lobby(), Json.object());
    declare.withObjectProperty("value").put("commandId", "declare");
    Reading dialog =
        Reading.card(TeamsGround.body(teams.push(declare)).at("/task/value/card/content"));
    assertEquals(Optional.of(""), Optional.ofNullable(dialog.inputs().get("field_title")));

    ObjectNode note =
        teams
            .pushes()
            .dialog(
                "composeExtension/fetchTask", teams.person("ada"), teams.lobby(), Json.object());
    note.withObjectProperty("value").put("commandId", "addTimeline");
    String said = TeamsGround.body(teams.push(note)).at("/task/value").asText();
    assertEquals("Choose this in the menu of a message.", said);
  }
}
