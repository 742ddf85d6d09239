// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.sabotage;

/** What becomes red when a fault is in the program. */
public sealed interface Proof {

  /** Returns the class and the method behind a {@code #}. */
  String test();

  /** Returns what has to be said, so that it is red for this and for nothing else. */
  String says();

  /**
   * A test that {@code SabotageTableTest} runs with the fault and without.
   *
   * @param test the class and the method behind a {@code #}
   * @param says what its failure says, so that it fails for this and for nothing else
   * @param quick whether it is run by every build
   */
  record Test(String test, String says, boolean quick) implements Proof {}

  /**
   * A trial of {@code crash} that puts the fault into a process of its own and expects the
   * checker's report.
   *
   * @param test the class and the method behind a {@code #}; in it the fault is put in
   * @param says what the report says
   */
  record Trial(String test, String says) implements Proof {}
}
