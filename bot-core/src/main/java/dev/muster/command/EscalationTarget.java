// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

/** Whom an escalation asks. */
public sealed interface EscalationTarget {

  /** Whoever the policy names next. */
  record NextLevel() implements EscalationTarget {}

  /**
   * A level of the policy.
   *
   * @param number counted from 1
   */
  record Level(int number) implements EscalationTarget {}

  /**
   * A person.
   *
   * @param person who
   */
  record Someone(PersonRef person) implements EscalationTarget {}

  /**
   * A word that names a schedule, policy, group or person, if there is one of that name; if there
   * is none it was the first word of the reason, and the next level is meant.
   *
   * @param name the word as typed
   */
  record Perhaps(String name) implements EscalationTarget {}
}
