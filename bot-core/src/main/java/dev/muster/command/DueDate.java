// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** The day an action is due, as a person writes it. */
public sealed interface DueDate {

  /** Returns the day meant, when the command is given on {@code today}. */
  LocalDate on(LocalDate today);

  /**
   * A day of the calendar.
   *
   * @param date the day
   */
  record Day(LocalDate date) implements DueDate {
    @Override
    public LocalDate on(LocalDate today) {
      return date;
    }
  }

  /**
   * So many days from today.
   *
   * @param days how many; 0 is today
   */
  record InDays(int days) implements DueDate {
    @Override
    public LocalDate on(LocalDate today) {
      return today.plusDays(days);
    }
  }

  /**
   * The next such day of the week, never today.
   *
   * @param day which
   */
  record Weekday(DayOfWeek day) implements DueDate {
    @Override
    public LocalDate on(LocalDate today) {
      return today.with(TemporalAdjusters.next(day));
    }
  }
}
