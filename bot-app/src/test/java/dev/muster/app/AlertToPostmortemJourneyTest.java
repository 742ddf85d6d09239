// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One incident from its alert to its postmortem, over HTTP alone, with a target that does what it
 * is asked and loses the reply, and a restart while nobody knows. Timeline and postmortem are
 * compared with golden files; {@link Golden} says how they are written anew.
 */
final class AlertToPostmortemJourneyTest {

  private static final String ROOM = "inc-1-service-checkout-is-down";
  private static final Path ALERTS =
      Path.of(
          System.getProperty("muster.root", ".."),
          "bot-core/src/test/resources/fixtures/alertmanager");

  private static final String CONFIG =
      """
      alerts:
        sources: [ { name: alertmanager, kind: alertmanager, token: "let-me-in" } ]
        rules:
          - match: { severity: critical }
            group-by: [alertname, cluster]
            severity: SEV2
            service: "{{labels.service}}"
            do: declare
      severities: { SEV2: { update-every: 60m, ack-within: 10m, policy: default, silent-after: off } }
      services: [ { name: checkout, owner: payments, on-call: payments, runbooks: [rollback-checkout] } ]
      oncall:
        schedules:
          - { name: payments, zone: Europe/Berlin, people: [ada, li], rotate-every: 7d, start: "2026-01-05T09:00" }
        policies:
          - name: default
            levels:
              - { notify: ["schedule:payments"], after: 0s }
              - { notify: ["person:ada"], after: 5m }
      access: { default: responder, groups: { sre: [ada, li] }, approvers: [sre] }
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
          headers: { Content-Type: application/json, Authorization: "Bearer ${file:token}" }
          body: '{"service":"checkout","version":"{{version}}","incident":"{{incident.id}}"}'
          success: { status: [200] }
          timeout: 10s
          idempotent: false
      """;

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T15:52:00Z"));
  private final Receiver receiver = new Receiver();
  private BotHarness bot;

  @BeforeEach
  void startTheBot() throws IOException {
    Files.writeString(folder.resolve("token"), "s3cret-of-the-deployer");
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    String root = receiver.url();
    String book = RUNBOOK.replace("${file:token}", "${file:" + folder.resolve("token") + "}");
    Files.writeString(runbooks.resolve("rollback-checkout.yaml"), book.replace("RECEIVER", root));
    bot = BotHarness.start(folder, clock, CONFIG.replace("RECEIVER", root));
  }

  @AfterEach
  void stopTheBot() {
    bot.close();
    receiver.close();
  }

  private BotHttp http() {
    return bot.http();
  }

  private void pass(String duration) {
    clock.advance(Duration.parse(duration));
  }

  private void alert(String recorded) throws IOException {
    JsonNode call = BotHttp.parse(Files.readString(ALERTS.resolve(recorded)));
    BotHttp.Answered answered =
        http()
            .post(
                "/alerts/alertmanager",
                call.path("body").toString(),
                "Authorization",
                "Bearer let-me-in");
    assertEquals(202, answered.status(), answered.body());
  }

  @Test
  void incident_fromItsAlertToItsPostmortem_isLivedThroughOverHttpAlone() throws IOException {
    anAlertOpensAnIncident();
    nobodyAnswers_soTheNextLevelIsAsked();
    peopleTalk();
    aRollbackNeedsASecondPerson();
    theReplyIsLost_andNobodyKnows();
    theBotIsRestarted_andAPersonSaysThatItRan();
    newsGoOutByThemselves();
    theAlertsEnd_andPeopleCloseIt();
    thePostmortemIsThere();
  }

  private void anAlertOpensAnIncident() throws IOException {
    alert("webhook-ServiceDown-firing-2.json");
    assertEquals(ROOM, http().channelOf("INC-1", "ada"));
    bot.settle();

    JsonNode incident = http().incident("INC-1", "ada");
    assertEquals("SEV2", incident.path("severity").asText());
    assertEquals("li", incident.path("commander").path("id").asText());
    assertEquals(2, incident.path("alerts").size());
    assertTrue(incident.path("milestones").path("acknowledged").isNull());
    JsonNode headline = http().message("ada", ROOM, "INC-1");
    assertTrue(BotHttp.words(headline).contains("Service checkout is down"));
    http().message("ada", "incidents", "Service checkout is down");
  }

  private void nobodyAnswers_soTheNextLevelIsAsked() {
    http().message("ada", ROOM, "Asking @li");
    bot.advance(Duration.ofMinutes(10));
    http().message("ada", ROOM, "Asking @ada");
    bot.settle();
    assertEquals(2, http().entries("INC-1", "ada", "escalation_started").size());

    pass("PT1M");
    http().press("ada", ROOM, "ack");
    http().entry("INC-1", "ada", "escalation_acknowledged");
    bot.settle();
    assertFalse(http().incident("INC-1", "ada").path("milestones").path("acknowledged").isNull());
  }

  private void peopleTalk() {
    pass("PT1M");
    String guess = http().say("ada", ROOM, "The 15:40 deploy locks the orders tabel, @li");
    bot.settle();
    pass("PT10S");
    http()
        .json(
            "PATCH",
            message(guess),
            Map.of("user", "ada", "text", "The 15:40 deploy locks the orders table"));
    bot.settle();
    String slip = http().say("li", ROOM, "wrong window, sorry");
    bot.settle();
    http().json("DELETE", message(slip), Map.of("user", "li"));
    bot.settle();
    http().post(message(guess) + "/reactions", Map.of("user", "li", "name", "pushpin"));
    http().entry("INC-1", "ada", "highlighted");
    bot.settle();
    share("li", "locks.txt", "orders: 412 waiting");
    http().entry("INC-1", "ada", "file_shared");
    bot.settle();
    pass("PT50S");
    http().say("ada", ROOM, "/incident timeline add -10m deploy 4711 finished");
    http().entry("INC-1", "ada", "note_added");
    http().ask("ada", "general", "/incident timeline show");
    bot.settle();
  }

  private static String message(String id) {
    return "/api/v1/chat/messages/" + id;
  }

  private void share(String user, String name, String text) {
    String boundary = "muster-journey";
    StringBuilder body = new StringBuilder();
    Map.of("user", user, "channel", ROOM)
        .forEach(
            (field, value) ->
                body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"")
                    .append(field + "\"\r\n\r\n" + value + "\r\n"));
    body.append("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"")
        .append(name + "\"\r\nContent-Type: text/plain\r\n\r\n" + text)
        .append("\r\n--" + boundary + "--\r\n");
    BotHttp.Answered answered =
        http()
            .send(
                "POST",
                "/api/v1/chat/files",
                HttpRequest.BodyPublishers.ofString(body.toString()),
                "Content-Type",
                "multipart/form-data; boundary=" + boundary);
    assertEquals(202, answered.status(), answered.body());
  }

  private void aRollbackNeedsASecondPerson() {
    pass("PT1M");
    http().say("ada", ROOM, "/incident rollback checkout to 1.4.1");
    JsonNode card =
        http().message("li", ROOM, "the card", said -> BotHttp.words(said).contains("Digest: "));
    String shown = BotHttp.words(card);
    assertTrue(shown.contains("POST " + receiver.url() + "/rollback"), shown);
    assertTrue(shown.contains("\"version\":\"1.4.1\""), shown);
    assertFalse(shown.contains("s3cret"), shown);
    bot.settle();

    String own = http().press("ada", ROOM, "approve");
    String refusal = http().told("ada", ROOM, own).path("text").asText();
    assertTrue(refusal.contains("approve"), refusal);
    bot.settle();
    assertEquals(List.of(), receiver.calls());
  }

  private void theReplyIsLost_andNobodyKnows() {
    receiver.loseReplies(true);
    pass("PT30S");
    http().press("li", ROOM, "approve");
    http().message("li", ROOM, "We do not know whether rollback-checkout / call-deployer ran.");
    bot.settle();
    assertEquals(1, receiver.calls().size());
    http().button("li", ROOM, "it_ran");
    http().button("li", ROOM, "run_again");

    pass("PT30S");
    String refusal = http().ask("li", ROOM, "/incident close").path("text").asText();
    assertTrue(refusal.contains("do not know whether step call-deployer"), refusal);
    assertEquals("investigating", http().incident("INC-1", "li").path("status").asText());
  }

  private void theBotIsRestarted_andAPersonSaysThatItRan() {
    bot.settle();
    bot.restart();
    pass("PT1M");
    http().press("li", ROOM, "it_ran");
    http().entry("INC-1", "li", "step_succeeded");
    bot.settle();

    assertEquals(1, receiver.calls().size());
    Receiver.Call call = receiver.calls().get(0);
    assertFalse(call.headers().get("idempotency-key").isBlank());
    assertFalse(call.headers().get("x-muster-run").isBlank());
    assertEquals("Bearer s3cret-of-the-deployer", call.headers().get("authorization"));
    assertEquals(
        "{\"service\":\"checkout\",\"version\":\"1.4.1\",\"incident\":\"INC-1\"}", call.body());
  }

  private void newsGoOutByThemselves() {
    pass("PT1M");
    http().say("ada", ROOM, "/incident impact 12 % of payments fail");
    http().entry("INC-1", "ada", "field_changed");
    http().say("ada", ROOM, "/incident update We rolled back to 1.4.1 and watch the error rate");
    http().entry("INC-1", "ada", "status_update_posted");
    bot.settle();
    Instant next = Instant.parse(http().incident("INC-1", "ada").path("nextUpdate").asText());
    assertEquals(clock.instant().plus(Duration.ofHours(1)), next);

    bot.advance(Duration.ofHours(1));
    http().entry("INC-1", "ada", "summary_posted");
    bot.settle();
    String summary = BotHttp.words(http().message("ada", ROOM, "Status of INC-1"));
    assertTrue(summary.contains("12 % of payments fail"), summary);
    assertTrue(summary.contains("Next update by"), summary);
    pass("PT1M");
    http().say("li", ROOM, "/incident mitigate errors are back to normal");
    http().until("mitigated", () -> status().equals("mitigated"));
    bot.settle();
  }

  private String status() {
    return http().incident("INC-1", "ada").path("status").asText();
  }

  private void theAlertsEnd_andPeopleCloseIt() throws IOException {
    pass("PT1M");
    alert("webhook-ServiceDown-mixed-4.json");
    bot.settle();
    pass("PT1M");
    alert("webhook-ServiceDown-resolved-1.json");
    bot.settle();
    assertEquals("mitigated", status());
    JsonNode proposal =
        http()
            .message(
                "li",
                ROOM,
                "a proposal to resolve",
                said ->
                    BotHttp.words(said).contains("All alerts of INC-1 are resolved")
                        && said.path("card").path("buttons").toString().contains("\"resolve\""));
    assertFalse(proposal.isNull());

    JsonNode asked = http().told("li", ROOM, http().press("li", ROOM, "resolve"));
    String form = asked.path("card").path("form").path("token").asText();
    assertEquals(200, http().submit("li", form, Map.of("text", "")).status());
    http().until("resolved", () -> status().equals("resolved"));
    bot.settle();
    pass("PT5M");
    http().say("ada", ROOM, "/incident action add an alert for lock waits @li 2026-12-01");
    http().entry("INC-1", "ada", "action_added");
    http().say("li", ROOM, "/incident close completed rolled back");
    http().until("closed", () -> status().equals("closed"));
    bot.settle();
  }

  private void thePostmortemIsThere() throws IOException {
    String path = "/api/v1/incidents/INC-1/postmortem";
    JsonNode draft = http().get(path).json();
    List<String> ids = new ArrayList<>();
    Set<Long> cited = new HashSet<>();
    for (JsonNode section : draft.path("sections")) {
      ids.add(section.path("id").asText());
      section
          .path("statements")
          .forEach(said -> said.path("entries").forEach(seq -> cited.add(seq.asLong())));
    }
    assertEquals(
        List.of(
            "summary",
            "impact",
            "milestones",
            "timeline",
            "factors",
            "helped",
            "harder",
            "actions",
            "questions"),
        ids);
    List<JsonNode> timeline = http().timeline("INC-1", "ada");
    Set<Long> known = new HashSet<>();
    timeline.forEach(entry -> known.add(entry.path("seq").asLong()));
    assertTrue(known.containsAll(cited));
    http().message("ada", ROOM, "Postmortem");

    Golden.compare("journey-timeline.txt", Golden.timeline(timeline));
    BotHttp.Answered markdown = http().get(path, "Accept", "text/markdown");
    Golden.compare("journey-postmortem.md", Golden.text(markdown.body()));
  }
}
