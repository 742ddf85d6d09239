// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.Closing;
import dev.muster.incident.IncidentId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code close [completed|false_alarm|duplicate INC-n] [TEXT]}. */
final class ClosingGrammar {

  private static final List<String> REASONS = List.of("completed", "false_alarm", "duplicate");
  private static final int LONGEST = 20;

  private ClosingGrammar() {}

  static Reading<Intent> read(VerbLine line) {
    Words words = line.words();
    String first = folded(words.peek());
    switch (first) {
      case "completed", "complete", "done" -> {
        words.take();
        return closed(line, Closing.as(Closing.Reason.COMPLETED));
      }
      case "false_alarm", "falsealarm" -> {
        words.take();
        return closed(line, Closing.as(Closing.Reason.FALSE_ALARM));
      }
      case "duplicate", "dup" -> {
        words.take();
        return duplicate(line);
      }
      default -> {
        return remark(line, first);
      }
    }
  }

  private static String folded(String word) {
    return word.length() > LONGEST ? word : word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static Reading<Intent> closed(VerbLine line, Closing closing) {
    String text = Unquoted.plain(line.words().rest());
    return Reading.of(
        new Intent.Close(closing, text.isEmpty() ? Optional.empty() : Optional.of(text)));
  }

  private static Reading<Intent> duplicate(VerbLine line) {
    line.words().takeIf(word -> word.equalsIgnoreCase("of"));
    Optional<IncidentId> original = IncidentId.parse(line.words().take());
    if (original.isEmpty()) {
      return Refusal.of(line.spec(), "needs_incident_id", "Say of which incident: INC-2.");
    }
    return closed(line, new Closing(Closing.Reason.DUPLICATE, original));
  }

  /** No reason word: {@code false alarm} in two words, a slip, or a remark on a completed one. */
  private static Reading<Intent> remark(VerbLine line, String first) {
    if (first.equals("false")) {
      Words ahead = new Words(line.words().ahead());
      ahead.take();
      if (folded(ahead.peek()).equals("alarm")) {
        line.words().take();
        line.words().take();
        return closed(line, Closing.as(Closing.Reason.FALSE_ALARM));
      }
    }
    Optional<String> meant =
        REASONS.stream()
            .filter(reason -> first.length() <= LONGEST && Nearest.isSlip(first, reason))
            .findFirst();
    if (meant.isPresent()) {
      String reason = meant.get().equals("duplicate") ? "duplicate INC-2" : meant.get();
      return Refusal.example(
          "unknown_closing_reason",
          "I do not know the reason " + Refusal.quoted(first) + ".",
          "close " + reason);
    }
    return closed(line, Closing.as(Closing.Reason.COMPLETED));
  }
}
