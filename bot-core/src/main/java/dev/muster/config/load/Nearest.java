// SPDX-License-Identifier: Apache-2.0
package dev.muster.config.load;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.TreeSet;

/** Suggests the word somebody probably meant. */
public final class Nearest {

  private static final int MOST_LISTED = 20;
  private static final int LONGEST_COMPARED = 64;

  private Nearest() {}

  /**
   * Returns {@code Did you mean X?}, or else the list of what is known; never empty.
   *
   * @param wrong as somebody wrote it
   * @param known what would have been right
   */
  public static String hint(String wrong, Collection<String> known) {
    if (known.isEmpty()) {
      return "None is defined";
    }
    String suggestion = suggestion(wrong, known);
    return suggestion.isEmpty() ? listed(known) : suggestion;
  }

  /** Returns {@code Did you mean X?}, or nothing when no known word is near. */
  static String suggestion(String wrong, Collection<String> known) {
    return known.stream()
        .filter(word -> distance(wrong, word) <= tolerance(wrong))
        .min(Comparator.comparingInt((String word) -> distance(wrong, word)).thenComparing(w -> w))
        .map(word -> "Did you mean " + word + "?")
        .orElse("");
  }

  private static String listed(Collection<String> known) {
    var sorted = new TreeSet<>(known);
    String list = String.join(", ", sorted.stream().limit(MOST_LISTED).toList());
    return "Known: " + list + (sorted.size() > MOST_LISTED ? ", …" : "");
  }

  private static int tolerance(String wrong) {
    return wrong.length() <= 4 ? 1 : wrong.length() <= 8 ? 2 : 3;
  }

  /** Counts letters to insert, remove, replace or swap with their neighbour, in any case. */
  static int distance(String first, String second) {
    String a = first.toLowerCase(Locale.ROOT);
    String b = second.toLowerCase(Locale.ROOT);
    if (a.length() > LONGEST_COMPARED || b.length() > LONGEST_COMPARED) {
      return a.equals(b) ? 0 : Integer.MAX_VALUE;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int best = cost[i - 1][j - 1] + (same ? 0 : 1);
    best = Math.min(best, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
