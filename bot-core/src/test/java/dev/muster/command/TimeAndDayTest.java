// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import static dev.muster.command.CommandAssertions.intentOf;
import static dev.muster.command.CommandAssertions.refusalOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.UserRef;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeAndDayTest {

  private static final Instant NOW = Instant.parse("2026-11-21T14:10:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @ParameterizedTest
  @CsvSource({
    "now deploy, 2026-11-21T14:10:00Z",
    "-10m deploy, 2026-11-21T14:00:00Z",
    "−10m deploy, 2026-11-21T14:00:00Z",
    "–1h30m deploy, 2026-11-21T12:40:00Z",
    "14:05 deploy, 2026-11-21T13:05:00Z",
    "9:05 deploy, 2026-11-21T08:05:00Z",
    "23:59 deploy, 2026-11-20T22:59:00Z",
    "14:05 UTC deploy, 2026-11-21T14:05:00Z",
    "14:05Z deploy, 2026-11-21T14:05:00Z",
    "14:05 America/New_York deploy, 2026-11-20T19:05:00Z",
    "14:05 +02:00 deploy, 2026-11-21T12:05:00Z",
    "2026-11-20T10:00Z deploy, 2026-11-20T10:00:00Z",
    "2026-11-20T10:00:30.5+01:00 deploy, 2026-11-20T09:00:30.500Z",
    "2026-11-20T10:00 deploy, 2026-11-20T09:00:00Z",
    "2026-11-20 10:00 deploy, 2026-11-20T09:00:00Z",
    "2026-03-29T02:30 deploy, 2026-03-29T01:30:00Z"
  })
  void time_inFrontOfANote_isRead(String note, Instant meant) {
    Intent.AddToTimeline add = (Intent.AddToTimeline) intentOf("timeline add " + note);
    assertEquals("deploy", add.text());
    assertEquals(Optional.of(meant), add.at().map(time -> time.at(NOW, BERLIN)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"deploy 4711 finished", "2026-11-20 was quiet", "Japan region down", "- x"})
  void noteWithoutTime_staysWhole(String note) {
    assertEquals(
        new Intent.AddToTimeline(Optional.empty(), note), intentOf("timeline add " + note));
  }

  @ParameterizedTest
  @CsvSource({
    "25:00 x, bad_time",
    "14:61 x, bad_time",
    "14:05pm x, bad_time",
    "14:05 PST x, bad_time",
    "-10 x, bad_time",
    "-99d x, bad_time",
    "-5apples x, bad_time",
    "2027-02-30T10:00Z x, bad_date",
    "0000-01-01T10:00Z x, bad_date",
    "10000-01-01T10:00Z x, bad_date",
    "2026-04-31 10:00 x, bad_date"
  })
  void impossibleTime_isRefused(String note, String reason) {
    assertEquals(reason, refusalOf("timeline add " + note).reason());
  }

  @Test
  void impossibleDay_namesTheNearest() {
    assertTrue(
        refusalOf("action call the bank 2027-02-30").sentence().contains("nearest is 2027-02-28"));
  }

  @ParameterizedTest
  @CsvSource({
    "fix alerts @li 2026-12-01, fix alerts, li, 2026-12-01",
    "fix alerts 2026-12-01 @li, fix alerts, li, 2026-12-01",
    "@li fix alerts by friday, fix alerts, li, 2026-11-27",
    "fix alerts @li friday, fix alerts, li, 2026-11-27",
    "fix alerts @li 3d, fix alerts, li, 2026-11-24",
    "fix alerts due mon, fix alerts, , 2026-11-23",
    "fix alerts tomorrow, fix alerts, , 2026-11-22",
    "fix alerts on friday, fix alerts on friday, , ",
    "fix alerts within 3d, fix alerts within 3d, , ",
    "ask @li about it, ask @li about it, , ",
    "fix alerts @li, fix alerts, li, "
  })
  void action_givesUpOwnerAndDay(String typed, String text, String owner, LocalDate due) {
    Intent.AddAction action = (Intent.AddAction) intentOf("action " + typed);
    assertEquals(text, action.text());
    assertEquals(
        Optional.ofNullable(owner).map(id -> new PersonRef.Mention(new UserRef("web", id))),
        action.owner());
    assertEquals(
        Optional.ofNullable(due), action.due().map(day -> day.on(LocalDate.parse("2026-11-21"))));
  }
}
