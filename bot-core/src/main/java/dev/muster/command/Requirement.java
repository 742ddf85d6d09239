// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

/** Who may do a thing. In a private incident each of them holds for its members only. */
public enum Requirement {
  /** Everybody who can see it. */
  EVERYBODY("everybody"),
  /** Everybody but guests, programs and people of other companies. */
  INSIDER("people who are neither guests nor programs"),
  /** Whoever works on incidents. */
  RESPONDER("a responder"),
  /** The commander or deputy; any responder while command is vacant. */
  COMMANDER("the commander or the deputy"),
  /** As {@link #COMMANDER}, and whoever wears the communications hat. */
  COMMANDER_OR_COMMUNICATIONS("the commander, the deputy or communications"),
  /** As {@link #COMMANDER}; whoever wrote in it is found by their facts and needs less. */
  COMMANDER_OR_AUTHOR("the commander, the deputy or whoever wrote in it"),
  /** Whoever may approve other people's requests. */
  APPROVER("an approver who did not ask for it"),
  /** Whoever may do everything. */
  ADMIN("an admin");

  private final String words;

  Requirement(String words) {
    this.words = words;
  }

  /** Returns who that is, in words that complete "Only … may do this". */
  public String words() {
    return words;
  }
}
