// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * A moment in the past as a person writes it. Becomes an instant once "now" and a zone are known.
 */
public sealed interface TimeRef {

  /**
   * Returns the instant meant.
   *
   * @param now the moment of the command
   * @param zone the zone of the person who wrote it, used where none was written
   */
  Instant at(Instant now, ZoneId zone);

  /**
   * So long before the command; zero for {@code now}.
   *
   * @param before how long, not negative
   */
  record Ago(Duration before) implements TimeRef {
    @Override
    public Instant at(Instant now, ZoneId zone) {
      return now.minus(before);
    }
  }

  /**
   * A reading of a clock. Without a date it is the last time the clock showed it; a time that a
   * clock change skips is moved behind the gap, one that comes twice is the first.
   *
   * @param date the day, if written
   * @param time the time of day
   * @param zone the zone, if written
   */
  record Clock(Optional<LocalDate> date, LocalTime time, Optional<ZoneId> zone) implements TimeRef {
    @Override
    public Instant at(Instant now, ZoneId personal) {
      ZoneId where = zone.orElse(personal);
      LocalDate today = LocalDate.ofInstant(now, where);
      Instant onDay = ZonedDateTime.of(date.orElse(today), time, where).toInstant();
      boolean tomorrow = date.isEmpty() && onDay.isAfter(now);
      return tomorrow ? ZonedDateTime.of(today.minusDays(1), time, where).toInstant() : onDay;
    }
  }
}
