// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/**
 * People who take turns, each for the same length of calendar time.
 *
 * <p>Turns are counted on the calendar of the schedule's zone, so a daily hand-over at 09:00 stays
 * at 09:00 when the clocks change. A turn ends where the next one begins: there is never a hole and
 * never an overlap.
 *
 * @param people identifiers in the order of their turns; the same person may stand twice
 * @param rotateEvery length of a turn on the calendar, whole minutes, 15 minutes to 366 days
 * @param start local time at which the first person's first turn begins; turns are counted
 *     backwards from it as well, so there is somebody on call before it
 */
public record Rotation(List<String> people, Duration rotateEvery, LocalDateTime start) {

  private static final Duration SHORTEST = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofDays(366);

  /** Refuses an empty rotation and turns that are too short or too long. */
  public Rotation {
    people = people == null ? List.of() : List.copyOf(people);
    require(
        !people.isEmpty() && people.stream().noneMatch(String::isBlank),
        "a rotation needs at least one person, for example people: [ada, li]");
    require(start != null, "a rotation needs a start, for example \"2026-01-05T09:00\"");
    require(
        rotateEvery != null
            && rotateEvery.compareTo(SHORTEST) >= 0
            && rotateEvery.compareTo(LONGEST) <= 0
            && rotateEvery.equals(Duration.ofMinutes(rotateEvery.toMinutes())),
        "rotate-every is whole minutes from 15m to 366d, for example 7d");
  }

  /** Returns the turn that contains {@code at}: from its start, up to but without its end. */
  public Turn turnAt(Instant at, ZoneId zone) {
    long number = guess(at, zone);
    while (LocalTimes.firstInstant(startOf(number), zone).isAfter(at)) {
      number--;
    }
    while (!LocalTimes.firstInstant(startOf(number + 1), zone).isAfter(at)) {
      number++;
    }
    return turn(number, zone);
  }

  private Turn turn(long number, ZoneId zone) {
    String person = people.get(Math.floorMod(number, people.size()));
    return new Turn(
        person,
        LocalTimes.firstInstant(startOf(number), zone),
        LocalTimes.firstInstant(startOf(number + 1), zone));
  }

  private long guess(Instant at, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(at, zone);
    long seconds = local.toEpochSecond(ZoneOffset.UTC) - start.toEpochSecond(ZoneOffset.UTC);
    return Math.floorDiv(seconds, rotateEvery.toSeconds());
  }

  private LocalDateTime startOf(long number) {
    return start.plusSeconds(Math.multiplyExact(number, rotateEvery.toSeconds()));
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}
