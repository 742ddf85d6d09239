// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi.pace;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the header {@code Retry-After}: whole seconds or a date (RFC 9110, section 10.2.3). Whoever
 * writes something else has named no time.
 */
public final class RetryAfter {

  /** Platforms name seconds; anything longer than this is taken for a mistake. */
  public static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private RetryAfter() {}

  /**
   * Returns how long to wait, from a second to {@link #LONGEST}.
   *
   * @param header the header's value; null when there is none
   * @param now by the clock that the wait is counted with
   */
  public static Optional<Duration> of(String header, Instant now) {
    if (header == null) {
      return Optional.empty();
    }
    String value = header.trim();
    return SECONDS.matcher(value).matches()
        ? Optional.of(bounded(Duration.ofSeconds(Long.parseLong(value))))
        : until(value, now);
  }

  private static Optional<Duration> until(String date, Instant now) {
    try {
      Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(now, then)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }
}
