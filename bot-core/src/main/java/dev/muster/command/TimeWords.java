// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the time at the beginning of a note: {@code now}, {@code -10m}, {@code 14:05}, {@code 14:05
 * Europe/Berlin}, {@code 2026-11-21T14:05Z} or {@code 2026-11-21 14:05}.
 */
final class TimeWords {

  private static final String DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212";
  private static final Duration OLDEST = Duration.ofDays(30);
  private static final Pattern CLOCK =
      Pattern.compile("([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\\.[0-9]{1,9})?)?)(\\S{0,20})");
  private static final Pattern DAY_AND_CLOCK =
      Pattern.compile("([0-9]{4,9}-[0-9]{2}-[0-9]{2})T(.*)");
  private static final Pattern OFFSET = Pattern.compile("[+-][0-9]{2}(?::?[0-9]{2})?");
  private static final Set<String> CLEAR = Set.of("Z", "UTC", "GMT", "CET", "EET", "WET");

  /** Short names that mean different zones to different people, or none to the calendar. */
  private static final Set<String> UNCLEAR =
      Set.of(
          "AEDT", "AEST", "BST", "CDT", "CEST", "CST", "EDT", "EEST", "EST", "IST", "JST", "MDT",
          "MST", "PDT", "PST", "WEST");

  private TimeWords() {}

  /** Takes a time off the front of the line if there is one. */
  static Reading<Optional<TimeRef>> take(VerbLine line) {
    Words words = line.words();
    String first = words.peek();
    if (words.takeIf(word -> word.equalsIgnoreCase("now"))) {
      return found(new TimeRef.Ago(Duration.ZERO));
    }
    if (first.length() > 1 && DASHES.indexOf(first.charAt(0)) >= 0 && isDigit(first.charAt(1))) {
      return ago(line, words.take().substring(1));
    }
    Matcher both = DAY_AND_CLOCK.matcher(first);
    if (first.length() <= 64 && both.matches()) {
      words.take();
      return day(line, both.group(1)).then(date -> clock(line, Optional.of(date), both.group(2)));
    }
    if (CalendarText.isWritten(first)) {
      return dayThenClock(line);
    }
    return startsLikeClock(first)
        ? clock(line, Optional.empty(), words.take())
        : Reading.of(Optional.empty());
  }

  private static Reading<Optional<TimeRef>> ago(VerbLine line, String written) {
    Optional<Duration> before = DurationText.read(written);
    if (before.isEmpty() || before.get().compareTo(OLDEST) > 0) {
      return refuse(line, "Write how long ago as -10m, -1h30m or -2d, at most -30d.");
    }
    return found(new TimeRef.Ago(before.get()));
  }

  /** A day alone is text; a day with a clock time behind it is a moment. */
  private static Reading<Optional<TimeRef>> dayThenClock(VerbLine line) {
    Words ahead = new Words(line.words().ahead());
    ahead.take();
    if (!startsLikeClock(ahead.peek())) {
      return Reading.of(Optional.empty());
    }
    String written = line.words().take();
    return day(line, written).then(date -> clock(line, Optional.of(date), line.words().take()));
  }

  private static Reading<LocalDate> day(VerbLine line, String written) {
    return CalendarText.read(written)
        .map(Reading::of)
        .orElseGet(() -> DueWords.noSuchDay(line, written));
  }

  private static Reading<Optional<TimeRef>> clock(
      VerbLine line, Optional<LocalDate> date, String written) {
    Matcher parts = CLOCK.matcher(written);
    if (!parts.matches()) {
      return refuse(line, "Write the time as 14:05.");
    }
    Optional<LocalTime> time = time(parts.group(1));
    if (time.isEmpty()) {
      return refuse(line, "There is no time " + parts.group(1) + "; the day ends at 23:59.");
    }
    String attached = parts.group(2);
    String zoned =
        attached.isEmpty() && isZone(line.words().peek()) ? line.words().take() : attached;
    if (zoned.isEmpty()) {
      return found(new TimeRef.Clock(date, time.get(), Optional.empty()));
    }
    Optional<ZoneId> zone = zone(zoned);
    return zone.isEmpty()
        ? refuse(line, "Write the zone as UTC, +01:00 or Europe/Berlin.")
        : found(new TimeRef.Clock(date, time.get(), zone));
  }

  private static Optional<LocalTime> time(String written) {
    try {
      return Optional.of(LocalTime.parse(written.indexOf(':') == 1 ? "0" + written : written));
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private static boolean isZone(String word) {
    boolean region = word.indexOf('/') > 0 && zone(word).isPresent();
    return CLEAR.contains(word)
        || UNCLEAR.contains(word)
        || region
        || OFFSET.matcher(word).matches();
  }

  private static Optional<ZoneId> zone(String written) {
    String name = written.length() < 5 ? written.toUpperCase(Locale.ROOT) : written;
    if (written.length() > 40 || UNCLEAR.contains(name)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZoneId.of(name));
    } catch (DateTimeException noSuchZone) {
      return Optional.empty();
    }
  }

  private static boolean startsLikeClock(String word) {
    int colon = word.indexOf(':');
    return (colon == 1 || colon == 2)
        && word.length() > colon + 2
        && isDigit(word.charAt(0))
        && isDigit(word.charAt(colon - 1))
        && isDigit(word.charAt(colon + 1))
        && isDigit(word.charAt(colon + 2));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static Reading<Optional<TimeRef>> found(TimeRef time) {
    return Reading.of(Optional.of(time));
  }

  private static Reading<Optional<TimeRef>> refuse(VerbLine line, String sentence) {
    return Refusal.of(line.spec(), "bad_time", sentence);
  }
}
