// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final List<String> PEOPLE = List.of("ada", "li", "sam");

  @ParameterizedTest
  @CsvSource({
    "2026-01-05T08:00:00Z, ada",
    "2026-01-12T07:59:59Z, ada",
    "2026-01-12T08:00:00Z, li",
    "2026-01-19T08:00:00Z, sam",
    "2026-01-26T08:00:00Z, ada",
    "2026-01-05T07:59:59Z, sam",
    "2025-12-29T07:59:59Z, li"
  })
  void weeklyRotation_atAnInstant_namesOnePerson(Instant at, String person) {
    assertEquals(person, weekly().onCallAt(at));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-28T08:00:00Z",
    "2026-03-29T07:00:00Z",
    "2026-03-30T07:00:00Z",
    "2026-10-24T07:00:00Z",
    "2026-10-25T08:00:00Z"
  })
  void dailyHandOver_acrossAClockChange_staysAtNine(Instant from) {
    Turn turn = schedule(BERLIN, "2026-01-05T09:00", Duration.ofDays(1)).turnAt(from);

    assertEquals(from, turn.from());
    assertEquals(LocalTime.of(9, 0), turn.until().atZone(BERLIN).toLocalTime());
  }

  @Test
  void handOver_inAGap_isAtItsEnd() {
    Schedule schedule = schedule(BERLIN, "2026-03-01T02:30", Duration.ofDays(1));

    Turn turn = schedule.turnAt(Instant.parse("2026-03-29T12:00:00Z"));

    assertEquals(Instant.parse("2026-03-29T01:00:00Z"), turn.from());
    assertEquals(Instant.parse("2026-03-30T00:30:00Z"), turn.until());
  }

  @Test
  void handOver_shownTwice_isAtTheFirst() {
    Schedule schedule = schedule(BERLIN, "2026-10-01T02:30", Duration.ofDays(1));

    Turn turn = schedule.turnAt(Instant.parse("2026-10-25T12:00:00Z"));

    assertEquals(Instant.parse("2026-10-25T00:30:00Z"), turn.from());
  }

  @Test
  void handOver_inAHalfHourGap_isAtItsEnd() {
    ZoneId lordHowe = ZoneId.of("Australia/Lord_Howe");
    Schedule schedule = schedule(lordHowe, "2026-10-01T02:15", Duration.ofDays(1));

    Turn turn = schedule.turnAt(Instant.parse("2026-10-03T20:00:00Z"));

    assertEquals(Instant.parse("2026-10-03T15:30:00Z"), turn.from());
  }

  @Test
  void handOver_onADayThatNeverWas_happensOnceAtTheNextMidnight() {
    ZoneId apia = ZoneId.of("Pacific/Apia");
    Schedule schedule = schedule(apia, "2011-12-01T09:00", Duration.ofDays(1));

    Turn turn = schedule.turnAt(Instant.parse("2011-12-30T12:00:00Z"));

    assertEquals(Instant.parse("2011-12-30T10:00:00Z"), turn.from());
    assertEquals(Instant.parse("2011-12-30T19:00:00Z"), turn.until());
  }

  @Test
  void turns_inManyZonesAndYears_leaveNoHoleAndNoOverlap() {
    Random random = new Random(20240101);
    List<ZoneId> zones = ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();
    long[] minutes = {60, 8 * 60, 12 * 60, 24 * 60, 36 * 60, 7 * 24 * 60, 14 * 24 * 60, 45};
    long first = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("2041-01-01T00:00:00Z").getEpochSecond();
    for (ZoneId zone : zones) {
      for (int i = 0; i < 20; i++) {
        Instant at = Instant.ofEpochSecond(random.nextLong(first, last));
        LocalDateTime start = LocalDateTime.of(2024, 1, 1, random.nextInt(24), random.nextInt(60));
        Duration every = Duration.ofMinutes(minutes[random.nextInt(minutes.length)]);
        requireSeamless(new Rotation(PEOPLE, every, start), zone, at);
      }
    }
  }

  @Test
  void turns_aroundEveryClockChange_leaveNoHoleAndNoOverlap() {
    Random random = new Random(20240102);
    for (String name : ZoneId.getAvailableZoneIds().stream().sorted().toList()) {
      ZoneId zone = ZoneId.of(name);
      Instant at = Instant.parse("2024-01-01T00:00:00Z");
      for (var change = zone.getRules().nextTransition(at);
          change != null && change.getInstant().isBefore(Instant.parse("2041-01-01T00:00:00Z"));
          change = zone.getRules().nextTransition(change.getInstant())) {
        int minute = random.nextInt(60);
        LocalDateTime inside = change.getDateTimeBefore().plusMinutes(minute);
        Rotation daily = new Rotation(PEOPLE, Duration.ofDays(1), inside.minusDays(300));
        requireSeamless(daily, zone, change.getInstant().plusSeconds(random.nextInt(7200)));
      }
    }
  }

  private static void requireSeamless(Rotation rotation, ZoneId zone, Instant at) {
    Turn turn = rotation.turnAt(at, zone);
    assertFalse(turn.from().isAfter(at), () -> zone + " " + at + " " + turn);
    assertTrue(turn.until().isAfter(at), () -> zone + " " + at + " " + turn);
    Turn next = rotation.turnAt(turn.until(), zone);
    assertEquals(turn.until(), next.from(), () -> zone + " " + at + " " + turn);
    Turn before = rotation.turnAt(turn.from().minusNanos(1), zone);
    assertEquals(turn.from(), before.until(), () -> zone + " " + at + " " + turn);
    assertEquals(turn, rotation.turnAt(turn.from(), zone));
    assertEquals(turn, rotation.turnAt(turn.until().minusNanos(1), zone));
  }

  @Test
  void override_whileItLasts_standsInAndCutsTheTurnsAround() {
    Instant from = Instant.parse("2026-01-07T12:00:00Z");
    Instant until = Instant.parse("2026-01-07T18:00:00Z");
    Schedule schedule = weekly(new Override("eve", from, until));

    assertEquals(new Turn("eve", from, until), schedule.turnAt(from));
    assertEquals(
        new Turn("ada", Instant.parse("2026-01-05T08:00:00Z"), from),
        schedule.turnAt(from.minusNanos(1)));
    assertEquals(
        new Turn("ada", until, Instant.parse("2026-01-12T08:00:00Z")), schedule.turnAt(until));
  }

  @Test
  void overrides_atTheSameTime_theLaterInTheListWins() {
    Instant noon = Instant.parse("2026-01-07T12:00:00Z");
    Schedule schedule =
        weekly(
            new Override("eve", noon, noon.plusSeconds(7200)),
            new Override("sam", noon.plusSeconds(1800), noon.plusSeconds(3600)));

    assertEquals(
        new Turn("eve", noon, noon.plusSeconds(1800)), schedule.turnAt(noon.plusSeconds(60)));
    assertEquals("sam", schedule.onCallAt(noon.plusSeconds(1800)));
    assertEquals(
        new Turn("eve", noon.plusSeconds(3600), noon.plusSeconds(7200)),
        schedule.turnAt(noon.plusSeconds(3600)));
  }

  @Test
  void overrides_atRandom_leaveNoHoleAndNoOverlap() {
    Random random = new Random(5);
    Instant base = Instant.parse("2026-01-01T00:00:00Z");
    for (int round = 0; round < 300; round++) {
      Override[] overrides = new Override[random.nextInt(5)];
      for (int i = 0; i < overrides.length; i++) {
        Instant from = base.plusSeconds(random.nextInt(20) * 3600L);
        overrides[i] = new Override("o" + i, from, from.plusSeconds(3600L * random.nextInt(1, 9)));
      }
      Schedule schedule = weekly(overrides);
      for (Instant at = base.minusSeconds(5400); at.isBefore(base.plusSeconds(120_000)); ) {
        Turn turn = schedule.turnAt(at);
        Turn here = schedule.turnAt(turn.until().minusNanos(1));
        assertEquals(turn, here);
        assertEquals(turn.until(), schedule.turnAt(turn.until()).from());
        at = turn.until();
      }
    }
  }

  @Test
  void rotation_thatCannotWork_isRefused() {
    LocalDateTime start = LocalDateTime.of(2026, 1, 5, 9, 0);

    refused(() -> new Rotation(List.of(), Duration.ofDays(7), start));
    refused(() -> new Rotation(List.of("ada", " "), Duration.ofDays(7), start));
    refused(() -> new Rotation(PEOPLE, Duration.ZERO, start));
    refused(() -> new Rotation(PEOPLE, Duration.ofSeconds(3601), start));
    refused(() -> new Rotation(PEOPLE, Duration.ofDays(7), null));
    refused(() -> new Override("ada", Instant.EPOCH, Instant.EPOCH));
    refused(() -> new Schedule(" ", BERLIN, new Rotation(PEOPLE, Duration.ofDays(7), start), null));
  }

  private static void refused(org.junit.jupiter.api.function.Executable make) {
    assertThrows(IllegalArgumentException.class, make);
  }

  private static Schedule weekly(Override... overrides) {
    Rotation rotation =
        new Rotation(PEOPLE, Duration.ofDays(7), LocalDateTime.of(2026, 1, 5, 9, 0));
    return new Schedule("payments", BERLIN, rotation, List.of(overrides));
  }

  private static Schedule schedule(ZoneId zone, String start, Duration every) {
    return new Schedule(
        "x", zone, new Rotation(PEOPLE, every, LocalDateTime.parse(start)), List.of());
  }
}
