// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.slack.fake.ChannelNow;
import dev.muster.slack.fake.Posted;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  private static final Path RECORDED =
      Path.of(
          System.getProperty("muster.root", ".."),
          "bot-core/src/test/resources/fixtures/alertmanager");

  private static final String CONFIG =
      """
      severities: { SEV2: { update-every: 60m, ack-within: 10m, silent-after: off } }
      services: [ { name: checkout, runbooks: [rollback-checkout] } ]
      outbound: { allow: ["RECEIVER"] }
      runbooks: runbooks/
      """;

  private static final String RUNBOOK =
      """
      name: rollback-checkout
      rollback: true
      when: { service: checkout }
      parameters: [ { name: version, required: true } ]
      steps:
        - id: call-deployer
          kind: webhook
          approval: required
          method: POST
          url: RECEIVER/rollback
          headers: { Content-Type: application/json }
          body: '{"service":"checkout","version":"{{version}}","incident":"{{incident.id}}"}'
          success: { status: [200] }
          timeout: 10s
          idempotent: false
      """;

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T15:52:00Z"));
  private final Receiver receiver = new Receiver();
  private SlackBot slack;
  private String room;

  @BeforeEach
  void startTheBot() throws IOException {
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    Files.writeString(
        runbooks.resolve("rollback-checkout.yaml"), RUNBOOK.replace("RECEIVER", receiver.url()));
    slack = SlackBot.startOnSocket(folder, clock, CONFIG.replace("RECEIVER", receiver.url()));
    for (String person : List.of("ada", "li")) {
      slack.people().admits(person, "alerts");
      slack.people().admits(person, "incidents");
    }
  }

  @AfterEach
  void stopTheBot() {
    slack.close();
    receiver.close();
  }

  /** What follows happens at this minute; orders that wait for their turn take seconds of it. */
  private void at(String time) {
    slack.connected();
    clockShows(time);
  }

  private void clockShows(String time) {
    slack
        .bot()
        .advance(Duration.between(clock.instant(), Instant.parse("2026-11-20T" + time + ":00Z")));
  }

  private JsonNode incident() {
    return slack.bot().http().get("/api/v1/incidents/INC-1").json();
  }

  private List<JsonNode> timeline() {
    return slack.bot().http().timeline("INC-1", "");
  }

  private void awaitEntry(String kind) {
    slack.inTime(
        kind, () -> timeline().stream().anyMatch(e -> e.path("kind").asText().equals(kind)));
    slack.settle();
  }

  private void alertmanagerPosts(String recorded) throws IOException {
    JsonNode body = BotHttp.parse(Files.readString(RECORDED.resolve(recorded))).path("body");
    slack.people().postsAs("Alertmanager", "alerts", "", body.path("attachments").toString());
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
    slack
        .bot()
        .http()
        .until(
            "li is in",
            () ->
                slack
                    .sight()
                    .channel(room)
                    .orElseThrow()
                    .members()
                    .contains(slack.sight().idOf("li")));
    slack.settle();
    slack.people().runs("ada", room, "/incident severity 2 checkout fails for many");
    awaitEntry("severity_changed");
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
    awaitEntry("highlighted");
    at("15:58");
    slack.people().replies("li", room, guess, "@muster timeline add -10m deploy 4711 finished");
    awaitEntry("note_added");
  }

  private void aRollbackNeedsASecondPerson_andItsReplyIsLost() {
    at("16:00");
    slack.people().runs("ada", room, "/incident rollback checkout to 1.4.1");
    Posted card = slack.message(room, "the exact request", m -> m.offers("Approve"));
    assertTrue(card.words().contains("\"version\":\"1.4.1\""), card.words());
    slack.people().presses("ada", room, "Approve");
    slack.told("ada", "approve");
    slack.settle();
    assertEquals(List.of(), receiver.calls());

    receiver.loseReplies(true);
    at("16:01");
    slack.people().presses("li", room, "Approve");
    slack.message(room, "the question whether it ran", m -> m.offers("It ran"));
    slack.settle();
    assertEquals(1, receiver.calls().size());
  }

  private void theBotIsRestarted_andAPersonSaysThatItRan() {
    slack.bot().restart();
    slack.connected();
    at("16:03");
    slack.people().presses("li", room, "It ran");
    awaitEntry("step_succeeded");
    assertEquals(1, receiver.calls().size());
    slack.message(room, "the step without its buttons", m -> !m.offers("It ran"));
  }

  private void everyConnectionIsCut_whilePeopleTalk() {
    at("16:05");
    slack.pushesAreLost(true);
    slack.socket().mute(true);
    slack.socket().killAll();
    slack.people().types("ada", room, "Error rate falls, said while nobody listened");
    clockShows("16:06");
    slack.people().types("li", room, "Same here, also unheard at first");
    slack.socket().mute(false);
    slack.pushesAreLost(false);
    clockShows("16:07");
    slack.connected();
    for (String said :
        List.of(
            "Error rate falls, said while nobody listened", "Same here, also unheard at first")) {
      slack.inTime(said, () -> logged(said) > 0);
      slack.settle();
      assertEquals(1, logged(said), said);
    }
    awaitEntry("gap_filled");
  }

  private long logged(String said) {
    return timeline().stream()
        .filter(e -> e.path("kind").asText().equals("message_logged"))
        .filter(e -> e.path("text").asText().equals(said))
        .count();
  }

  private void newsGoOut() {
    at("16:20");
    slack.people().runs("ada", room, "/incident impact 12 % of payments fail");
    awaitEntry("field_changed");
    slack.people().runs("ada", room, "/incident update We rolled back to 1.4.1 and watch");
    awaitEntry("status_update_posted");
    at("17:22");
    awaitEntry("summary_posted");
    at("17:24");
    slack.people().runs("li", room, "/incident mitigate errors are back to normal");
    slack
        .bot()
        .http()
        .until("mitigated", () -> incident().path("status").asText().equals("mitigated"));
    slack.settle();
  }

  private void theAlertEnds_andPeopleCloseIt() throws IOException {
    at("17:26");
    alertmanagerPosts("slack-chat.postMessage-RESOLVED.json");
    awaitEntry("alert_resolved");
    slack.message(room, "a proposal to resolve", m -> m.words().contains("resolved. Is"));
    assertEquals("mitigated", incident().path("status").asText());
    at("17:28");
    slack.people().presses("li", room, "Resolve INC-1");
    slack.window("li");
    slack.people().submits("li", Map.of());
    slack
        .bot()
        .http()
        .until("resolved", () -> incident().path("status").asText().equals("resolved"));
    slack.settle();
    at("17:32");
    slack.people().runs("ada", room, "/incident action add an alert for lock waits @li 2026-12-01");
    awaitEntry("action_added");
    slack.people().runs("ada", room, "/incident close completed rolled back");
    slack.bot().http().until("closed", () -> incident().path("status").asText().equals("closed"));
    slack.settle();
  }

  private void everythingIsToldAsItHappened() throws IOException {
    assertFalse(incident().path("milestones").path("resolved").isNull());
    Golden.compare("slack-journey-timeline.txt", names(Golden.timeline(timeline())));
    String draft =
        slack
            .bot()
            .http()
            .get("/api/v1/incidents/INC-1/postmortem", "Accept", "text/markdown")
            .body();
    Golden.compare("slack-journey-postmortem.md", names(Golden.text(draft)));
    Golden.compare("slack-journey-channel.txt", names(Golden.text(asRead())));
  }

  /** As people read it: each thread under its root, for threads go on beside the channel. */
  private String asRead() {
    List<Posted> all = slack.sight().messages(room);
    return all.stream()
        .filter(posted -> posted.thread().isEmpty())
        .map(root -> withReplies(root, all))
        .collect(Collectors.joining());
  }

  private static String withReplies(Posted root, List<Posted> all) {
    return all.stream()
        .filter(posted -> posted.thread().equals(Optional.of(root.ts())))
        .map(reply -> line(reply, "  └ "))
        .collect(Collectors.joining("", line(root, ""), ""));
  }

  private static String line(Posted posted, String lead) {
    String who = posted.isFromBot() ? "muster: " : "person: ";
    return lead + who + posted.words().strip().replace("\n", "\n        ") + "\n";
  }

  /**
   * Time passes while orders wait for their turn; ids are counted up, and keys are random. How many
   * breaks turn out to have hidden nothing is a matter of the machine's pace.
   */
  private String names(String text) {
    return Map.of("ADA", slack.sight().idOf("ada"), "LI", slack.sight().idOf("li"))
        .entrySet()
        .stream()
        .reduce(
            text.replaceAll("(T[0-9:]{5}):[0-9.]+Z", "$1Z")
                .replaceAll("(?m)^\\S+  gap_filled .* 0 messages, 0 edits, 0 del.*\\R", "")
                .replaceAll("from entries 1 to \\d+", "from all entries")
                .replaceAll("(?m)^\\S+(  gap_filled)", "whenever$1")
                .replaceAll("(?m)^- [0-9:]+ UTC(  Nothing was heard)", "- whenever$1")
                .replaceAll("heard from .{20,24} to .{20,24} at the latest", "heard for a while")
                .replaceAll("\\S+-call-deployer-1", "KEY-call-deployer-1"),
            (now, person) -> now.replace(person.getValue(), person.getKey()),
            (one, other) -> other);
  }
}
