// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.testkit.ShownMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndsAndRolesTest {

  private static final Duration PAST_THE_START = Duration.ofMinutes(6);

  @TempDir private Path folder;
  private VoiceRoom room;

  @BeforeEach
  void declared() {
    room = new VoiceRoom(folder);
    room.commands("ada", "declare! Checkout is down");
    room.passes(PAST_THE_START);
  }

  @AfterEach
  void close() {
    room.close();
  }

  private ShownMessage told(String who, String title) {
    return room.toldTo(who).stream()
        .filter(m -> m.words().contains("\n" + title + "\n"))
        .findFirst()
        .orElseThrow(() -> new AssertionError(room.toldTo(who).toString()));
  }

  @Test
  void newCommander_isToldWhatIsOpen_withButtons() {
    room.says("ada", "impact half of all payments fail");
    room.says("ada", "commander nobody");
    room.says("li", "commander me");

    ShownMessage briefing = told("li", "You are commander of INC-1");

    assertTrue(briefing.words().contains("1. Confirm the severity, now SEV3."), briefing.words());
    assertTrue(
        briefing.words().contains("2. Send the first update: /incident INC-1 update"),
        briefing.words());
    assertTrue(briefing.words().contains("3. Say in the channel"), briefing.words());
    assertEquals(List.of("confirm_severity", "update", "severity", "role"), room.actions(briefing));
  }

  @Test
  void newRoles_areToldWhatToDo_butObserversAreNot() {
    room.says("ada", "role comms @li");
    room.says("ada", "role scribe @sam");
    room.says("ada", "role observer @li");

    assertTrue(
        told("li", "You are communications of INC-1").words().contains("3. Promise the next"),
        () -> room.toldTo("li").toString());
    assertTrue(
        told("sam", "You are scribe of INC-1").words().contains("1. Mark messages that matter"),
        () -> room.toldTo("sam").toString());
    assertFalse(
        room.toldTo("li").stream().anyMatch(m -> m.words().contains("You are observer")),
        () -> room.toldTo("li").toString());
  }

  @Test
  void closed_incident_saysHowLongItTook_whatIsLeft_andHowToKeepTheChannel() {
    room.says("ada", "action add an alert @li 2026-12-01");
    room.passes(Duration.ofMinutes(54));
    room.says("ada", "resolve the database is back");
    room.passes(Duration.ofMinutes(10));
    room.says("ada", "close completed");

    ShownMessage last =
        room.inChannel().stream()
            .filter(m -> m.words().contains("Postmortem draft · INC-1"))
            .findFirst()
            .orElseThrow();
    for (String part :
        List.of(
            "INC-1 is closed.",
            "Mitigated after: unknown",
            "Resolved after: 1 h",
            "Closed after: 1 h 10 min",
            "#1 add an alert – li, due 2026-12-01",
            "/incidents/INC-1/postmortem",
            "archived in 7 days")) {
      assertTrue(last.words().contains(part), part + " in " + last.words());
    }
    assertEquals(List.of("postmortem_edit", "postmortem_publish", "keep_open"), room.actions(last));

    ShownMessage announced = room.announced().get(0);
    assertTrue(
        announced.words().contains("Closed (completed) after 1 h 0 min. Postmortem of INC-1"),
        announced.words());
    assertFalse(announced.words().contains("Talk here"), announced.words());
  }

  @Test
  void talkUnderTheAnnouncement_isLedToTheChannelOnce() {
    ShownMessage announced = room.announced().get(0);
    for (int i = 1; i <= 5; i++) {
      room.writesUnder("li", announced, "what about me " + i);
    }
    assertEquals(0, leads());

    for (int i = 6; i <= 12; i++) {
      room.writesUnder("sam", announced, "and me " + i);
    }
    assertEquals(1, leads());
  }

  private long leads() {
    return room.announced().stream()
        .filter(m -> m.words().contains("People work on INC-1 in #") && m.thread().isPresent())
        .count();
  }
}
