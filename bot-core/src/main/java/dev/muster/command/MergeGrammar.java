// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.IncidentId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code merge INC-42 [REASON]}. The incident behind the verb is the one that stays; which
 * one ends is said before the verb, as in {@code INC-7 merge INC-42}, or by {@code merge INC-7 into
 * INC-42}.
 */
final class MergeGrammar {

  private static final Set<String> FILLERS = Set.of("into", "with", "to", "in");

  private MergeGrammar() {}

  static Reading<Intent> read(VerbLine line) {
    Words words = line.words();
    String before = words.ahead();
    words.takeIf(word -> FILLERS.contains(word.toLowerCase(Locale.ROOT)));
    String next = words.peek();
    if (VerbLine.namesIncident(next)) {
      words.take();
      return IncidentId.parse(next).map(into -> merged(line, into)).orElseGet(() -> nameless(line));
    }
    words.putBack(before);
    Optional<IncidentId> into = line.takeBack();
    if (into.isPresent()) {
      return merged(line, into.get());
    }
    return words.isEmpty() ? Reading.of(new Outward.Merge(Optional.empty(), "")) : nameless(line);
  }

  private static Reading<Intent> merged(VerbLine line, IncidentId into) {
    String reason = Unquoted.plain(line.words().rest());
    return Reading.of(new Outward.Merge(Optional.of(into), reason));
  }

  private static Reading<Intent> nameless(VerbLine line) {
    return Refusal.of(line.spec(), "needs_incident_id", "Say into which incident, as INC-2.");
  }
}
