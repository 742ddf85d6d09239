// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the verbs that start runbooks. They act on production, so nothing is guessed. */
final class RunbookGrammar {

  private static final int MOST_PARAMETERS = 50;

  private RunbookGrammar() {}

  static Reading<Intent> runbook(VerbLine line) {
    if (line.words().isEmpty()) {
      return Reading.of(new Intent.ListRunbooks());
    }
    String name = line.words().take();
    Map<String, String> parameters = new HashMap<>();
    while (!line.words().isEmpty() && parameters.size() <= MOST_PARAMETERS) {
      Optional<Map.Entry<String, String>> pair = line.words().takePair();
      if (pair.isEmpty()) {
        return noPair(line);
      }
      if (parameters.put(pair.get().getKey(), pair.get().getValue()) != null) {
        return twice(line, pair.get().getKey());
      }
    }
    return parameters.size() > MOST_PARAMETERS || name.indexOf('=') >= 0
        ? Refusal.of(line.spec(), "bad_parameter", "Name the runbook, then its parameters.")
        : Reading.of(new Intent.StartRunbook(name, parameters));
  }

  private static Reading<Intent> noPair(VerbLine line) {
    Optional<String> address = line.words().takeLastIf(VerbLine::namesIncident);
    String wrong = address.orElseGet(() -> line.words().peek());
    return Refusal.of(
        line.spec(),
        "bad_parameter",
        Refusal.quoted(wrong) + " is no parameter; write KEY=VALUE, and quotes around spaces.");
  }

  private static Reading<Intent> twice(VerbLine line, String key) {
    return Refusal.of(
        line.spec(), "bad_parameter", "The parameter " + Refusal.quoted(key) + " is there twice.");
  }

  static Reading<Intent> rollback(VerbLine line) {
    Optional<String> service = Optional.empty();
    if (!line.words().isEmpty() && !isTo(line.words().peek())) {
      service = Optional.of(line.words().take());
    }
    Optional<String> version = Optional.empty();
    if (line.words().takeIf(RunbookGrammar::isTo)) {
      version = Optional.of(line.words().take());
    }
    if (version.filter(String::isEmpty).isPresent()) {
      return Refusal.of(line.spec(), "needs_version", "Say to which version.");
    }
    return PlainGrammar.nothingMore(line, new Intent.RollBack(service, version));
  }

  private static boolean isTo(String word) {
    return word.equalsIgnoreCase("to");
  }
}
