// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecklistTest {

  @TempDir private Path folder;
  private VoiceRoom room;

  @BeforeEach
  void open() {
    room = new VoiceRoom(folder);
  }

  @AfterEach
  void close() {
    room.close();
  }

  private ShownMessage checklist() {
    List<ShownMessage> found =
        room.inThread().stream().filter(m -> m.words().contains("First steps of INC-1")).toList();
    assertEquals(1, found.size(), () -> "one message, edited in place: " + found);
    return found.get(0);
  }

  private void assertDone(String text) {
    assertEquals(text, checklist().words().lines().findFirst().orElseThrow());
  }

  @Test
  void steps_takenOneByOne_tickThemselvesInPlace() {
    room.alerts("first");
    assertDone(
        "First steps of INC-1: 0 of 5 done. Open: commander, severity, impact, first update,"
            + " communications.");
    assertEquals(
        List.of("take_command", "confirm_severity", "update", "no_comms"),
        room.actions(checklist()));

    room.presses("ada", checklist(), "take_command");
    room.presses("ada", checklist(), "confirm_severity");
    room.says("ada", "impact half of all payments fail");
    assertDone("First steps of INC-1: 3 of 5 done. Open: first update, communications.");

    room.says("ada", "update we look at the database");
    room.presses("ada", checklist(), "no_comms");
    assertDone("First steps of INC-1: 5 of 5 done.");
    assertEquals(List.of(), room.actions(checklist()));
    assertEquals(
        List.of("Severity SEV2 is right.", "Nobody has to tell people outside."),
        room.engine()
            .texts("INC-1", EntryKind.SEVERITY_CONFIRMED, EntryKind.COMMUNICATIONS_SETTLED));
  }

  @Test
  void openSteps_sayHow_andWhatIsStored() {
    room.alerts("first");

    String words = checklist().words();
    for (String how :
        List.of(
            "/incident commander me",
            "/incident severity 2",
            "/incident impact ",
            "/incident update",
            "/incident role comms @name",
            "Messages in this channel become the incident timeline.",
            "In a thread, mention the bot in place of the slash: @muster status",
            "/incidents/INC-1)")) {
      assertTrue(words.contains(how), how + " in " + words);
    }
  }

  @Test
  void severity_namedByWhoeverDeclares_isConfirmed() {
    room.commands("ada", "declare! Checkout is down sev2");

    assertDone("First steps of INC-1: 2 of 5 done. Open: impact, first update, communications.");
  }

  @Test
  void severity_givenAgainAsItIs_isConfirmed() {
    room.commands("ada", "declare! Checkout is down");
    assertTrue(checklist().words().contains("Open: severity"), checklist().words());

    room.says("li", "severity 3");

    assertFalse(checklist().words().contains("Open: severity"), checklist().words());
    assertTrue(
        room.toldTo("li").stream().anyMatch(m -> m.words().contains("already SEV3")),
        () -> room.toldTo("li").toString());
  }

  @Test
  void communications_takenAndGivenUp_areOpenAgain() {
    room.commands("ada", "declare! Checkout is down sev2");
    room.says("ada", "role comms @li");
    assertFalse(checklist().words().contains("communications."), checklist().words());

    room.says("ada", "role comms nobody");

    assertTrue(checklist().words().contains("communications."), checklist().words());
  }

  @Test
  void closed_incident_offersNoStepAnyMore() {
    room.commands("ada", "declare! Checkout is down");
    room.passes(Duration.ofMinutes(10));

    room.says("ada", "resolve all is well");
    room.says("ada", "close");

    assertEquals(List.of(), room.actions(checklist()));
    assertTrue(checklist().words().contains("Left open: communications."), checklist().words());
  }
}
