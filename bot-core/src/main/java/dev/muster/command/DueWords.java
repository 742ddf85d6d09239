// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.time.DayOfWeek;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the day an action is due: a calendar day, {@code today}, {@code 3d}, {@code friday}. */
final class DueWords {

  private static final Set<String> MARKS = Set.of("by", "due");
  private static final Pattern DAYS = Pattern.compile("[0-9]{1,3}d");

  private DueWords() {}

  /** Returns whether a word announces a day, as in {@code by friday}. */
  static boolean isMark(String word) {
    return MARKS.contains(word.toLowerCase(Locale.ROOT));
  }

  /** Reads a day that can be nothing else. */
  static Optional<DueDate> readPlain(String word) {
    String day = word.toLowerCase(Locale.ROOT);
    if (day.equals("today") || day.equals("tomorrow")) {
      return Optional.of(new DueDate.InDays(day.equals("today") ? 0 : 1));
    }
    return CalendarText.read(word).map(DueDate.Day::new);
  }

  /** Reads a day behind a mark or an owner, where it may also be a weekday or {@code 3d}. */
  static Optional<DueDate> readMarked(String word) {
    if (DAYS.matcher(word).matches()) {
      return Optional.of(
          new DueDate.InDays(Integer.parseInt(word.substring(0, word.length() - 1))));
    }
    return readPlain(word).or(() -> weekday(word.toLowerCase(Locale.ROOT)));
  }

  private static Optional<DueDate> weekday(String word) {
    for (DayOfWeek day : DayOfWeek.values()) {
      String name = day.name().toLowerCase(Locale.ROOT);
      if (word.equals(name) || word.equals(name.substring(0, 3))) {
        return Optional.of(new DueDate.Weekday(day));
      }
    }
    return Optional.empty();
  }

  /** Refuses a day that the calendar does not have, naming the nearest one it has. */
  static <T> Reading<T> noSuchDay(VerbLine line, String written) {
    return Refusal.of(
        line.spec(),
        "bad_date",
        "There is no day " + written + ". The nearest is " + CalendarText.nearest(written) + ".");
  }
}
