// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads severities, and finds the nearest one for a word that is none. */
final class SeverityWords {

  private static final Pattern NUMBERED = Pattern.compile("sev-?([0-9]{1,9})");
  private static final Pattern SPELLED = Pattern.compile("sev-?(zero|one|two|three|four|five|six)");
  private static final Map<String, Severity> LIKE =
      Map.ofEntries(
          Map.entry("one", Severity.SEV1),
          Map.entry("zero", Severity.SEV1),
          Map.entry("two", Severity.SEV2),
          Map.entry("three", Severity.SEV3),
          Map.entry("four", Severity.SEV4),
          Map.entry("five", Severity.SEV4),
          Map.entry("six", Severity.SEV4),
          Map.entry("critical", Severity.SEV1),
          Map.entry("crit", Severity.SEV1),
          Map.entry("major", Severity.SEV2),
          Map.entry("high", Severity.SEV2),
          Map.entry("minor", Severity.SEV3),
          Map.entry("medium", Severity.SEV3),
          Map.entry("low", Severity.SEV4));

  private SeverityWords() {}

  /** Returns whether a word is clearly meant as a severity: {@code sev2}, {@code sev0}. */
  static boolean isMeant(String word) {
    String bare = word.toLowerCase(Locale.ROOT);
    return bare.length() <= 16
        && (NUMBERED.matcher(bare).matches() || SPELLED.matcher(bare).matches());
  }

  static boolean isPrefix(String word) {
    return word.equalsIgnoreCase("sev") || word.equalsIgnoreCase("severity");
  }

  /** Reads the severity at the front of the line; {@code sev 2} counts as one. */
  static Reading<Severity> take(VerbLine line) {
    line.words().takeIf(SeverityWords::isPrefix);
    String word = line.words().take();
    return read(word, "severity ");
  }

  /** Reads a word that has to be a severity; {@code before} begins the example of a refusal. */
  static Reading<Severity> read(String word, String before) {
    Optional<Severity> severity = word.length() > 8 ? Optional.empty() : Severity.parse(word);
    return severity.map(Reading::of).orElseGet(() -> none(word, before));
  }

  private static Reading<Severity> none(String word, String before) {
    String problem =
        word.isEmpty()
            ? "Say which severity."
            : "There is no severity " + Refusal.quoted(word) + ".";
    String known = " There are SEV1 (worst), SEV2, SEV3 and SEV4.";
    String near = nearest(word).name().toLowerCase(Locale.ROOT);
    return Refusal.example("unknown_severity", problem + known, before + near);
  }

  private static Severity nearest(String word) {
    String bare = word.toLowerCase(Locale.ROOT);
    Matcher number = Pattern.compile("(?:sev)?-?([0-9]{1,9})").matcher(bare);
    if (bare.length() <= 16 && number.matches()) {
      int index = Math.max(1, Math.min(4, Integer.parseInt(number.group(1))));
      return Severity.values()[index - 1];
    }
    String stem = bare.replaceFirst("^sev-?", "");
    return LIKE.getOrDefault(Nearest.to(stem, List.copyOf(LIKE.keySet()), 1).get(0), Severity.SEV3);
  }
}
