// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations such as {@code 30m} or {@code 1h30m}; a number without a unit is none. */
public final class DurationText {

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:([0-9]{1,5}) ?(?:d|days?))? ?(?:([0-9]{1,5}) ?(?:h|hrs?|hours?))? ?"
              + "(?:([0-9]{1,5}) ?(?:m|mins?|minutes?))? ?(?:([0-9]{1,5}) ?(?:s|secs?|seconds?))?");
  private static final int LONGEST = 60;

  private DurationText() {}

  /** Returns the duration a text says; empty if it says none. */
  public static Optional<Duration> read(String text) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    if (bare.isEmpty() || bare.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = WRITTEN.matcher(bare);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofDays(number(matcher, 1))
            .plusHours(number(matcher, 2))
            .plusMinutes(number(matcher, 3))
            .plusSeconds(number(matcher, 4)));
  }

  private static long number(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }
}
