// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads days written {@code 2026-12-01}, and finds the nearest real day for one that is not. */
final class CalendarText {

  private static final Pattern WRITTEN = Pattern.compile("([0-9]{4,9})-([0-9]{2})-([0-9]{2})");
  private static final int FIRST_YEAR = 2000;
  private static final int LAST_YEAR = 2100;

  private CalendarText() {}

  /** Returns whether a word has the form of a day, real or not. */
  static boolean isWritten(String word) {
    return word.length() <= 16 && WRITTEN.matcher(word).matches();
  }

  /** Returns whether a word has the form of a day and is none. */
  static boolean isImpossible(String word) {
    return isWritten(word) && read(word).isEmpty();
  }

  /** Reads a day of the years 2000 to 2100; empty for any other word. */
  static Optional<LocalDate> read(String word) {
    if (!isWritten(word)) {
      return Optional.empty();
    }
    LocalDate near = nearest(word);
    return near.toString().equals(word) ? Optional.of(near) : Optional.empty();
  }

  /** Returns the real day nearest to a word for which {@link #isWritten} holds. */
  static LocalDate nearest(String word) {
    Matcher parts = WRITTEN.matcher(word);
    if (!parts.matches()) {
      throw new DateTimeException("not a day");
    }
    int year = clamp(Integer.parseInt(parts.group(1)), FIRST_YEAR, LAST_YEAR);
    YearMonth month = YearMonth.of(year, clamp(Integer.parseInt(parts.group(2)), 1, 12));
    return month.atDay(clamp(Integer.parseInt(parts.group(3)), 1, month.lengthOfMonth()));
  }

  private static int clamp(int value, int low, int high) {
    return Math.max(low, Math.min(high, value));
  }
}
