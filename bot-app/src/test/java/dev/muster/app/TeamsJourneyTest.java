// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.teams.fake.FakeConversation;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakeTenant;
import dev.muster.teams.fake.Posted;
import dev.muster.teams.fake.Pushed;
import dev.muster.teams.fake.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One incident on Teams, from Alertmanager's call to the postmortem, lived through by two people.
 * On the way a rollback's reply is lost, the bot is killed, and people talk while it is down.
 * Timeline, postmortem and what stands in the channel are compared with golden files; {@link
 * Golden} says how they are written anew.
 */
final class TeamsJourneyTest {

  private static final String SEVERITIES =
      """
      severities:
        SEV1: { update-every: 60m, ack-within: 10m, policy: default, silent-after: off }
        SEV2: { update-every: 60m, ack-within: 10m, policy: default, silent-after: off }
      """;

  @TempDir private Path folder;
  @TempDir private Path after;
  private JourneyGround ground;
  private TeamsBot teams;
  private String room;
  private Chapters channel;

  @BeforeEach
  void startTheBot() {
    ground = new JourneyGround(folder);
    String alerts = JourneyGround.alerts(onTeams("ada"), onTeams("li"));
    teams = TeamsBot.start(folder, ground.clock(), ground.config(SEVERITIES + alerts), "ada", "li");
    ground.watch(teams.bot(), teams.waiting());
  }

  private static String onTeams(String name) {
    return "teams:" + id(name);
  }

  private static String id(String name) {
    return FakeTenant.idOf(name);
  }

  @AfterEach
  void stopTheBot() {
    teams.close();
    ground.close();
  }

  @Test
  void incident_fromItsAlertToItsPostmortem_isLivedThroughOnTeams() throws IOException {
    anAlertOpensAnIncident();
    nobodyAnswers_soTheNextLevelIsAsked();
    liHandsOver_andAdaRaisesTheSeverity();
    peopleTalk();
    aRollbackNeedsASecondPerson_andItsReplyIsLost();
    theBotIsKilled_andPeopleTalkMeanwhile();
    liSaysThatItRan();
    newsGoOut();
    theAlertsEnd_andPeopleCloseIt();
    everythingIsToldAsItHappened();
  }

  private void settle() {
    teams.waiting().settle();
  }

  private Pushed presses(String person, String label) {
    teams.message(room, label, m -> m.offers(label));
    return teams.people().presses(person, room, label);
  }

  private void anAlertOpensAnIncident() throws IOException {
    settle();
    ground.at("15:53");
    ground.alert("webhook-ServiceDown-firing-2.json");
    FakeConversation opened = teams.channel("inc-1-");
    room = opened.id();
    channel = ground.reads(() -> teams.said(room));
    assertEquals(FakeTenant.GROUP, opened.group());
    settle();
    assertTrue(opened.description().contains("SEV2"), opened.description());
    teams.message(
        room, "the headline", m -> m.words().contains("INC-1 · Service checkout is down"));
    teams.message("incidents", "the announcement", m -> m.words().contains("INC-1"));
  }

  private void nobodyAnswers_soTheNextLevelIsAsked() {
    teams.told("li", "Press Acknowledge");
    ground.chapterAt("16:02");
    ground.awaitEntries("escalation_started", 2);
    ground.chapterAt("16:03");
    presses("ada", "Acknowledge");
    ground.awaitEntry("escalation_acknowledged");
  }

  private void liHandsOver_andAdaRaisesTheSeverity() {
    ground.chapterAt("16:04");
    teams.people().asks("li", room, "commander <at>ada</at>");
    teams
        .waiting()
        .inTime(
            "the offer",
            () -> teams.sight().toldTo("ada").stream().anyMatch(m -> m.offers("Accept command")));
    teams.people().presses("ada", teams.sight().chatWith("ada"), "Accept command");
    settle();
    String commander = ground.incident().path("commander").path("id").asText();
    assertEquals(id("ada"), commander);
    teams.people().asks("ada", room, "severity 1 checkout fails for many");
    ground.awaitEntry("severity_changed");
  }

  private void peopleTalk() {
    ground.chapterAt("16:05");
    FakeMessage guess =
        teams.people().types("ada", room, "The 15:40 deploy locks the orders tabel");
    settle();
    ground.chapterAt("16:06");
    teams.people().edits(room, guess, "The 15:40 deploy locks the orders table");
    settle();
    FakeMessage slip = teams.people().types("li", room, "wrong window, sorry");
    settle();
    teams.people().deletes(room, slip);
    settle();
    teams.people().reacts("li", room, guess, "1f4cc_pushpin");
    ground.awaitEntry("highlighted");
    ground.chapterAt("16:07");
    teams
        .people()
        .says(
            "li",
            room,
            Optional.of(guess.id()),
            "<at>Incident Bot</at> timeline add -10m deploy 4711 finished");
    ground.awaitEntry("note_added");
  }

  private void aRollbackNeedsASecondPerson_andItsReplyIsLost() {
    ground.chapterAt("16:08");
    teams.people().asks("ada", room, "rollback checkout to 1.4.1");
    Posted card = teams.message(room, "the exact request", m -> m.offers("Approve"));
    assertTrue(card.words().contains("\"version\":\"1.4.1\""), card.words());
    settle();
    presses("ada", "Approve");
    teams.told("ada", "approve");
    settle();
    assertEquals(List.of(), ground.receiver().calls());

    ground.receiver().loseReplies(true);
    ground.chapterAt("16:09");
    presses("li", "Approve");
    teams.message(room, "the question whether it ran", m -> m.offers("It ran"));
    settle();
    assertEquals(1, ground.receiver().calls().size());
  }

  private void theBotIsKilled_andPeopleTalkMeanwhile() {
    teams.bot().kill(after);
    teams.people().unheard("ada", room, Optional.empty(), "Error rate falls, said to nobody");
    teams.bot().startAgain();
    ground.chapterAt("16:11");
    ground.awaitEntry("gap_filled");
    assertEquals(1, ground.logged("Error rate falls, said to nobody"));
    assertEquals(1, ground.logged("The 15:40 deploy locks the orders tabel"));
  }

  private void liSaysThatItRan() {
    ground.chapterAt("16:13");
    presses("li", "It ran");
    ground.awaitEntry("step_succeeded");
    assertEquals(1, ground.receiver().calls().size());
    teams.message(
        room,
        "the step without its buttons",
        m -> m.words().contains("says that it ran") && !m.offers("It ran"));
  }

  private void newsGoOut() {
    ground.chapterAt("16:20");
    teams.people().asks("ada", room, "impact 12 % of payments fail");
    ground.awaitEntry("field_changed");
    teams.people().asks("ada", room, "update We rolled back to 1.4.1 and watch");
    ground.awaitEntry("status_update_posted");
    ground.chapterAt("17:22");
    ground.awaitEntry("summary_posted");
    ground.chapterAt("17:24");
    teams.people().asks("li", room, "mitigate errors are back to normal");
    ground.awaitStatus("mitigated");
  }

  private void theAlertsEnd_andPeopleCloseIt() throws IOException {
    ground.chapterAt("17:26");
    ground.alert("webhook-ServiceDown-mixed-4.json");
    settle();
    ground.alert("webhook-ServiceDown-resolved-1.json");
    ground.awaitEntry("alert_resolved");
    teams.message(room, "a proposal to resolve", m -> m.words().contains("resolved. Is"));
    assertEquals("mitigated", ground.incident().path("status").asText());
    ground.chapterAt("17:28");
    Reading dialog = presses("li", "Resolve INC-1").dialog();
    teams.people().submits("li", room, dialog, Map.of());
    ground.awaitStatus("resolved");
    ground.chapterAt("17:32");
    teams.people().asks("ada", room, "action add an alert for lock waits <at>li</at> 2026-12-01");
    ground.awaitEntry("action_added");
    teams.people().asks("ada", room, "close completed rolled back");
    ground.awaitStatus("closed");
    ground.awaitEntry("postmortem_drafted");
  }

  private void everythingIsToldAsItHappened() throws IOException {
    JsonNode milestones = ground.incident().path("milestones");
    assertFalse(milestones.path("acknowledged").isNull());
    assertFalse(milestones.path("resolved").isNull());
    Map<String, String> names = Map.of(id("ada"), "ADA", id("li"), "LI");
    JourneyGround.compare("teams-journey-timeline.txt", Golden.timeline(ground.timeline()), names);
    JourneyGround.compare("teams-journey-postmortem.md", ground.postmortem(), names);
    JourneyGround.compare("teams-journey-channel.txt", channel.read(), names);
  }
}
