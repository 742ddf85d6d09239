// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.teams.fake.BotYaml;
import dev.muster.teams.fake.FakeMessage;
import dev.muster.teams.fake.FakeTenant;
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
 * One incident on Slack and on Teams at once, from Alertmanager's call to the postmortem: Ada leads
 * it on Slack, Li works on it on Teams, and each reads what the other says. Ada has an account on
 * Teams as well, by which she cannot approve what she asked for; Li can. The bot is killed before
 * anybody knows whether the rollback ran. Timeline, postmortem and what stands in both channels are
 * compared with golden files; {@link Golden} says how they are written anew.
 */
final class SlackTeamsJourneyTest {

  private static final String BOTH =
      """
      incidents: { platforms: [slack, teams] }
      access: { admins: ["teams:%s"] }
      severities:
        SEV1: { update-every: 60m, ack-within: 10m, policy: default, silent-after: off }
        SEV2: { update-every: 60m, ack-within: 10m, policy: default, silent-after: off }
      """
          .formatted(FakeTenant.idOf("li"));

  @TempDir private Path folder;
  @TempDir private Path after;
  private JourneyGround ground;
  private SlackBot slack;
  private TeamsBot teams;
  private String onSlack;
  private String onTeams;
  private Chapters readOnSlack;
  private Chapters readOnTeams;

  @BeforeEach
  void startTheBot() {
    ground = new JourneyGround(folder);
    slack = SlackBot.without(ground.clock());
    teams = TeamsBot.without(ground.clock());
    slack.people().channel("alerts");
    String ada = "slack:" + slack.sight().idOf("ada");
    String platforms =
        SlackBot.SERVER + SlackBot.platform(slack.slack(), "http") + BotYaml.of(teams.teams());
    String alerts = JourneyGround.alerts(ada, ada);
    BotHarness bot =
        BotHarness.start(folder, ground.clock(), platforms + ground.config(BOTH + alerts));
    slack.serve(bot, () -> true);
    teams.serve(bot, slack::rests);
    ground.watch(bot, teams.waiting());
    teams.people().admits("ada");
    teams.people().admits("li");
  }

  @AfterEach
  void stopTheBot() {
    teams.close();
    slack.close();
    ground.close();
  }

  @Test
  void incident_onBothChatsAtOnce_isLivedThroughByOnePersonOnEach() throws IOException {
    anAlertOpensAChannelOnEach();
    adaOnSlackIsInCommand();
    eachReadsWhatTheOtherSays();
    liSaysThatBothAdasAreOne();
    aRollbackNeedsAnotherPerson_notAnotherAccount();
    theBotIsKilled_andLiTalksMeanwhile();
    liSaysThatItRan();
    theyCloseIt();
    nothingWasSaidTwice();
    everythingIsToldAsItHappened();
  }

  private void settle() {
    ground.settle();
  }

  private void anAlertOpensAChannelOnEach() throws IOException {
    settle();
    ground.at("15:53");
    ground.alert("webhook-ServiceDown-firing-2.json");
    onSlack = slack.channel("inc-1-").id();
    onTeams = teams.channel("inc-1-").id();
    readOnSlack = ground.reads(() -> slack.said(onSlack));
    readOnTeams = ground.reads(() -> teams.said(onTeams));
    settle();
    assertEquals(2, ground.incident().path("channels").size());
    assertEquals(404, ground.bot().http().get("/api/v1/incidents/INC-2").status());
    slack.message(onSlack, "the headline", m -> m.words().contains("INC-1"));
    teams.message(onTeams, "the headline", m -> m.words().contains("INC-1"));
  }

  private void adaOnSlackIsInCommand() {
    slack.told("ada", "Press Acknowledge");
    ground.chapterAt("15:54");
    teams.message(onTeams, "who is asked", m -> m.offers("Acknowledge"));
    slack.message(onSlack, "who is asked", m -> m.offers("Acknowledge"));
    slack.people().presses("ada", onSlack, "Acknowledge");
    ground.awaitEntry("escalation_acknowledged");
    assertEquals(slack.sight().idOf("ada"), ground.incident().at("/commander/id").asText());
    teams.message(
        onTeams, "the answer", m -> m.words().contains("ada") && !m.offers("Acknowledge"));
  }

  private void eachReadsWhatTheOtherSays() {
    ground.chapterAt("15:56");
    String said = slack.people().types("ada", onSlack, "The 15:40 deploy locks the tabel");
    teams.message(
        onTeams,
        "Ada's words",
        m -> m.words().equals("ada (slack): The 15:40 deploy locks the tabel"));
    settle();
    slack.people().edits("ada", onSlack, said, "The 15:40 deploy locks the table");
    teams.message(onTeams, "Ada's edit", m -> m.words().contains("the table (edited)"));
    settle();
    ground.chapterAt("15:57");
    FakeMessage answer = teams.people().types("li", onTeams, "I see <!channel> 412 locks");
    slack.message(onSlack, "Li's words", m -> m.words().startsWith("li (teams): "));
    settle();
    teams.people().edits(onTeams, answer, "I see <!channel> 421 locks");
    slack.message(onSlack, "Li's edit", m -> m.words().contains("421 locks (edited)"));
    settle();
    FakeMessage slip = teams.people().types("li", onTeams, "wrong window, sorry");
    slack.message(onSlack, "the slip", m -> m.words().contains("wrong window"));
    settle();
    teams.people().deletes(onTeams, slip);
    slack.inTime(
        "the copy is gone",
        () -> slack.said(onSlack).stream().noneMatch(m -> m.words().contains("wrong window")));
    settle();
  }

  private void liSaysThatBothAdasAreOne() {
    ground.chapterAt("16:00");
    String other = "slack:" + slack.sight().idOf("ada");
    teams.people().asks("li", onTeams, "link-person <at>ada</at> " + other);
    teams.told("li", "confirm");
    teams.people().asks("li", onTeams, "link-person <at>ada</at> " + other + " confirm");
    slack.inTime("linked", this::isLinked);
    FakeMessage copy =
        everOnTeams().stream().filter(m -> isCopy(words(m))).findFirst().orElseThrow();
    teams.people().reacts("li", onTeams, copy, "1f4cc_pushpin");
    ground.awaitEntry("highlighted");
    slack.people().runs("ada", onSlack, "/incident severity 1 checkout fails for many");
    ground.awaitEntry("severity_changed");
  }

  private boolean isLinked() {
    return ground.bot().http().get("/api/v1/journal").body().contains("people_linked");
  }

  /** Returns what ever stood on Teams, also when it was taken back. */
  private List<FakeMessage> everOnTeams() {
    return teams.sight().conversation(onTeams).orElseThrow().messages();
  }

  private static String words(FakeMessage message) {
    return Reading.of(message.activity()).words();
  }

  private void aRollbackNeedsAnotherPerson_notAnotherAccount() {
    ground.chapterAt("16:08");
    slack.people().runs("ada", onSlack, "/incident rollback checkout to 1.4.1");
    slack.message(onSlack, "the request on Slack", m -> m.offers("Approve"));
    teams.message(onTeams, "the request on Teams", m -> m.offers("Approve"));
    settle();
    teams.people().presses("ada", onTeams, "Approve");
    ground.awaitEntry("access_denied");
    assertEquals(List.of(), ground.receiver().calls());
    ground.receiver().loseReplies(true);
    ground.chapterAt("16:10");
    teams.people().presses("li", onTeams, "Approve");
    slack.message(onSlack, "the question on Slack", m -> m.offers("It ran"));
    teams.message(onTeams, "the question on Teams", m -> m.offers("It ran"));
    settle();
    nobodyOffers("Approve");
    assertEquals(1, ground.receiver().calls().size());
  }

  private void nobodyOffers(String label) {
    slack.inTime(
        label + " is gone from Slack",
        () -> slack.sight().messages(onSlack).stream().noneMatch(m -> m.offers(label)));
    slack.inTime(
        label + " is gone from Teams",
        () -> teams.sight().messages(onTeams).stream().noneMatch(m -> m.offers(label)));
  }

  private void theBotIsKilled_andLiTalksMeanwhile() {
    ground.bot().kill(after);
    teams.people().unheard("li", onTeams, Optional.empty(), "Error rate falls, said to nobody");
    ground.bot().startAgain();
    ground.awaitEntry("gap_filled");
    slack.message(onSlack, "the copy", m -> m.words().contains("Error rate falls"));
    ground.chapterAt("16:18");
    assertEquals(1, ground.logged("Error rate falls, said to nobody"));
    assertEquals(1, ground.logged("The 15:40 deploy locks the tabel"));
    slack.people().types("ada", onSlack, "Then we wait for the locks to go");
    teams.message(onTeams, "the copy", m -> m.words().contains("Then we wait"));
  }

  private void liSaysThatItRan() {
    ground.chapterAt("16:22");
    teams.people().presses("li", onTeams, "It ran");
    ground.awaitEntry("step_succeeded");
    slack.message(onSlack, "the step on Slack", m -> m.words().contains("says that it ran"));
    teams.message(onTeams, "the step on Teams", m -> m.words().contains("says that it ran"));
    nobodyOffers("It ran");
    assertEquals(1, ground.receiver().calls().size());
  }

  private void theyCloseIt() {
    ground.chapterAt("16:26");
    slack.people().runs("ada", onSlack, "/incident mitigate errors are back to normal");
    ground.awaitStatus("mitigated");
    ground.chapterAt("16:30");
    teams.message(onTeams, "the offer", m -> m.offers("Resolve INC-1"));
    Reading dialog = teams.people().presses("li", onTeams, "Resolve INC-1").dialog();
    teams.people().submits("li", onTeams, dialog, Map.of());
    ground.awaitStatus("resolved");
    ground.chapterAt("16:36");
    teams.people().asks("li", onTeams, "action add an alert for lock waits <at>li</at> 2026-12-01");
    ground.awaitEntry("action_added");
    slack.people().runs("ada", onSlack, "/incident action migrate by batches @ada 2026-12-04");
    ground.awaitEntries("action_added", 2);
    slack.people().runs("ada", onSlack, "/incident close completed rolled back");
    ground.awaitStatus("closed");
    ground.awaitEntry("postmortem_drafted");
    slack.message(onSlack, "the draft", m -> m.words().contains("Postmortem draft"));
    teams.message(onTeams, "the draft", m -> m.words().contains("Postmortem draft"));
  }

  /** Slack delivers the bot's own posts to it, and Graph showed it those on Teams. */
  private void nothingWasSaidTwice() {
    assertEquals(
        List.of(
            "li (teams): I see <!channel> 412 locks",
            "li (teams): wrong window, sorry",
            "li (teams): Error rate falls, said to nobody"),
        slack.slack().calls("chat.postMessage").stream()
            .map(call -> call.get("text").replace("&lt;", "<").replace("&gt;", ">"))
            .filter(SlackTeamsJourneyTest::isCopy)
            .toList());
    assertEquals(
        List.of(
            "ada (slack): The 15:40 deploy locks the table (edited)",
            "ada (slack): Then we wait for the locks to go"),
        everOnTeams().stream()
            .map(SlackTeamsJourneyTest::words)
            .filter(SlackTeamsJourneyTest::isCopy)
            .toList());
    assertEquals(5, ground.entries("message_logged"));
  }

  private static boolean isCopy(String words) {
    return words.contains("(slack):") || words.contains("(teams):");
  }

  private void everythingIsToldAsItHappened() throws IOException {
    Map<String, String> names =
        Map.of(
            slack.sight().idOf("ada"), "ADA",
            FakeTenant.idOf("ada"), "ADA-ON-TEAMS",
            FakeTenant.idOf("li"), "LI");
    String draft = ground.postmortem();
    assertTrue(draft.contains("owner li") && draft.contains("owner ada"), draft);
    JourneyGround.compare("both-journey-timeline.txt", Golden.timeline(ground.timeline()), names);
    JourneyGround.compare("both-journey-postmortem.md", draft, names);
    JourneyGround.compare("both-journey-slack.txt", readOnSlack.read(), names);
    JourneyGround.compare("both-journey-teams.txt", readOnTeams.read(), names);
  }
}
