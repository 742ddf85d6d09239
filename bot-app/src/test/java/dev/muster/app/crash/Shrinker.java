// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Drops from a list that fails whatever it fails without: first halves, then ever smaller parts,
 * until no single element can be dropped. A failure that does not always come may leave more than
 * is needed, never less than was seen to fail.
 */
final class Shrinker {

  private Shrinker() {}

  /**
   * Returns a part of {@code all}, in its order, that still fails and of which nothing can go.
   *
   * @param all a list that fails
   * @param fails tries a list
   * @param mostTries after so many it stops with the least that it found
   */
  static <T> List<T> least(List<T> all, Predicate<List<T>> fails, int mostTries) {
    List<T> least = List.copyOf(all);
    int parts = 2;
    int tries = 0;
    while (least.size() > 1 && parts <= least.size()) {
      List<T> smaller = null;
      for (int part = 0; part < parts && smaller == null; part++) {
        if (++tries > mostTries) {
          return least;
        }
        List<T> without = without(least, part, parts);
        smaller = fails.test(without) ? without : null;
      }
      if (smaller != null) {
        least = smaller;
        parts = Math.max(2, parts - 1);
      } else if (parts == least.size()) {
        return least;
      } else {
        parts = Math.min(2 * parts, least.size());
      }
    }
    return least;
  }

  private static <T> List<T> without(List<T> all, int part, int parts) {
    List<T> rest = new ArrayList<>(all.subList(0, all.size() * part / parts));
    rest.addAll(all.subList(all.size() * (part + 1) / parts, all.size()));
    return rest;
  }
}
