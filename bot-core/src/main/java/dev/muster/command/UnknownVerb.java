// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.Rejection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Answers a word that is no verb: the three nearest, and one valid example. Nothing is done. */
final class UnknownVerb {

  private static final int SUGGESTED = 3;

  /** Words people try first, and the verb of ours that does it. */
  private static final Map<String, String> MEANT =
      Map.ofEntries(
          Map.entry("assign", "role"),
          Map.entry("create", "declare"),
          Map.entry("done", "resolve"),
          Map.entry("end", "close"),
          Map.entry("fix", "mitigate"),
          Map.entry("fixed", "resolve"),
          Map.entry("log", "timeline"),
          Map.entry("duplicate", "merge"),
          Map.entry("note", "timeline"),
          Map.entry("owner", "commander"),
          Map.entry("priority", "severity"),
          Map.entry("raise", "severity"),
          Map.entry("revert", "rollback"),
          Map.entry("start", "declare"),
          Map.entry("stop", "close"),
          Map.entry("todo", "task"),
          Map.entry("trigger", "declare"),
          Map.entry("undo", "rollback"));

  private UnknownVerb() {}

  static Rejection refused(String word) {
    List<String> near = nearest(word);
    CommandSpec first = CommandSpec.find(near.get(0)).orElseThrow();
    return new Rejection(
        "unknown_verb",
        "I do not know " + Refusal.quoted(word) + "; nothing was done.",
        "Did you mean " + Refusal.anyOf(near) + "? For example: " + first.typedExample());
  }

  /** Returns the verbs that were most likely meant, the likeliest first; never empty. */
  static List<String> nearest(String word) {
    String typed = word.length() > 40 ? word : word.toLowerCase(Locale.ROOT);
    List<String> verbs =
        CommandSpec.all().stream()
            .map(CommandSpec::verb)
            .filter(verb -> !verb.endsWith("!"))
            .toList();
    return Stream.concat(
            Stream.ofNullable(MEANT.get(typed)), Nearest.to(typed, verbs, SUGGESTED).stream())
        .distinct()
        .limit(SUGGESTED)
        .toList();
  }
}
