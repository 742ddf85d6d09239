// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an incident, written {@code INC-42}; numbers count from 1 without gaps.
 *
 * @param number the incident's number, at least 1
 */
public record IncidentId(long number) implements Comparable<IncidentId> {

  private static final Pattern WRITTEN = Pattern.compile("(?:(?i:INC)-|#)([1-9][0-9]{0,17})");

  /** Refuses numbers below 1. */
  public IncidentId {
    if (number < 1) {
      throw new IllegalArgumentException("incident numbers begin at 1, not " + number);
    }
  }

  /** Reads {@code INC-42}, {@code inc-42} or {@code #42}; empty for anything else. */
  public static Optional<IncidentId> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    return matcher.matches()
        ? Optional.of(new IncidentId(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  @Override
  public int compareTo(IncidentId other) {
    return Long.compare(number, other.number);
  }

  @Override
  public String toString() {
    return "INC-" + number;
  }
}
