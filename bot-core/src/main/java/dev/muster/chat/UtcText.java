// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat;

import java.time.Duration;
import java.time.Instant;
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

  private UtcText() {}

  /** Returns for example {@code 2026-11-20 14:05 UTC}. */
  public static String minute(Instant at) {
    return MINUTE.format(at);
  }

  /** Returns for example {@code 2026-11-20 14:05:07}, for lists that say once that it is UTC. */
  public static String second(Instant at) {
    return SECOND.format(at);
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
