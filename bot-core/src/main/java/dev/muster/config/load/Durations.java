// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations: number and unit, one or more times, such as {@code 30s} or {@code 1h30m}. */
final class Durations {

  /** Longer is a mistake. */
  private static final Duration LONGEST = Duration.ofDays(3660);

  private static final String EXAMPLES = "Write number and unit, for example 30s, 1h30m or 7d";
  private static final Pattern WHOLE = Pattern.compile("(?:[0-9]+(?:ms|s|m|h|d))+");
  private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h|d)");
  private static final Pattern WITHOUT_LAST_UNIT =
      Pattern.compile("(?:[0-9]+(?:ms|s|m|h|d))*[0-9]+(s|m|h|d)[0-9]+");
  private static final Map<String, String> SMALLER = Map.of("d", "h", "h", "m", "m", "s");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));

  private Durations() {}

  static Duration parse(String text) {
    if (text.startsWith("-")) {
      throw new BadValue("'" + text + "' is negative; a duration is not", EXAMPLES);
    }
    if (text.matches("[0-9]+")) {
      throw new BadValue(
          "'" + text + "' has no unit", "Did you mean " + text + "s or " + text + "m?");
    }
    Matcher open = WITHOUT_LAST_UNIT.matcher(text);
    if (open.matches()) {
      String unit = SMALLER.getOrDefault(open.group(1), "ms");
      throw new BadValue(
          "The last number of '" + text + "' has no unit", "Did you mean " + text + unit + "?");
    }
    if (!WHOLE.matcher(text).matches()) {
      throw new BadValue("'" + text + "' is no duration", EXAMPLES);
    }
    return sum(text);
  }

  private static Duration sum(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(times(text, part.group(1), UNITS.get(part.group(2))));
      if (sum.compareTo(LONGEST) > 0) {
        throw tooLong(text);
      }
    }
    return sum;
  }

  private static Duration times(String text, String number, Duration unit) {
    boolean hopeless = number.replaceFirst("^0+", "").length() > 15;
    if (hopeless) {
      throw tooLong(text);
    }
    return unit.multipliedBy(Long.parseLong(number));
  }

  private static BadValue tooLong(String text) {
    return new BadValue(
        "'" + text + "' is out of range", "The longest is " + LONGEST.toDays() + "d");
  }
}
