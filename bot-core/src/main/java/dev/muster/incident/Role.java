// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import java.util.Locale;
import java.util.Optional;

/** A hat worn in one incident; apart from access levels, which say what a person may do. */
public enum Role {
  /** Decides and delegates; exactly one, or clearly vacant. */
  COMMANDER,
  /** Stands in for the commander. */
  DEPUTY,
  /** Speaks to people outside the incident. */
  COMMUNICATIONS,
  /** Keeps the notes. */
  SCRIBE,
  /** Looks for what is wrong. */
  INVESTIGATOR,
  /** Follows without working on it. */
  OBSERVER;

  /** Returns the role's name as people and programs write it, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads a role in any case, with the aliases {@code ic}, {@code lead} and {@code comms}. */
  public static Optional<Role> parse(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "ic", "lead" -> Optional.of(COMMANDER);
      case "comms" -> Optional.of(COMMUNICATIONS);
      default -> byWord(word);
    };
  }

  private static Optional<Role> byWord(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return Optional.of(role);
      }
    }
    return Optional.empty();
  }
}
