// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.app.BotHttp.Answered;
import dev.muster.testkit.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs read: shapes, filters, pages, and the same answer for what is not there. */
@TestInstance(Lifecycle.PER_CLASS)
final class ContractReadingTest {

  private BotHarness bot;
  private BotHttp http;

  @BeforeAll
  void liveABit(@TempDir Path folder) {
    bot = BotHarness.start(folder, ManualClock.atNoon(), "");
    http = bot.http();
    http.ask("ada", "general", "/incident declare! checkout answers 500 sev2");
    http.ask("ada", "general", "/incident declare! search is slow");
    http.ask("ada", "general", "/incident declare! sign-in fails sev1");
    String room = http.channelOf("INC-1", "ada");
    http.say("li", room, "looking at the checkout database");
    http.entry("INC-1", "ada", "message_logged");
    http.say("ada", "general", "/incident INC-3 cancel a drill of the wrong bot");
    http.until("closed", () -> status("INC-3").equals("closed"));
    bot.settle();
  }

  @AfterAll
  void stop() {
    bot.close();
  }

  private String status(String id) {
    return http.incident(id, "ada").path("status").asText();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    for (Iterator<String> each = object.fieldNames(); each.hasNext(); ) {
      names.add(each.next());
    }
    return names;
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.path("items").forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }

  @Test
  void incident_fresh_hasEveryFieldAndNullForTheAbsent() {
    JsonNode incident = http.incident("INC-2", "ada");

    Set<String> wanted =
        Set.of(
            "id",
            "title",
            "severity",
            "status",
            "closing",
            "duplicateOf",
            "commander",
            "roles",
            "channels",
            "milestones",
            "impact",
            "services",
            "alerts",
            "private",
            "drill",
            "nextUpdate",
            "version");
    assertTrue(names(incident).containsAll(wanted), incident.toString());
    assertEquals("search is slow", incident.path("title").asText());
    assertEquals("SEV3", incident.path("severity").asText());
    assertEquals("investigating", incident.path("status").asText());
    assertTrue(incident.path("closing").isNull());
    assertTrue(incident.path("impact").isNull());
    assertEquals(
        "{\"platform\":\"web\",\"id\":\"ada\",\"name\":\"ada\"}",
        incident.path("commander").toString());
    assertEquals("ada", incident.path("roles").path("commander").path("id").asText());
    assertTrue(incident.path("services").isArray() && incident.path("alerts").isArray());
    assertFalse(incident.path("private").asBoolean());
    JsonNode channel = incident.path("channels").get(0);
    assertEquals(Set.of("platform", "id", "name", "url"), names(channel));
    assertEquals(channel.path("id"), channel.path("name"));
    assertTrue(channel.path("name").asText().startsWith("inc-2-search"));
  }

  @Test
  void milestones_always_areAllThere() {
    JsonNode milestones = http.incident("INC-2", "ada").path("milestones");

    assertEquals(
        Set.of(
            "started",
            "detected",
            "declared",
            "acknowledged",
            "identified",
            "mitigated",
            "resolved",
            "closed"),
        names(milestones));
    assertEquals("2026-11-20T12:00:00Z", milestones.path("declared").asText());
    assertEquals("2026-11-20T12:00:00Z", milestones.path("acknowledged").asText());
    assertTrue(milestones.path("closed").isNull());
  }

  @Test
  void incident_cancelled_isClosedAsFalseAlarm() {
    JsonNode incident = http.incident("INC-3", "ada");

    assertEquals("false_alarm", incident.path("closing").asText());
    assertFalse(incident.path("milestones").path("closed").isNull());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 'INC-3,INC-2,INC-1'",
    "status=CLOSED, INC-3",
    "'status=investigating,closed', 'INC-3,INC-2,INC-1'",
    "severity=sev2, INC-1",
    "q=slow, INC-2",
    "q=nowhere, ''"
  })
  void incidents_filtered_areThoseThatFit(String query, String wanted) {
    Answered answered = http.get("/api/v1/incidents?" + query);

    assertEquals(200, answered.status());
    assertEquals(wanted, String.join(",", ids(answered.json())));
    assertTrue(answered.json().path("next").isNull());
  }

  @Test
  void incidents_inPages_comeOnceEachAndEnd() {
    List<String> all = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    while (cursor != null && pages++ < 10) {
      JsonNode page = http.get("/api/v1/incidents?limit=1&cursor=" + cursor).json();
      all.addAll(ids(page));
      cursor = page.path("next").isNull() ? null : page.path("next").asText();
    }

    assertEquals(List.of("INC-3", "INC-2", "INC-1"), all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/incidents?status=sideways",
        "/api/v1/incidents?severity=SEV9",
        "/api/v1/incidents?limit=0",
        "/api/v1/incidents?limit=many",
        "/api/v1/incidents/INC-1/timeline?kind=gossip",
        "/api/v1/incidents/INC-1/timeline?after=-1"
      })
  void parameter_unreadable_isRefusedWithASentence(String path) {
    Answered answered = http.get(path);

    assertEquals(400, answered.status());
    assertEquals("bad_parameter", answered.error());
    assertFalse(answered.json().path("message").asText().isBlank());
  }

  @Test
  void parameter_thatIsNoKnownWord_isAnsweredWithThoseThatAre() {
    String status = http.get("/api/v1/incidents?status=sideways").json().path("message").asText();
    String limit = http.get("/api/v1/incidents?limit=-1").json().path("message").asText();

    assertEquals(
        "status: is one of investigating, identified, mitigated, resolved, closed", status);
    assertEquals("limit: is 0 or more", limit);
  }

  @Test
  void timeline_ofAnIncident_hasEveryFieldAndCountsFromOne() {
    List<JsonNode> entries = http.timeline("INC-1", "ada");

    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.get(i);
      assertEquals(i + 1, entry.path("seq").asInt());
      assertEquals(
          Set.of(
              "seq",
              "at",
              "occurredAt",
              "kind",
              "actor",
              "text",
              "reason",
              "ref",
              "data",
              "hash",
              "prev"),
          names(entry));
      assertEquals(Set.of("type", "id", "name"), names(entry.path("actor")));
      assertTrue(entry.path("at").asText().endsWith("Z"));
      assertTrue(i == 0 || entry.path("prev").equals(entries.get(i - 1).path("hash")));
    }
    assertEquals("incident_declared", entries.get(0).path("kind").asText());
    JsonNode said = http.entries("INC-1", "ada", "message_logged").get(0);
    assertEquals("looking at the checkout database", said.path("text").asText());
    assertEquals("person", said.path("actor").path("type").asText());
    assertTrue(said.path("reason").isNull());
  }

  @Test
  void timeline_afterAndLimit_continuesWithoutGap() {
    String path = "/api/v1/incidents/INC-1/timeline?limit=2&after=";
    JsonNode first = http.get(path + "0").json();
    JsonNode second = http.get(path + first.path("next").asText()).json();

    assertEquals(1, first.path("items").get(0).path("seq").asInt());
    assertEquals(3, second.path("items").get(0).path("seq").asInt());
    JsonNode end = http.get("/api/v1/incidents/INC-1/timeline?after=100000").json();
    assertTrue(end.path("items").isEmpty() && end.path("next").isNull());
  }

  @Test
  void timeline_ofOneKind_hasOnlyThat() {
    JsonNode page = http.get("/api/v1/incidents/INC-1/timeline?kind=ROLE_ASSIGNED").json();

    assertEquals(1, page.path("items").size());
    assertEquals("role_assigned", page.path("items").get(0).path("kind").asText());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/incidents/INC-99",
        "/api/v1/incidents/nonsense",
        "/api/v1/incidents/INC-99/timeline",
        "/api/v1/incidents/INC-99/postmortem",
        "/api/v1/alerts/nothing",
        "/api/v1/nothing"
      })
  void unknown_anything_isNotFoundAsJson(String path) {
    Answered answered = http.get(path);

    assertEquals(404, answered.status());
    assertEquals("not_found", answered.error());
    assertFalse(answered.json().path("message").asText().isBlank());
  }

  @Test
  void postmortem_beforeClose_isNotDrafted() {
    Answered answered = http.get("/api/v1/incidents/INC-1/postmortem");

    assertEquals(404, answered.status());
    assertEquals("not_drafted", answered.error());
  }

  @Test
  void postmortem_afterClose_isJsonAndMarkdown() {
    Answered json = http.get("/api/v1/incidents/INC-3/postmortem");
    Answered markdown = http.get("/api/v1/incidents/INC-3/postmortem", "Accept", "text/markdown");

    assertEquals(Set.of("incident", "generatedAt", "sections"), names(json.json()));
    for (JsonNode section : json.json().path("sections")) {
      assertEquals(Set.of("id", "title", "statements", "missing"), names(section));
    }
    assertTrue(markdown.header("Content-Type").orElseThrow().startsWith("text/markdown"));
    assertTrue(markdown.body().contains("[#1]"), markdown.body());
  }

  @Test
  void postmortemEdition_nobodyWrote_isAllNull() {
    assertEquals("not_drafted", http.get("/api/v1/incidents/INC-1/postmortem/edition").error());
    JsonNode edition = http.get("/api/v1/incidents/INC-3/postmortem/edition").json();

    assertTrue(edition.path("published").isNull());
    assertEquals(9, edition.path("sections").size());
    for (JsonNode section : edition.path("sections")) {
      assertTrue(section.path("written").isNull(), section.toString());
    }
  }

  @Test
  void search_wordOfAMessage_findsItsEntry() {
    JsonNode found =
        http.await(
            "the entry is found",
            () ->
                Optional.of(http.get("/api/v1/search?q=database").json())
                    .filter(page -> !page.path("items").isEmpty()));

    assertEquals("INC-1", found.path("items").get(0).path("incident").asText());
    assertTrue(found.path("next").isNull());
    assertTrue(http.get("/api/v1/search?q=xylophone").json().path("items").isEmpty());
  }

  @Test
  void journal_always_saysThatItStarted() {
    JsonNode journal = http.get("/api/v1/journal").json();

    assertEquals("started", journal.path("items").get(0).path("kind").asText());
  }

  @Test
  void health_running_isWell() {
    assertEquals(200, http.get("/livez").status());
    assertEquals(200, http.get("/readyz").status());
    JsonNode health = http.get("/api/v1/health").json();
    assertTrue(health.path("alive").asBoolean() && health.path("ready").asBoolean());
    Answered metrics = http.get("/metrics");
    assertTrue(metrics.header("Content-Type").orElseThrow().startsWith("text/plain"));
    assertTrue(metrics.body().contains("muster_deliveries_total"), metrics.body());
    assertTrue(http.get("/api/v1/openapi.json").json().path("openapi").asText().startsWith("3."));
  }

  @Test
  void pages_always_areHtmlWithAStrictPolicy() {
    for (String path :
        List.of(
            "/",
            "/chat",
            "/incidents",
            "/incidents/INC-1",
            "/incidents/INC-3/postmortem",
            "/board",
            "/status")) {
      Answered page = http.get(path, "Accept", "text/html");
      assertEquals(200, page.status(), path);
      assertTrue(page.header("Content-Type").orElseThrow().startsWith("text/html"), path);
      assertTrue(page.header("Content-Security-Policy").isPresent(), path);
    }
  }
}
