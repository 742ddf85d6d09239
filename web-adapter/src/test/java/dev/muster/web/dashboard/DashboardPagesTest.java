// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Closing;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.IncidentTask;
import dev.muster.incident.Severity;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.web.dashboard.PageWorld.Sketch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardPagesTest {

  private static final Sketch CHECKOUT = Sketch.of("Checkout fails", Severity.SEV1);

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path folder;
  private PageWorld world;

  @BeforeEach
  void open() {
    world = new PageWorld(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static void holds(String page, String... parts) {
    for (String part : parts) {
      assertTrue(page.contains(part), () -> "lacks " + part + " in " + page);
    }
  }

  private static void lacks(String page, String... parts) {
    for (String part : parts) {
      assertFalse(page.contains(part), () -> "holds " + part);
    }
  }

  @Test
  void home_nothingYet_saysSoAndOffersChatAndFirstAlert() {
    holds(
        world.page("/"),
        "No incident is open",
        "href=\"/chat\"",
        "<details class=\"part\" open=\"\">",
        "curl -X POST http://localhost:8080/alerts/alertmanager");
  }

  @Test
  void home_openIncident_leadsToIt() {
    IncidentId id = world.declare(CHECKOUT);

    holds(
        world.page("/"),
        "One incident is open",
        "href=\"/incidents/" + id + "\"",
        "Checkout fails",
        "<span class=\"sev sev-1\">SEV1</span>",
        "datetime=\"2026-11-20T12:00:00Z\"",
        "2026-11-20 12:00 UTC");
  }

  @Test
  void list_filters_showWhatFits() {
    world.declare(CHECKOUT);
    world.declare(Sketch.of("Search is slow", Severity.SEV3).at(IncidentStatus.CLOSED));

    lacks(world.page("/incidents?status=open"), "Search is slow");
    lacks(world.page("/incidents?status=closed"), "Checkout fails");
    holds(world.page("/incidents?severity=sev3"), "Search is slow");
    holds(world.page("/incidents?q=check&status=&severity="), "Checkout fails");
    holds(world.page("/incidents?q=zebra"), "No incident fits.", "value=\"zebra\"");
    holds(world.page("/incidents?status=nonsense&cursor=x"), "Checkout fails", "Search is slow");
  }

  @Test
  void list_moreThanOnePage_linksToOlder() {
    for (int i = 0; i < 52; i++) {
      world.declare(CHECKOUT);
    }

    String first = world.page("/incidents?severity=SEV1");

    holds(first, "INC-52<", "INC-3<", "href=\"/incidents?severity=SEV1&amp;cursor=3\"");
    lacks(first, "INC-2<");
    holds(world.page("/incidents?severity=SEV1&cursor=3"), "INC-2<", "INC-1<", "Newest");
  }

  @Test
  void incident_thatTookADuplicateOver_saysWhatCameFromIt() {
    IncidentId stays = world.declare(CHECKOUT);
    IncidentId duplicate = world.declare(Sketch.of("Nobody can pay", Severity.SEV2));
    world.close(duplicate, new Closing(Closing.Reason.DUPLICATE, Optional.of(stays)));
    world.say(stays, EntryKind.MESSAGE_LOGGED, "the pool is full", Map.of("origin", "INC-2"));

    holds(
        world.page("/incidents/" + stays),
        "From <a href=\"/incidents/INC-2\">INC-2</a>",
        "the pool is full");
    holds(
        world.page("/incidents/" + duplicate),
        "as duplicate of <a href=\"/incidents/INC-1\">INC-1</a>");
  }

  @Test
  void incident_tasks_openOnesFirst_wordForWord() {
    IncidentId id = world.declare(CHECKOUT);
    world.task(
        new IncidentTask(id, 1, "<b>old</b>", Optional.empty(), Optional.empty(), 1).done(NOON));
    world.task(new IncidentTask(id, 2, "restart", Optional.of(PageWorld.ADA), Optional.empty(), 1));
    world.task(
        new IncidentTask(id, 3, "went on elsewhere", Optional.empty(), Optional.empty(), 1), false);

    String page = world.page("/incidents/" + id);

    holds(page, "Tasks (1 of 2 open)", "&lt;b&gt;old", "nobody yet", "<bdi>Ada</bdi>");
    assertFalse(page.contains("went on elsewhere"));
    assertTrue(page.indexOf("restart") < page.indexOf("&lt;b&gt;old"));
  }

  @Test
  void incident_facts_areShown() {
    IncidentId id = world.declare(CHECKOUT);
    world.attach(id, "Errors above 5 %", "https://prom.example/graph", Map.of("job", "checkout"));

    holds(
        world.page("/incidents/" + id),
        "Open #inc",
        "Ada",
        "Acknowledged",
        "4 min",
        "not yet",
        "Firing",
        "Errors above 5 %",
        "href=\"https://prom.example/graph\"",
        "stated 2 times",
        "Next update by",
        "2026-11-20 12:30 UTC");
  }

  @Test
  void timeline_editAndDeletion_areRevisions() {
    IncidentId id = world.declare(CHECKOUT);
    long first = world.say(id, EntryKind.MESSAGE_LOGGED, "it is the cache", Map.of());
    long edit = world.say(id, EntryKind.MESSAGE_REVISED, "it is the database", Map.of("of", first));
    long second = world.say(id, EntryKind.MESSAGE_LOGGED, "never mind", Map.of());
    world.say(id, EntryKind.MESSAGE_REMOVED, "", Map.of("of", second));

    holds(
        world.page("/incidents/" + id),
        "it is the cache",
        "it is the database",
        "Edited later, in <a class=\"num\" href=\"/incidents/" + id + "?after=0#e" + edit + "\">",
        "entry-struck",
        "never mind",
        "Deleted later, in");
  }

  @Test
  void timeline_messageHeardAfterItsDeletion_isStruck() {
    IncidentId id = world.declare(CHECKOUT);
    long removal = world.say(id, EntryKind.MESSAGE_REMOVED, "", Map.of());
    world.say(id, EntryKind.MESSAGE_LOGGED, "never mind", Map.of("removed", removal));

    holds(world.page("/incidents/" + id), "entry-struck", "Deleted later, in", "#e" + removal);
  }

  @Test
  void timeline_manyEntries_turnsPages() {
    IncidentId id = world.declare(CHECKOUT);
    List<NewEntry> many = Collections.nCopies(229, world.said(EntryKind.MESSAGE_LOGGED, "word"));
    world.append(id, many);
    world.say(id, EntryKind.NOTE_ADDED, "a note", Map.of());

    String newest = world.page("/incidents/" + id);
    String middle = world.page("/incidents/" + id + "?after=100");
    String notes = world.page("/incidents/" + id + "?kind=note_added");

    holds(newest, "id=\"e231\"", "id=\"e132\"", "after=31#timeline\">Earlier");
    lacks(newest, "id=\"e131\"", ">Later<");
    holds(middle, "id=\"e101\"", "id=\"e200\"", "after=0#timeline", "after=200#timeline\">Later");
    holds(notes, "id=\"e231\"");
    lacks(notes, "id=\"e230\"");
  }

  @Test
  void privateIncident_stranger_seesWhatAnUnknownOneShows() {
    IncidentId id = world.declare(Sketch.of("Breach of payroll", Severity.SEV1).asPrivate());

    for (String tail : new String[] {"", "/postmortem", "/postmortem.md"}) {
      var hidden = world.get("/incidents/" + id + tail);
      var unknown = world.get("/incidents/INC-99" + tail);
      assertEquals(404, hidden.status());
      assertArrayEquals(unknown.body(), hidden.body());
      assertEquals(unknown.headers(), hidden.headers());
    }
    for (String page : new String[] {"/", "/incidents", "/incidents?q=payroll", "/board"}) {
      lacks(world.page(page), "Breach", id.toString());
      lacks(world.page(page + (page.contains("?") ? "&" : "?") + "as=bob"), "Breach");
    }
    lacks(world.page("/status?as=ada"), "Breach");
  }

  @Test
  void privateIncident_member_findsItAndStaysWhoTheyAre() {
    IncidentId id = world.declare(Sketch.of("Breach of payroll", Severity.SEV1).asPrivate());

    holds(
        world.page("/incidents?as=ada"),
        "Breach of payroll",
        "Private",
        "href=\"/incidents/" + id + "?as=ada\"",
        "name=\"as\" value=\"ada\"");
    holds(world.page("/incidents/" + id + "?as=ada"), "Breach of payroll", "You look as");
  }

  @Test
  void postmortem_beforeClose_saysWhenItComes() {
    IncidentId id = world.declare(CHECKOUT);

    var answer = world.get("/incidents/" + id + "/postmortem");

    assertEquals(404, answer.status());
    holds(world.page("/incidents/" + id + "/postmortem"), "No postmortem yet");
  }

  @Test
  void postmortem_drafted_citesAndAsks() {
    IncidentId id = world.declare(CHECKOUT.at(IncidentStatus.CLOSED));
    long note =
        world.say(id, EntryKind.NOTE_ADDED, "factor: two servers shared one disk", Map.of());
    world.say(id, EntryKind.POSTMORTEM_DRAFTED, "Drafted.", Map.of());

    holds(
        world.page("/incidents/" + id + "/postmortem"),
        "<h2>Contributing factors</h2>",
        "two servers shared one disk",
        "href=\"/incidents/" + id + "?after=0#e" + note + "\"",
        "[#" + note + "]",
        "Open question.",
        "/incidents/" + id + "/postmortem.md");
    holds(world.page("/incidents/" + id), "/incidents/" + id + "/postmortem\"");
  }

  @Test
  void postmortem_writtenAndPublished_saysWhoByRoleAndWhen() {
    IncidentId id = world.declare(CHECKOUT.at(IncidentStatus.CLOSED));
    world.say(id, EntryKind.ROLE_ASSIGNED, "", Map.of("user", "web:ada", "role", "scribe"));
    world.say(id, EntryKind.POSTMORTEM_DRAFTED, "Drafted.", Map.of());
    NewEntry words = world.said(EntryKind.POSTMORTEM_EDITED, "One <b>\nTwo").about("impact");
    long edited = world.append(id, List.of(words));
    String page = "/incidents/" + id + "/postmortem";
    holds(
        world.page(page),
        "<blockquote class=\"entry-text\"><bdi>One &lt;b&gt;\nTwo</bdi></blockquote>",
        "Written by the scribe on ",
        "[#" + edited + "]",
        "Draft of ");
    long published = world.say(id, EntryKind.POSTMORTEM_PUBLISHED, "Published.", Map.of());

    holds(world.page(page), "<strong>Published</strong>", " by the scribe ", "[#" + published);
    lacks(world.page(page), "Draft of ");
    holds(
        world.page(page + ".md"), "Published on ", "> One \\<b\\>\n> Two\n\nWritten by the scribe");
    world.append(id, List.of(world.said(EntryKind.POSTMORTEM_EDITED, "").about("impact")));
    holds(world.page(page), ", changed since. ");
    lacks(world.page(page), "<blockquote");
  }

  @Test
  void postmortem_download_isMarkdown() {
    IncidentId id = world.declare(CHECKOUT.at(IncidentStatus.CLOSED));
    world.say(id, EntryKind.POSTMORTEM_DRAFTED, "Drafted.", Map.of());

    var answer = world.get("/incidents/" + id + "/postmortem.md");

    assertEquals("text/markdown; charset=utf-8", answer.contentType());
    assertTrue(answer.headers().get("Content-Disposition").startsWith("attachment"));
    holds(world.page("/incidents/" + id + "/postmortem.md"), "# Postmortem " + id, "[#1]");
  }

  @Test
  void board_openIncidents_standBySeverity() {
    world.declare(Sketch.of("Search is slow", Severity.SEV3));
    world.declare(CHECKOUT);
    world.declare(Sketch.of("Old news", Severity.SEV1).at(IncidentStatus.RESOLVED));

    String board = world.page("/board");

    assertTrue(board.indexOf("Checkout fails") < board.indexOf("Search is slow"));
    lacks(board, "Old news");
  }

  @Test
  void status_open_tellsNoNamesAndNoDrills() {
    world.declare(CHECKOUT);
    world.declare(Sketch.of("Fire practice", Severity.SEV1).asDrill());

    String page = world.page("/status");

    holds(page, "One incident is open.", "Checkout fails", "SEV1", "Investigating");
    lacks(page, "Ada", "Fire practice", "INC-", "checkout", "/chat");
  }

  @Test
  void unknownAddress_anything_isAPage() {
    var answer = world.get("/nowhere");

    assertEquals(404, answer.status());
    holds(world.page("/nowhere"), "<!doctype html>", "Not found", "href=\"/incidents\"");
  }

  @Test
  void pages_headers_allowNothingFromElsewhere() {
    String policy = world.get("/").headers().get("Content-Security-Policy");

    assertTrue(policy.startsWith("default-src 'self'"), policy);
    lacks(policy, "unsafe");
  }

  @Test
  void assets_exist_withTheirTypes() {
    assertEquals("text/css; charset=utf-8", world.get("/assets/muster.css").contentType());
    assertEquals("text/css; charset=utf-8", world.get("/assets/pages.css").contentType());
    assertEquals("text/javascript; charset=utf-8", world.get("/assets/pages.js").contentType());
    assertEquals("image/svg+xml", world.get("/assets/icon.svg").contentType());
  }
}
