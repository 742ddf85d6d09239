// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeLinesTest {

  private static final Duration PAST_THE_START = Duration.ofMinutes(6);

  @TempDir private Path folder;
  private VoiceRoom room;

  @BeforeEach
  void declared() {
    room = new VoiceRoom(folder);
    room.commands("ada", "declare! Checkout is down sev3");
    room.passes(PAST_THE_START);
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void severity_changedTwiceWithinAMinute_isOneLineFromTheFirstToTheLast() {
    room.says("li", "severity 2 more people feel it");
    room.passes(Duration.ofSeconds(30));
    room.says("ada", "severity 1 payment down");

    assertEquals(
        List.of("INC-1 · Severity SEV3 → SEV1 by ada – payment down"), room.linesWith("Severity"));
    assertEquals(2, room.engine().entries("INC-1", EntryKind.SEVERITY_CHANGED).size());
  }

  @Test
  void severity_changedAgainAfterAMinute_isALineOfItsOwn() {
    room.says("ada", "severity 2");
    room.passes(Duration.ofSeconds(60));
    room.says("ada", "severity 1");

    assertEquals(
        List.of("INC-1 · Severity SEV3 → SEV2 by ada.", "INC-1 · Severity SEV2 → SEV1 by ada."),
        room.linesWith("Severity"));
  }

  @Test
  void severity_backWhereItBegan_saysSo() {
    room.says("li", "severity 1");
    room.says("ada", "severity 3 only one customer");

    assertEquals(
        List.of("INC-1 · Severity is SEV3 again, by ada – only one customer"),
        room.linesWith("Severity"));
  }

  @Test
  void restart_betweenTwoChanges_changesNothing() {
    room.says("ada", "severity 2");
    room.restart();
    room.says("ada", "severity 1 payment down");

    assertEquals(
        List.of("INC-1 · Severity SEV3 → SEV1 by ada – payment down"), room.linesWith("Severity"));
  }

  @Test
  void role_givenTakenAndGivenBack_isToldFromWhereItBegan() {
    room.says("ada", "role comms @li");
    room.says("ada", "role comms @sam");
    assertEquals(List.of("INC-1 · sam is now communications."), room.linesWith("communications"));

    room.says("ada", "role comms nobody");
    assertEquals(
        List.of("INC-1 · Communications is vacant again."), room.linesWith("ommunications"));
  }

  @Test
  void differentThings_changedTogether_areDifferentLines() {
    room.says("ada", "impact half of all payments fail");
    room.says("ada", "affects checkout");
    room.says("ada", "impact all payments fail");

    assertEquals(List.of("INC-1 · Impact by ada: all payments fail"), room.linesWith("Impact by"));
    assertEquals(List.of("INC-1 · Services by ada: checkout"), room.linesWith("Services"));
  }

  @Test
  void field_clearedToWhatItWas_saysSo() {
    room.says("ada", "title Checkout is slow");
    room.says("ada", "title Checkout is down");

    assertEquals(
        List.of("INC-1 · Title as before, by ada: Checkout is down"), room.linesWith("Title"));
  }

  private List<String> log(String incident) {
    String announcement =
        room.announced().stream()
            .filter(message -> message.words().contains(incident))
            .findFirst()
            .orElseThrow()
            .ref()
            .id();
    return room.announced().stream()
        .filter(message -> message.thread().filter(announcement::equals).isPresent())
        .map(ShownMessage::words)
        .toList();
  }

  @Test
  void announcement_hasTheSameLinesBelow_mergedAsInTheChannelAndOnceOverARestart() {
    room.says("ada", "severity 2 more people feel it");
    room.restart();
    room.says("ada", "severity 1 payment down");
    room.says("ada", "role comms @li");
    room.passes(Duration.ofSeconds(61));
    room.says("ada", "severity 2");

    List<String> lines =
        List.of(
            "INC-1 · Severity SEV3 → SEV1 by ada – payment down",
            "INC-1 · li is now communications.",
            "INC-1 · Severity SEV1 → SEV2 by ada.");
    assertEquals(lines, log("INC-1"));
    assertEquals(lines, room.linesWith("INC-1 · "));
  }

  @Test
  void announcementThread_ofAFreshIncident_hasEveryLineThatTheChannelKeepsSmall() {
    room.commands("ada", "declare! Search is down sev3");
    room.commands("ada", "INC-2 impact nobody finds anything");
    room.commands("ada", "INC-2 severity 2");
    room.commands("ada", "INC-2 severity 1");

    assertEquals(
        List.of(
            "INC-2 · Impact by ada: nobody finds anything", "INC-2 · Severity SEV3 → SEV1 by ada."),
        log("INC-2"));
  }

  @Test
  void changes_ofAPrivateIncident_areToldNowhereElse() {
    room.commands("ada", "declare! Salaries leaked sev3 --private");
    room.commands("ada", "INC-2 severity 1 very bad");

    assertFalse(
        room.announced().stream().anyMatch(message -> message.words().contains("INC-2")),
        room.announced().toString());
  }
}
