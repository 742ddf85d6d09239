// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.Posted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One incident on Slack, from Alertmanager's message in a channel to the postmortem, lived through
 * by two people over Socket Mode. On the way a rollback's reply is lost, the bot is restarted, and
 * every connection is cut while people talk. Timeline, postmortem and what stands in the channel
 * are compared with golden files; {@link Golden} says how they are written anew.
 */
final class SlackJourneyTest {

  private static final String CONFIG =
      """
      severities: { SEV2: { update-every: 60m, ack-within: 10m, silent-after: off } }
      services: [ { name: checkout, runbooks: [rollback-checkout] } ]
      """;

  @TempDir private Path folder;
  private JourneyGround ground;
  private SlackBot slack;
  private String room;

  @BeforeEach
  void startTheBot() {
    ground = new JourneyGround(folder);
    slack = SlackBot.startOnSocket(folder, ground.clock(), ground.config(CONFIG));
    ground.watch(slack.bot(), slack.waiting());
    for (String person : List.of("ada", "li")) {
      slack.people().admits(person, "alerts");
      slack.people().admits(person, "incidents");
    }
  }

  @AfterEach
  void stopTheBot() {
    slack.close();
    ground.close();
  }

  /** What follows happens at this minute; orders that wait for their turn take seconds of it. */
  private void at(String time) {
    slack.connected();
    ground.at(time);
  }

  private void alertmanagerPosts(String recorded) throws IOException {
    String attachments = JourneyGround.recorded(recorded).path("attachments").toString();
    slack.people().postsAs("Alertmanager", "alerts", "", attachments);
  }

  @Test
  void incident_fromAnAlertMessageToItsPostmortem_isLivedThroughOnSlack() throws IOException {
    aMessageOfAlertmanagerIsReadAsAnAlert();
    adaDeclaresIt_andLiJoins();
    peopleTalk();
    aRollbackNeedsASecondPerson_andItsReplyIsLost();
    theBotIsRestarted_andAPersonSaysThatItRan();
    everyConnectionIsCut_whilePeopleTalk();
    newsGoOut();
    theAlertEnds_andPeopleCloseIt();
    everythingIsToldAsItHappened();
  }

  private void aMessageOfAlertmanagerIsReadAsAnAlert() throws IOException {
    alertmanagerPosts("slack-chat.postMessage-FIRING1.json");
    Posted answer =
        slack.message("alerts", "an answer in the thread", m -> m.offers("Declare incident"));
    assertTrue(answer.thread().isPresent());
    for (String label : List.of("Snooze 30 min", "Not an incident")) {
      assertTrue(answer.offers(label), label);
    }
  }

  private void adaDeclaresIt_andLiJoins() {
    at("15:53");
    slack.people().presses("ada", "alerts", "Declare incident");
    ChannelNow opened = slack.channel("inc-1-");
    room = opened.id();
    slack.message(room, "a pinned card", Posted::pinned);
    slack.settle();
    assertEquals(
        List.of(slack.sight().idOf("ada")), slack.sight().channel(room).orElseThrow().members());

    at("15:54");
    slack.people().presses("li", "incidents", "Join INC-1");
    slack.inTime(
        "li is in",
        () ->
            slack.sight().channel(room).orElseThrow().members().contains(slack.sight().idOf("li")));
    slack.settle();
    slack.people().runs("ada", room, "/incident severity 2 checkout fails for many");
    ground.awaitEntry("severity_changed");
  }

  private void peopleTalk() {
    at("15:56");
    String guess = slack.people().types("ada", room, "The 15:40 deploy locks the orders tabel");
    slack.settle();
    at("15:57");
    slack.people().edits("ada", room, guess, "The 15:40 deploy locks the orders table");
    slack.settle();
    String slip = slack.people().types("li", room, "wrong window, sorry");
    slack.settle();
    slack.people().deletes(room, slip);
    slack.settle();
    slack.people().reacts("li", room, guess, "pushpin");
    ground.awaitEntry("highlighted");
    at("15:58");
    slack.people().replies("li", room, guess, "@muster timeline add -10m deploy 4711 finished");
    ground.awaitEntry("note_added");
  }

  private void aRollbackNeedsASecondPerson_andItsReplyIsLost() {
    at("16:00");
    slack.people().runs("ada", room, "/incident rollback checkout to 1.4.1");
    Posted card = slack.message(room, "the exact request", m -> m.offers("Approve"));
    assertTrue(card.words().contains("\"version\":\"1.4.1\""), card.words());
    slack.people().presses("ada", room, "Approve");
    slack.told("ada", "approve");
    slack.settle();
    assertEquals(List.of(), ground.receiver().calls());

    ground.receiver().loseReplies(true);
    at("16:01");
    slack.people().presses("li", room, "Approve");
    slack.message(room, "the question whether it ran", m -> m.offers("It ran"));
    slack.settle();
    assertEquals(1, ground.receiver().calls().size());
  }

  private void theBotIsRestarted_andAPersonSaysThatItRan() {
    slack.bot().restart();
    slack.connected();
    at("16:03");
    slack.people().presses("li", room, "It ran");
    ground.awaitEntry("step_succeeded");
    assertEquals(1, ground.receiver().calls().size());
    slack.message(room, "the step without its buttons", m -> !m.offers("It ran"));
  }

  private void everyConnectionIsCut_whilePeopleTalk() {
    at("16:05");
    slack.pushesAreLost(true);
    slack.socket().mute(true);
    slack.socket().killAll();
    slack.people().types("ada", room, "Error rate falls, said while nobody listened");
    ground.at("16:06");
    slack.people().types("li", room, "Same here, also unheard at first");
    slack.socket().mute(false);
    slack.pushesAreLost(false);
    ground.at("16:07");
    slack.connected();
    for (String said :
        List.of(
            "Error rate falls, said while nobody listened", "Same here, also unheard at first")) {
      slack.inTime(said, () -> ground.logged(said) > 0);
      slack.settle();
      assertEquals(1, ground.logged(said), said);
    }
    ground.awaitEntry("gap_filled");
  }

  private void newsGoOut() {
    at("16:20");
    slack.people().runs("ada", room, "/incident impact 12 % of payments fail");
    ground.awaitEntry("field_changed");
    slack.people().runs("ada", room, "/incident update We rolled back to 1.4.1 and watch");
    ground.awaitEntry("status_update_posted");
    at("17:22");
    ground.awaitEntry("summary_posted");
    at("17:24");
    slack.people().runs("li", room, "/incident mitigate errors are back to normal");
    ground.awaitStatus("mitigated");
  }

  private void theAlertEnds_andPeopleCloseIt() throws IOException {
    at("17:26");
    alertmanagerPosts("slack-chat.postMessage-RESOLVED.json");
    ground.awaitEntry("alert_resolved");
    slack.message(room, "a proposal to resolve", m -> m.words().contains("resolved. Is"));
    assertEquals("mitigated", ground.incident().path("status").asText());
    at("17:28");
    slack.people().presses("li", room, "Resolve INC-1");
    slack.window("li");
    slack.people().submits("li", Map.of());
    ground.awaitStatus("resolved");
    at("17:32");
    slack.people().runs("ada", room, "/incident action add an alert for lock waits @li 2026-12-01");
    ground.awaitEntry("action_added");
    slack.people().runs("ada", room, "/incident close completed rolled back");
    ground.awaitStatus("closed");
  }

  private void everythingIsToldAsItHappened() throws IOException {
    assertFalse(ground.incident().path("milestones").path("resolved").isNull());
    Map<String, String> names =
        Map.of(slack.sight().idOf("ada"), "ADA", slack.sight().idOf("li"), "LI");
    JourneyGround.compare("slack-journey-timeline.txt", Golden.timeline(ground.timeline()), names);
    JourneyGround.compare("slack-journey-postmortem.md", ground.postmortem(), names);
    JourneyGround.compare("slack-journey-channel.txt", Chapters.asRead(slack.said(room)), names);
  }
}
