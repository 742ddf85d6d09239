// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.util.Optional;

/**
 * One line of the table.
 *
 * @param goal the goal's number, such as S1; empty when there is none
 * @param what what is measured
 * @param figure Muster's
 * @param beside what it is measured against; empty for nothing
 * @param other the figure of that
 * @param wanted the goal in words; empty when there is none
 */
record Row(
    String goal, String what, Figure figure, String beside, Optional<Figure> other, String wanted) {

  /** Returns a line that says why there is no figure. */
  static Row missing(String goal, String what, String why, String wanted) {
    return new Row(goal, what, Figure.NONE, why, Optional.empty(), wanted);
  }

  /** Returns the line of the table. */
  String markdown() {
    String against = other.map(f -> beside + ": " + f).orElse(beside);
    String ratio =
        other
            .filter(f -> f.median() > 0)
            .map(f -> Figure.number(figure.median() / f.median()) + " ×")
            .orElse("");
    return "| " + String.join(" | ", goal, what, "" + figure, against, ratio, wanted) + " |";
  }
}
