// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.render;

/** Writes a person as fields hold one: {@code <@teams:id>} for us, the bare id for Teams. Pure. */
public final class PersonValue {

  private static final String OPEN = "<@teams:";

  private PersonValue() {}

  /** Returns the neutral mention of a person of Teams. */
  public static String neutral(String person) {
    return OPEN + person + ">";
  }

  /** Returns the value of a person field as our events carry it; empty stays empty. */
  public static String fromTeams(String value) {
    return value.isBlank() ? "" : neutral(value.strip());
  }

  /** Returns the value of a person field as Teams holds it. */
  static String toTeams(String value) {
    return value.startsWith(OPEN) && value.endsWith(">")
        ? value.substring(OPEN.length(), value.length() - 1)
        : "";
  }
}
