// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every verb once by command: what it leaves on the timeline, or what it answers. */
@TestInstance(Lifecycle.PER_CLASS)
final class VerbsTest {

  private static final String CONFIG =
      """
      severities: { SEV1: { policy: default }, SEV2: { policy: default }, SEV3: { policy: default } }
      services: [ { name: checkout, runbooks: [rollback-checkout] } ]
      oncall:
        schedules: [ { name: payments, people: [ada, li], rotate-every: 7d, start: "2026-01-05T09:00" } ]
        policies: [ { name: default, levels: [ { notify: ["schedule:payments"], after: 0s }, { notify: ["person:sam"], after: 5m } ] } ]
      runbooks: runbooks/
      """;

  private static final String RUNBOOK =
      """
      name: rollback-checkout
      rollback: true
      when: { service: checkout }
      parameters: [ { name: version, required: true } ]
      steps: [ { id: look, kind: manual, approval: none, body: "Look at {{version}}." } ]
      """;

  private BotHarness bot;
  private BotHttp http;
  private String room;

  @BeforeAll
  void declare(@TempDir Path folder) throws IOException {
    Path runbooks = Files.createDirectories(folder.resolve("runbooks"));
    Files.writeString(runbooks.resolve("rollback.yaml"), RUNBOOK);
    bot = BotHarness.start(folder, ManualClock.atNoon(), CONFIG);
    http = bot.http();
    http.ask("ada", "general", "/incident declare! checkout answers 500 sev2");
    room = http.channelOf("INC-1", "ada");
    bot.settle();
  }

  @AfterAll
  void stop() {
    bot.close();
  }

  /** Keeps the tests of one person under the limit of commands in ten seconds. */
  @BeforeEach
  void letTimePass() {
    bot.advance(Duration.ofSeconds(11));
  }

  @Test
  void verbs_allOfThem_areInTheTables() {
    List<String> known = new ArrayList<>();
    http.get("/api/v1/commands")
        .json()
        .path("items")
        .forEach(item -> known.add(item.path("verb").asText()));

    assertEquals(42, known.size(), known.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "help                               | /incident help VERB",
        "                                   | /incident",
        "help severity                      | severity SEV [REASON]",
        "list                               | INC-1",
        "list mine                          | INC-1",
        "status                             | INC-1",
        "role                               | Roles of INC-1",
        "runbook                            | rollback-checkout",
        "actions                            | INC-1",
        "timeline                           | INC-1",
        "timeline export                    | on its way to you",
        "postmortem                         | close",
        "postmortem draft                   | drafted when it is closed",
        "postmortem edit summary It broke   | drafted when it is closed",
        "postmortem publish                 | drafted when it is closed",
        "join                               | INC-1",
        "subscribe                          | come to you as direct messages",
        "subscribe                          | subscribed to INC-1 already",
        "unsubscribe                        | no longer subscribed to INC-1",
        "unsubscribe                        | You are not subscribed to INC-1",
        "ack                                | INC-1",
        "call                               | INC-1",
        "task                               | INC-1",
        "version                            | Muster development",
        "private                            | Only ",
        "public                             | already public"
      })
  void verb_thatReads_answersPrivately(String words, String part) {
    JsonNode answer = http.ask("ada", room, ("/incident " + (words == null ? "" : words)).strip());

    assertTrue(BotHttp.words(answer).contains(part), BotHttp.words(answer));
    assertEquals("ada", answer.path("visibleTo").asText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "severity 3 fewer people            | severity_changed     | SEV3",
        "severity sev1 everybody            | severity_changed     | SEV1",
        "role scribe @sam                   | role_assigned        | sam",
        "role scribe nobody                 | role_released        | sam",
        "invite @kim                        | member_added         | kim",
        "title Checkout answers 500 in EU   | field_changed        | Checkout answers 500 in EU",
        "impact 12 % of payments fail       | field_changed        | 12 % of payments fail",
        "affects checkout search            | field_changed        | checkout, search",
        "update we know the commit          | status_update_posted | we know the commit",
        "next 30m                           | next_update_set      | 12:",
        "commander @li                      | handover_offered     | li",
        "timeline add -10m deploy 4711 done | note_added           | deploy 4711 done",
        "action add an alert @li            | action_added         | add an alert",
        "action done 1                      | action_done          | add an alert",
        "task restart the queue @li         | task_added           | restart the queue – li",
        "task give 1 nobody                 | task_released        | Nobody has it",
        "task take 1                        | task_assigned        | ada has it",
        "task done #1                       | task_done            | restart the queue",
        "link https://g.example.com/d Board | note_added           | Board:"
            + " https://g.example.com/d",
        "call https://meet.example.com/1    | note_added           | Call:"
            + " https://meet.example.com/1",
        "escalate nobody answers            | escalation_started   | Asked",
        "page @sam it is down               | escalation_started   | Asked @sam.",
        "page payments it is down           | escalation_started   | Asked @",
        "runbook rollback-checkout version=2| runbook_started      | rollback-checkout",
        "rollback checkout to 1.4.1         | step_requested       | look",
        "identify a lock                    | status_changed       | identified",
        "mitigate moved away                | status_changed       | mitigated",
        "resolve all is well                | status_changed       | resolved",
        "reopen it is back                  | status_changed       | investigating"
      })
  void verb_thatChanges_leavesAFact(String words, String kind, String part) {
    int before = http.entries("INC-1", "ada", kind).size();
    http.say("ada", room, "/incident " + words);

    JsonNode entry =
        http.await(
            kind + " after " + words,
            () ->
                Optional.of(http.entries("INC-1", "ada", kind))
                    .filter(found -> found.size() > before)
                    .map(found -> found.get(found.size() - 1)));
    assertTrue(entry.path("text").asText().contains(part), entry.toString());
  }

  @Test
  void declare_withoutForm_andItsEnd_byCommand() {
    http.ask("kim", "general", "/incident declare! a drill of ours sev4 --drill");
    String id = newest();
    assertTrue(http.incident(id, "kim").path("drill").asBoolean());
    String drill = http.channelOf(id, "kim");
    http.say("kim", drill, "/incident close duplicate INC-1");
    http.until("closed", () -> http.incident(id, "kim").path("status").asText().equals("closed"));
    JsonNode closed = http.incident(id, "kim");
    assertEquals("duplicate", closed.path("closing").asText());
    assertEquals("INC-1", closed.path("duplicateOf").asText());
  }

  @Test
  void merge_byCommand_isTheCloseAsDuplicateThatTheApiTells() {
    http.ask("max", "general", "/incident declare! nobody can pay sev4");
    String id = newest();
    String room = http.channelOf(id, "max");
    http.say("max", room, "/incident merge INC-1 the same pool");
    http.until("closed", () -> http.incident(id, "max").path("status").asText().equals("closed"));
    assertEquals("duplicate", http.incident(id, "max").path("closing").asText());
    assertEquals("INC-1", http.incident(id, "max").path("duplicateOf").asText());
    String merged = http.entry("INC-1", "ada", "incident_merged").path("text").asText();
    assertEquals(id + " “nobody can pay” was merged into this one.", merged);
  }

  private String newest() {
    return http.get("/api/v1/incidents?limit=1").json().path("items").get(0).path("id").asText();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sevrity 2            | severity",
        "severity             | /incident severity sev",
        "severity 9           | /incident severity sev",
        "commander            | /incident commander me",
        "role boss @li        | /incident role",
        "title                | /incident title",
        "impact               | /incident impact",
        "affects              | /incident affects",
        "next                 | /incident next 30m",
        "next soon            | /incident next 30m",
        "timeline add         | /incident timeline add",
        "action               | /incident action",
        "action done 77       | 77",
        "action done x        | /incident action done",
        "task !               | /incident task",
        "task done            | /incident task done 2",
        "task done 77         | See them all: /incident task",
        "task give 1          | /incident task give 2 @li",
        "merge 1              | /incident merge INC-42",
        "cancel               | /incident cancel",
        "private please       | /incident private",
        "postmortem erase     | /incident postmortem edit summary",
        "runbook nonsense     | rollback-checkout",
        "runbook rollback-checkout nonsense=1 | version",
        "rollback nonsense    | nonsense",
        "invite               | /incident invite",
        "space                | /incident space",
        "space teams          | There are: web.",
        "link-person Ada web:ada | A name does not say who somebody is",
        "link-person @ada     | /incident link-person",
        "link-person @ada web:li | an admin",
        "unlink-person        | /incident unlink-person",
        "declare!             | /incident declare!",
        "status INC-99        | INC-99",
        "subscribe INC-99     | INC-99",
        "subscribe to it all  | /incident subscribe",
        "frobnicate           | I do not know"
      })
  void verb_usedWrongly_namesTheNearestExample(String words, String part) {
    JsonNode answer = http.ask("eve", room, "/incident " + words);

    assertTrue(BotHttp.words(answer).contains(part), BotHttp.words(answer));
    assertEquals("eve", answer.path("visibleTo").asText());
  }

  @Test
  void timeline_exported_isAFileThatNobodyElseCanFetch() {
    http.say("max", room, "/incident timeline export");
    String id = http.await("the file is there", () -> fileOf("max")).path("id").asText();

    String address = "/api/v1/chat/files/" + id + "?as=";
    assertTrue(http.get(address + "max").body().startsWith("# Timeline of INC-1: "));
    assertEquals(404, http.get(address + "ada").status());
    assertEquals(Optional.empty(), fileOf("ada"));
  }

  private Optional<JsonNode> fileOf(String user) {
    JsonNode page = http.get("/api/v1/chat/channels/general/messages?as=" + user).json();
    for (JsonNode message : page.path("items")) {
      if (message.path("files").path(0).path("name").asText().equals("INC-1-timeline.md")) {
        return Optional.of(message.path("files").path(0));
      }
    }
    return Optional.empty();
  }

  @Test
  void changingVerb_outsideAnIncidentsChannel_needsItsName() {
    String answer = http.ask("kim", "general", "/incident impact none").path("text").asText();
    assertTrue(answer.contains("/incident impact INC-"), answer);

    http.say("kim", "general", "/incident impact INC-1 nobody pays");
    http.until(
        "the impact is known",
        () -> http.incident("INC-1", "ada").path("impact").asText().equals("nobody pays"));
  }
}
