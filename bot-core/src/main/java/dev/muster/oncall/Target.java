// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import java.util.Locale;

/**
 * Somebody an escalation asks, written {@code schedule:payments}, {@code person:ada} or {@code
 * group:sre}.
 *
 * @param kind what sort of target it is
 * @param name name of the schedule or group, or identifier of the person
 */
public record Target(Kind kind, String name) {

  /** What sort of target it is. */
  public enum Kind {
    /** Whoever a schedule names at that moment. */
    SCHEDULE,
    /** One person. */
    PERSON,
    /** Everybody in a group. */
    GROUP
  }

  /** Refuses a target without a name. */
  public Target {
    if (kind == null || name == null || name.isBlank()) {
      throw new IllegalArgumentException(problem(name));
    }
    name = name.strip();
  }

  /**
   * Reads {@code kind:name}.
   *
   * @throws IllegalArgumentException with a sentence that shows the right form
   */
  public static Target parse(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? "" : text.substring(0, colon).strip().toUpperCase(Locale.ROOT);
    for (Kind kind : Kind.values()) {
      if (kind.name().equals(word)) {
        return new Target(kind, text.substring(colon + 1));
      }
    }
    throw new IllegalArgumentException(problem(text));
  }

  private static String problem(String text) {
    return "'" + text + "' is no target; write schedule:NAME, person:ID or group:NAME";
  }

  /** Returns the target as it is written in the configuration. */
  @java.lang.Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
  }
}
