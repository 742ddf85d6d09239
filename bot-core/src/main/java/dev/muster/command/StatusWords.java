// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Names of statuses, and the verb that leads to each. */
final class StatusWords {

  private static final Map<String, String> VERBS =
      Map.of(
          "investigating", "reopen",
          "open", "reopen",
          "reopened", "reopen",
          "identified", "identify",
          "mitigated", "mitigate",
          "monitoring", "mitigate",
          "fixed", "resolve",
          "resolved", "resolve",
          "closed", "close");

  private StatusWords() {}

  /** Returns the verb that makes an incident be what the word says. */
  static Optional<String> verb(String word) {
    return word.length() > 20
        ? Optional.empty()
        : Optional.ofNullable(VERBS.get(word.toLowerCase(Locale.ROOT)));
  }
}
