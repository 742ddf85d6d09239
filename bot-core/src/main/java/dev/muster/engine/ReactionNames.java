// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which reactions mean something to the bot. Skin tones do not matter, and a sign counts as its
 * name.
 *
 * @param highlight marks a message as important
 * @param done marks an action as done
 */
public record ReactionNames(Set<String> highlight, Set<String> done) {

  private static final Map<String, String> SIGNS =
      Map.of("📌", "pushpin", "📑", "bookmark_tabs", "✅", "white_check_mark", "⭐", "star");

  /** Keeps the names in the form in which they are compared. */
  public ReactionNames {
    highlight = names(highlight);
    done = names(done);
  }

  /** Returns the names, as an operator wrote them. */
  public static ReactionNames of(List<String> highlight, List<String> done) {
    return new ReactionNames(new HashSet<>(highlight), new HashSet<>(done));
  }

  boolean highlights(String name) {
    return highlight.contains(plain(name));
  }

  boolean finishes(String name) {
    return done.contains(plain(name));
  }

  private static Set<String> names(Set<String> written) {
    Set<String> names = new HashSet<>();
    written.forEach(name -> names.add(plain(name)));
    return Set.copyOf(names);
  }

  private static String plain(String name) {
    int tone = name.indexOf("::");
    String bare = tone < 0 ? name : name.substring(0, tone);
    String word = bare.replaceAll("^:|:$", "");
    return SIGNS.getOrDefault(word, word);
  }
}
