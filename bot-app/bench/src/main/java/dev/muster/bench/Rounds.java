// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What both sides came to in rounds that took turns.
 *
 * @param <T> what one round came to
 */
final class Rounds<T> {

  private final String beside;
  private final List<T> ours = new ArrayList<>();
  private final List<T> theirs = new ArrayList<>();

  /**
   * @param beside what Muster is measured against
   */
  Rounds(String beside) {
    this.beside = beside;
  }

  void ours(T round) {
    ours.add(round);
  }

  void theirs(T round) {
    theirs.add(round);
  }

  /** Returns a line of the table about one property of the rounds. */
  Row row(String goal, String what, String unit, ToDoubleFunction<T> of, String wanted) {
    Optional<Figure> other =
        theirs.isEmpty() ? Optional.empty() : Optional.of(figure(theirs, of, unit));
    return new Row(goal, what, figure(ours, of, unit), beside, other, wanted);
  }

  private Figure figure(List<T> rounds, ToDoubleFunction<T> of, String unit) {
    return Figure.of(rounds.stream().map(of::applyAsDouble).toList(), unit);
  }
}
