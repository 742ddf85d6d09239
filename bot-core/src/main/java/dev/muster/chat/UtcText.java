// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes instants and durations for people, the same on every surface. */
public final class UtcText {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The years of four digits; others are left to the formatters. */
  private static final long FIRST = Instant.parse("1000-01-01T00:00:00Z").getEpochSecond();

  private static final long AFTER = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();

  private UtcText() {}

  /** Returns for example {@code 2026-11-20 14:05 UTC}. */
  public static String minute(Instant at) {
    return MINUTE.format(at);
  }

  /** Returns for example {@code 2026-11-20 14:05:07}, for lists that say once that it is UTC. */
  public static String second(Instant at) {
    StringBuilder text = new StringBuilder(19);
    return isWithin(at) ? second(at, ' ', text).toString() : SECOND.format(at);
  }

  /**
   * Returns what {@link Instant#toString} does, for example {@code 2026-11-20T14:05:07.123456Z}.
   */
  public static String exact(Instant at) {
    if (!isWithin(at)) {
      return at.toString();
    }
    StringBuilder text = second(at, 'T', new StringBuilder(30));
    int nanos = at.getNano();
    if (nanos != 0) {
      three(text.append('.'), nanos / 1_000_000);
    }
    if (nanos % 1_000_000 != 0) {
      three(text, nanos / 1_000 % 1_000);
    }
    if (nanos % 1_000 != 0) {
      three(text, nanos % 1_000);
    }
    return text.append('Z').toString();
  }

  private static boolean isWithin(Instant at) {
    return at.getEpochSecond() >= FIRST && at.getEpochSecond() < AFTER;
  }

  private static StringBuilder second(Instant at, char between, StringBuilder text) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, ZoneOffset.UTC);
    text.append(time.getYear());
    two(text.append('-'), time.getMonthValue());
    two(text.append('-'), time.getDayOfMonth());
    two(text.append(between), time.getHour());
    two(text.append(':'), time.getMinute());
    two(text.append(':'), time.getSecond());
    return text;
  }

  private static void three(StringBuilder text, int number) {
    two(text.append((char) ('0' + number / 100)), number % 100);
  }

  /** A long timeline has a hundred thousand of these; a formatter takes ten times as long. */
  private static void two(StringBuilder text, int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  /** Returns for example {@code 14:05 UTC}. */
  public static String clock(Instant at) {
    return CLOCK.format(at);
  }

  /** Returns for example {@code 2026-11-20T14:05:07Z}, as a person may type it back. */
  public static String stamp(Instant at) {
    return DateTimeFormatter.ISO_INSTANT.format(at.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Returns for example {@code 1 h 12 min} or {@code 40 s}; negative durations count as zero. */
  public static String duration(Duration length) {
    Duration positive = length.isNegative() ? Duration.ZERO : length;
    long days = positive.toDays();
    if (days > 0) {
      return days + " d " + positive.toHoursPart() + " h";
    }
    if (positive.toHours() > 0) {
      return positive.toHours() + " h " + positive.toMinutesPart() + " min";
    }
    return positive.toMinutes() > 0 ? positive.toMinutes() + " min" : positive.toSeconds() + " s";
  }
}
