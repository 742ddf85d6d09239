// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.Rejection;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the verbs that take one fixed word or none. */
final class PlainGrammar {

  private PlainGrammar() {}

  /** Returns the grammar of a verb that stands alone. */
  static Grammar alone(Intent intent) {
    return line -> nothingMore(line, intent);
  }

  /** Returns the grammar of a verb behind which anything may stand; it is not read. */
  static Grammar always(Intent intent) {
    return line -> Reading.of(intent);
  }

  static Reading<Intent> nothingMore(VerbLine line, Intent intent) {
    String more = line.words().peek();
    return line.words().isEmpty()
        ? Reading.of(intent)
        : Refusal.of(
            line.spec(),
            "too_many_words",
            "I do not understand " + Refusal.quoted(more) + " here.");
  }

  static Reading<Intent> help(VerbLine line) {
    if (line.words().isEmpty()) {
      return Reading.of(new Intent.Help(Optional.empty()));
    }
    String verb = line.words().take();
    return CommandSpec.find(verb)
        .map(spec -> Reading.<Intent>of(new Intent.Help(Optional.of(spec.verb()))))
        .orElseGet(() -> Reading.refuse(UnknownVerb.refused(verb)));
  }

  static Reading<Intent> status(VerbLine line) {
    Optional<String> verb = StatusWords.verb(line.words().peek());
    if (verb.isPresent()) {
      return Reading.refuse(
          new Rejection(
              "status_word",
              "status shows where the incident is and changes nothing.",
              "To change it: " + CommandSpec.PREFIX + verb.get()));
    }
    boolean publicly = line.words().takeIf(word -> word.equalsIgnoreCase("public"));
    return nothingMore(line, new Intent.ShowStatus(publicly));
  }

  static Reading<Intent> list(VerbLine line) {
    String word = line.words().take();
    if (word.isEmpty()) {
      return Reading.of(new Intent.ListIncidents(IncidentFilter.OPEN));
    }
    Optional<IncidentFilter> filter =
        word.length() > 20 ? Optional.empty() : IncidentFilter.parse(word);
    return filter
        .map(known -> nothingMore(line, new Intent.ListIncidents(known)))
        .orElseGet(() -> noSuchList(word));
  }

  private static Reading<Intent> noSuchList(String word) {
    List<String> filters =
        Arrays.stream(IncidentFilter.values()).map(IncidentFilter::word).toList();
    return Refusal.example(
        "unknown_list",
        "There is no list " + Refusal.quoted(word) + ", only " + Refusal.anyOf(filters) + ".",
        "list " + Nearest.to(word.toLowerCase(Locale.ROOT), filters, 1).get(0));
  }
}
