// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code escalate [TARGET] [REASON]}, {@code escalate level NUMBER [REASON]} and {@code page
 * PERSON|SCHEDULE [MESSAGE]}.
 */
final class EscalateGrammar {

  private static final Pattern LEVEL = Pattern.compile("(?:level|l)?([1-9][0-9]?)");

  private EscalateGrammar() {}

  static Reading<Intent> read(VerbLine line) {
    String words = Unquoted.plain(line.words().ahead());
    line.words().takeIf(word -> word.equalsIgnoreCase("to"));
    if (line.words().isEmpty()) {
      return Reading.of(intent(line, new EscalationTarget.NextLevel(), ""));
    }
    boolean levelFollows = line.words().takeIf(word -> word.equalsIgnoreCase("level"));
    String first = line.words().take();
    Optional<EscalationTarget> level = level(first);
    if (levelFollows && level.isEmpty()) {
      return Refusal.example(
          "bad_level", "Say which level, from 1.", "escalate level 2 nobody answers");
    }
    return Reading.of(intent(line, level.orElseGet(() -> named(line, first)), words));
  }

  static Reading<Intent> page(VerbLine line) {
    if (line.words().isEmpty()) {
      return Refusal.of(
          line.spec(),
          "needs_person",
          "Say whom: @name, an e-mail address or the name of a schedule.");
    }
    String word = line.words().take();
    return PersonWords.read(word, line.platform())
        .map(person -> whoever(line, word, person))
        .<Reading<Intent>>map(
            target -> Reading.of(new Outward.Page(target, FieldGrammar.text(line))))
        .orElseGet(
            () ->
                Refusal.of(
                    line.spec(),
                    "unknown_person",
                    Refusal.quoted(word) + " is not the name of one person or schedule."));
  }

  /** A bare word may be the name of a schedule; everything else is a person. */
  private static EscalationTarget whoever(VerbLine line, String word, PersonRef person) {
    return person instanceof PersonRef.Named && !PersonWords.isMarked(word, line.platform())
        ? new EscalationTarget.Perhaps(word)
        : new EscalationTarget.Someone(person);
  }

  private static Optional<EscalationTarget> level(String word) {
    if (word.length() > 8) {
      return Optional.empty();
    }
    Matcher number = LEVEL.matcher(word.toLowerCase(Locale.ROOT));
    return number.matches()
        ? Optional.of(new EscalationTarget.Level(Integer.parseInt(number.group(1))))
        : Optional.empty();
  }

  private static EscalationTarget named(VerbLine line, String word) {
    return PersonWords.isMarked(word, line.platform())
        ? new EscalationTarget.Someone(PersonWords.read(word, line.platform()).orElseThrow())
        : new EscalationTarget.Perhaps(word);
  }

  private static Intent intent(VerbLine line, EscalationTarget target, String words) {
    return new Intent.Escalate(target, FieldGrammar.text(line), words);
  }
}
