// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.slack.fake.OpenWindow;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command changes hands: who leaves is sent a draft, and posts what they made of it. */
class SlackHandoverTest {

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

  private void handsOver() {
    bot.escaped("ada", room, "commander <@" + bot.people().person("li") + "|li>");
    bot.pressesPrivately("li", "Accept command");
  }

  private boolean isOffered(String person, String label) {
    return bot.sight().toldTo(person).stream().anyMatch(m -> m.offers(label));
  }

  private Map<String, String> submits(String person, Map<String, String> values) {
    Map<String, String> errors = bot.people().submits(person, values);
    bot.engine().settle();
    return errors;
  }

  private OpenWindow window(String person) {
    List<OpenWindow> open = bot.sight().windowsOf(person);
    assertFalse(open.isEmpty(), bot.told(person));
    return open.get(open.size() - 1);
  }

  @Test
  void handover_accepted_draftsTheNoteForWhoLeaves_andPostsItOnce() {
    bot.runs("ada", room, "impact one in ten payments fails");
    bot.runs("ada", room, "timeline add deploy 4711 finished");
    bot.runs("ada", room, "action add an alert for lock waits");
    handsOver();
    assertEquals("li", bot.engine().incident("INC-1").commander().orElseThrow().name());
    assertTrue(isOffered("ada", "Edit handover note"), bot.told("ada"));
    assertFalse(isOffered("li", "Edit handover note"), bot.told("li"));

    bot.pressesPrivately("ada", "Edit handover note");

    String draft = window("ada").filledIn().values().iterator().next();
    assertTrue(draft.contains("SEV3, investigating. Impact: one in ten payments fails"), draft);
    assertTrue(draft.contains("deploy 4711 finished"), draft);
    assertTrue(draft.contains("#1 add an alert for lock waits"), draft);
    assertTrue(draft.contains("Next update due: "), draft);
    assertTrue(submits("ada", Map.of("text", "")).get("text").contains("must know"));
    submits("ada", Map.of("text", "We wait for the rollback."));
    assertTrue(
        bot.engine()
            .texts("INC-1", EntryKind.NOTE_ADDED)
            .contains("Command: ada → li 12:00 UTC\nWe wait for the rollback."));
    assertTrue(
        bot.sight().messages(room).stream()
            .anyMatch(
                m ->
                    m.words().contains("Command: ada → li 12:00 UTC")
                        && m.words().contains("We wait for the rollback.")));
    bot.pressesPrivately("ada", "Edit handover note");
    assertTrue(
        bot.sight().toldTo("ada").stream().anyMatch(m -> m.words().contains("posted already")));
  }

  @Test
  void handover_declined_asksNobodyForANote() {
    bot.escaped("ada", room, "commander <@" + bot.people().person("li") + "|li>");

    bot.pressesPrivately("li", "Decline");

    assertEquals("ada", bot.engine().incident("INC-1").commander().orElseThrow().name());
    assertFalse(isOffered("ada", "Edit handover note"));
  }

  @Test
  void note_submittedAfterTheClose_isKeptForWhoWroteIt() {
    handsOver();
    bot.pressesPrivately("ada", "Edit handover note");
    bot.runs("li", room, "cancel it was a test of ours");

    submits("ada", Map.of("text", "We wait for the rollback."));

    assertTrue(bot.told("ada").contains("We wait for the rollback."), bot.told("ada"));
    assertEquals(List.of(), bot.engine().texts("INC-1", EntryKind.NOTE_ADDED));
  }
}
