// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slack's message times, seconds and microseconds as text; never a floating-point number. Pure. */
final class Ts {

  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,11})(?:\\.([0-9]{1,6}))?");

  private Ts() {}

  /** Returns the instant; empty when the text is not such a time. */
  static Optional<Instant> instant(String ts) {
    Matcher matcher = SHAPE.matcher(ts);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String fraction = matcher.group(2) == null ? "" : matcher.group(2);
    long micros = Long.parseLong((fraction + "000000").substring(0, 6));
    return Optional.of(Instant.ofEpochSecond(Long.parseLong(matcher.group(1)), micros * 1_000));
  }

  /** Returns the time as Slack writes it. */
  static String of(Instant at) {
    return String.format(Locale.ROOT, "%d.%06d", at.getEpochSecond(), at.getNano() / 1_000);
  }
}
