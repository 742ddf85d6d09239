// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

/**
 * Gives reactions the names people know. Teams names the six old ones by a word and all others by
 * code point and word, such as {@code 1f4cc_pushpin}. Pure.
 */
final class ReactionName {

  private ReactionName() {}

  static String of(String type) {
    String known = type == null ? "" : type;
    int parting = known.indexOf('_');
    boolean coded = parting > 0 && isCode(known.substring(0, parting));
    return coded ? known.substring(parting + 1) : known;
  }

  private static boolean isCode(String prefix) {
    return prefix.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '-');
  }
}
