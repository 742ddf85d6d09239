// SPDX-License-Identifier: Apache-2.0
package dev.muster.http.alert;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the times that senders write, and puts the time of receipt for those that cannot be. */
final class AlertTimes {

  /** A sender's clock may be wrong by this much before it is not believed. */
  private static final Duration AHEAD = Duration.ofHours(1);

  private static final Instant OLDEST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Pattern LEAP_SECOND = Pattern.compile("(T[0-9]{2}:[0-9]{2}):60");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{9,19}");

  /** Where the numbers of a plain time begin, year to fraction, and where all but the last end. */
  private static final int[] BEGINS = {0, 5, 8, 11, 14, 17, 20};

  private static final int[] ENDS = {4, 7, 10, 13, 16, 19};
  private static final int[] NO_NUMBERS = {};

  /**
   * A time, and what was odd about it.
   *
   * @param at the time to work with
   * @param flag an enumerated word; empty when nothing was odd
   */
  record Time(Instant at, String flag) {}

  private AlertTimes() {}

  /** Returns whether a text is Go's zero time, by which senders say "none". */
  static boolean isNone(String written) {
    return written.isBlank() || written.startsWith("0001-01-01T");
  }

  static Time read(String written, Instant now) {
    String text = written.strip();
    if (isNone(text)) {
      return new Time(now, "time_missing");
    }
    Optional<Time> parsed = text.length() > 64 ? Optional.empty() : parse(text);
    return parsed.map(time -> believed(time, now)).orElse(new Time(now, "time_unreadable"));
  }

  private static Time believed(Time time, Instant now) {
    if (time.at().isBefore(OLDEST)) {
      return new Time(now, "time_too_old");
    }
    return time.at().isAfter(now.plus(AHEAD)) ? new Time(now, "time_in_future") : time;
  }

  private static Optional<Time> parse(String text) {
    Optional<Time> plain = plain(text);
    return plain.isPresent() ? plain : anyForm(text);
  }

  /**
   * Reads the form that nearly every sender writes, {@code 2026-01-05T09:00:00.123Z}, which takes a
   * storm long by the readers of all forms; these are left what is no such time.
   */
  private static Optional<Time> plain(String text) {
    int last = text.length() - 1;
    boolean formed =
        (last == 19 || last > 20 && last < 30 && text.charAt(19) == '.')
            && text.charAt(last) == 'Z'
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':';
    int[] parts = formed ? numbers(text, last) : NO_NUMBERS;
    if (parts.length == 0) {
      return Optional.empty();
    }
    try {
      LocalDateTime at =
          LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]);
      return Optional.of(new Time(at.toInstant(ZoneOffset.UTC), ""));
    } catch (DateTimeException noSuchDay) {
      return Optional.empty();
    }
  }

  /** Returns year to second and the nanosecond; nothing if there is anything but digits. */
  private static int[] numbers(String text, int last) {
    int[] parts = new int[7];
    for (int i = 0; i < parts.length; i++) {
      int end = i < 6 ? ENDS[i] : last;
      for (int at = BEGINS[i]; at < end; at++) {
        int digit = text.charAt(at) - '0';
        if (digit < 0 || digit > 9) {
          return NO_NUMBERS;
        }
        parts[i] = 10 * parts[i] + digit;
      }
    }
    for (int digits = Math.max(0, last - BEGINS[6]); digits < 9; digits++) {
      parts[6] *= 10;
    }
    return parts;
  }

  private static Optional<Time> anyForm(String text) {
    if (DIGITS.matcher(text).matches()) {
      return Optional.of(new Time(epoch(text), "time_as_number"));
    }
    String whole = LEAP_SECOND.matcher(text).replaceFirst("$1:59");
    String flag = whole.equals(text) ? "" : "leap_second";
    String joined = whole.indexOf(' ') == 10 ? whole.replaceFirst(" ", "T") : whole;
    try {
      return Optional.of(new Time(OffsetDateTime.parse(joined).toInstant(), flag));
    } catch (DateTimeException noOffset) {
      return withoutZone(joined);
    }
  }

  private static Optional<Time> withoutZone(String text) {
    try {
      Instant at = LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
      return Optional.of(new Time(at, "time_without_zone"));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /** Seconds, milli-, micro- or nanoseconds since 1970, told apart by the number of digits. */
  private static Instant epoch(String digits) {
    long number = Long.parseLong(digits.substring(0, Math.min(18, digits.length())));
    return switch ((digits.length() + 1) / 3) {
      case 3 -> Instant.ofEpochSecond(number);
      case 4 -> Instant.ofEpochMilli(number);
      case 5 -> Instant.ofEpochSecond(number / 1_000_000, number % 1_000_000 * 1_000);
      default ->
          digits.length() == 19
              ? Instant.ofEpochSecond(number / 100_000_000)
              : Instant.ofEpochSecond(number / 1_000_000_000);
    };
  }
}
