// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.slack.fake.OpenWindow;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resolving and closing by forms: asked for impact, never required, nothing overwritten unseen. */
class SlackEndingsTest {

  @TempDir Path folder;
  private WholeSlack bot;
  private String room;

  @BeforeEach
  void start() {
    bot = new WholeSlack(folder);
    room = bot.declared("ada", "checkout is slow");
  }

  @AfterEach
  void close() {
    bot.close();
  }

  private OpenWindow window(String person) {
    List<OpenWindow> open = bot.sight().windowsOf(person);
    assertTrue(!open.isEmpty(), bot.told(person));
    return open.get(open.size() - 1);
  }

  private Map<String, String> submits(String person, Map<String, String> values) {
    Map<String, String> errors = bot.people().submits(person, values);
    bot.engine().settle();
    return errors;
  }

  private Incident incident() {
    return bot.engine().incident("INC-1");
  }

  private TimelineEntry lastStatus() {
    List<TimelineEntry> changes = bot.engine().entries("INC-1", EntryKind.STATUS_CHANGED);
    return changes.get(changes.size() - 1);
  }

  @Test
  void resolve_pressed_asksForImpactAndSaysWhatIsOpen_andTakesBoth() {
    bot.runs("ada", room, "impact one in ten payments fails");
    bot.runs("ada", room, "action add an alert for lock waits");

    bot.presses("ada", room, "Resolve INC-1");

    assertTrue(incident().status().isOpen());
    OpenWindow form = window("ada");
    assertEquals("one in ten payments fails", form.filledIn().get("Impact"));
    assertTrue(form.words().contains("Open actions: #1 add an alert for lock waits"), form.words());
    submits("ada", Map.of("impact", "12 % of payments failed", "text", "4711 was rolled back"));
    assertEquals(IncidentStatus.RESOLVED, incident().status());
    assertEquals("12 % of payments failed", incident().impact());
    assertEquals("4711 was rolled back", lastStatus().reason());
  }

  @Test
  void resolve_submittedEmpty_isEnough() {
    bot.presses("ada", room, "Resolve INC-1");

    submits("ada", Map.of());

    assertEquals(IncidentStatus.RESOLVED, incident().status());
    assertEquals("", incident().impact());
  }

  @Test
  void resolve_submittedAfterTheClose_saysSoAndKeepsTheText() {
    bot.presses("ada", room, "Resolve INC-1");
    bot.runs("ada", room, "cancel it was a test of ours");

    submits("ada", Map.of("text", "4711 was rolled back", "impact", "nobody noticed"));

    assertTrue(window("ada").view().toString().contains("INC-1 was closed at 12:00 UTC"));
    assertEquals("", incident().impact());
    bot.presses("ada", room, "Add to the timeline");
    assertEquals(
        List.of("4711 was rolled back Impact: nobody noticed"),
        bot.engine().texts("INC-1", EntryKind.NOTE_ADDED));
  }

  @Test
  void resolve_ofTwoPeopleAtOnce_theSecondOverwritesNothing() {
    bot.presses("ada", room, "Resolve INC-1");
    bot.presses("li", room, "Resolve INC-1");
    submits("ada", Map.of("text", "4711 was rolled back", "impact", "one in ten payments"));

    submits("li", Map.of("text", "it went away", "impact", "all payments"));

    assertTrue(window("li").view().toString().contains("INC-1 was resolved at 12:00 UTC"));
    assertTrue(bot.told("li").contains("it went away"), bot.told("li"));
    assertEquals("one in ten payments", incident().impact());
    assertEquals(1, bot.engine().entries("INC-1", EntryKind.STATUS_CHANGED).size());
  }

  @Test
  void impact_changedWhileTheFormStoodOpen_isShownBeforeItIsOverwritten() {
    bot.presses("ada", room, "Resolve INC-1");
    bot.clock().advance(Duration.ofMinutes(3));
    bot.runs("li", room, "impact only Europe");

    Map<String, String> errors = submits("ada", Map.of("impact", "everybody"));

    assertTrue(errors.get("impact").contains("li changed this at 12:03 UTC"), errors.toString());
    assertTrue(errors.get("impact").contains("only Europe"), errors.toString());
    assertTrue(incident().status().isOpen());
    submits("ada", Map.of("impact", "everybody"));
    assertEquals("everybody", incident().impact());
    assertEquals(IncidentStatus.RESOLVED, incident().status());
  }

  @Test
  void impact_leftAsTheFormHeldIt_doesNotUndoANewerOne() {
    bot.runs("ada", room, "impact one in ten payments fails");
    bot.presses("ada", room, "Resolve INC-1");
    bot.runs("li", room, "impact only Europe");

    submits("ada", Map.of());
    submits("ada", Map.of());

    assertEquals("only Europe", incident().impact());
    assertEquals(IncidentStatus.RESOLVED, incident().status());
  }

  @Test
  void close_asADuplicate_needsTheOtherIncident() {
    bot.declared("li", "payments are slow");
    bot.runs("ada", room, "resolve same cause");
    bot.presses("ada", room, "Close INC-1");

    Map<String, String> missing = submits("ada", Map.of("reason", "duplicate"));
    Map<String, String> unknown =
        submits("ada", Map.of("reason", "duplicate", "original", "INC-9"));

    assertTrue(missing.get("original").contains("INC-2"), missing.toString());
    assertTrue(unknown.get("reason").contains("no incident INC-9"), unknown.toString());
    submits("ada", Map.of("reason", "duplicate", "original", "INC-2", "text", "see there"));
    assertEquals(IncidentStatus.CLOSED, incident().status());
    assertEquals(
        Optional.of(new Closing(Closing.Reason.DUPLICATE, IncidentId.parse("INC-2"))),
        incident().closing());
    assertEquals("see there", lastStatus().reason());
  }

  private boolean says(String channel, String words) {
    return bot.sight().messages(channel).stream().anyMatch(m -> m.words().contains(words));
  }

  @Test
  void merge_pressed_bringsPeopleOverAndTellsBothChannels() {
    String stays = bot.declared("li", "payments are slow");
    bot.runs("ada", room, "merge");
    bot.presses("ada", room, "INC-2");
    bot.people().settle();
    bot.engine().settle();

    assertEquals(
        Optional.of(new Closing(Closing.Reason.DUPLICATE, IncidentId.parse("INC-2"))),
        incident().closing());
    assertTrue(
        bot.sight().channel(stays).orElseThrow().members().contains(bot.sight().idOf("ada")));
    assertTrue(says(stays, "ada merged INC-1 “checkout is slow” into this incident."));
    assertTrue(says(room, "INC-1 is a duplicate of INC-2"));
    bot.presses("sam", room, "Join INC-2");
    assertTrue(
        bot.sight().channel(stays).orElseThrow().members().contains(bot.sight().idOf("sam")));
  }

  @Test
  void impactTooLongForTheField_leftAsItStands_isNotCutShort() {
    String impact = "many people cannot pay ".repeat(150).strip();
    bot.runs("ada", room, "impact " + impact);
    bot.presses("ada", room, "Resolve INC-1");
    String shown = window("ada").filledIn().get("Impact");
    assertTrue(shown.length() < impact.length(), "the field takes less");

    submits("ada", Map.of("impact", shown, "text", "4711 was rolled back"));

    assertEquals(IncidentStatus.RESOLVED, incident().status());
    assertEquals(impact, incident().impact());
  }

  @Test
  void close_pressedBySomebodyElse_isTheCommandersToDo() {
    bot.runs("ada", room, "resolve rolled back");

    bot.presses("li", room, "Close INC-1");

    assertEquals(List.of(), bot.sight().windowsOf("li"));
    assertTrue(bot.told("li").contains("the commander or the deputy"), bot.told("li"));
  }

  @Test
  void close_whileAnApprovalIsOpen_listsItAndStaysOpen() {
    bot.engine().configure(Decided::withRollback);
    bot.runs("ada", room, "rollback");
    bot.presses("ada", room, "Resolve INC-1");
    assertTrue(window("ada").words().contains("awaits approval"), window("ada").words());
    submits("ada", Map.of());

    bot.presses("ada", room, "Close INC-1");
    Map<String, String> errors = submits("ada", Map.of("text", "done"));

    String matter = "step call-deployer of runbook rollback-checkout awaits approval";
    assertTrue(window("ada").words().contains("Cannot be closed yet: " + matter));
    assertTrue(errors.get("reason").contains(matter), errors.toString());
    assertEquals(IncidentStatus.RESOLVED, incident().status());
  }
}
