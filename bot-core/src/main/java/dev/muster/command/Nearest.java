// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds the words most like a mistyped one. */
final class Nearest {

  /** Beyond this a word is cut before it is compared, so that no input costs much. */
  private static final int LONGEST = 40;

  private Nearest() {}

  /** Returns at most {@code limit} candidates, the most alike first; ties in the given order. */
  static List<String> to(String word, Collection<String> candidates, int limit) {
    String typed = word.substring(0, Math.min(word.length(), LONGEST)).toLowerCase(Locale.ROOT);
    return candidates.stream()
        .sorted(Comparator.comparingInt(candidate -> cost(typed, candidate)))
        .limit(limit)
        .toList();
  }

  /** Returns whether a word is close enough to another to be a slip of the finger. */
  static boolean isSlip(String word, String candidate) {
    int allowed = candidate.length() > 5 ? 2 : 1;
    return Math.abs(word.length() - candidate.length()) <= allowed
        && distance(word.toLowerCase(Locale.ROOT), candidate) <= allowed;
  }

  /** A candidate that begins with what was typed is nearer than its length says. */
  private static int cost(String typed, String candidate) {
    boolean begun = typed.length() > 1 && candidate.startsWith(typed);
    return begun ? 1 : distance(typed, candidate);
  }

  /** Returns how many letters to insert, drop, change or swap with the next. */
  static int distance(String from, String to) {
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, i, j, from, to);
      }
    }
    return cost[from.length()][to.length()];
  }

  private static int step(int[][] cost, int i, int j, String from, String to) {
    boolean same = from.charAt(i - 1) == to.charAt(j - 1);
    int changed = cost[i - 1][j - 1] + (same ? 0 : 1);
    int best = Math.min(changed, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    return isSwap(i, j, from, to) ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }

  private static boolean isSwap(int i, int j, String from, String to) {
    return i > 1
        && j > 1
        && from.charAt(i - 1) == to.charAt(j - 2)
        && from.charAt(i - 2) == to.charAt(j - 1);
  }
}
