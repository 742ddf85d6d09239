// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import java.util.Locale;
import java.util.Optional;

/** Reads {@code timeline [show|export]} and {@code timeline add [TIME] TEXT}. */
final class TimelineGrammar {

  private TimelineGrammar() {}

  static Reading<Intent> read(VerbLine line) {
    String part = line.words().take();
    line.addressNext();
    return switch (part.toLowerCase(Locale.ROOT)) {
      case "", "show" -> shown(line);
      case "export" -> PlainGrammar.nothingMore(line, new PaperIntent.ExportTimeline());
      case "add" -> TimeWords.take(line).then(at -> added(line, at));
      default ->
          Refusal.of(
              line.spec(),
              "unknown_part",
              "A timeline can be shown, exported or added to, not " + Refusal.quoted(part) + ".");
    };
  }

  private static Reading<Intent> shown(VerbLine line) {
    return PlainGrammar.nothingMore(line, new Intent.ShowTimeline());
  }

  private static Reading<Intent> added(VerbLine line, Optional<TimeRef> at) {
    return FieldGrammar.text(line)
        .map(text -> Reading.<Intent>of(new Intent.AddToTimeline(at, text)))
        .orElseGet(() -> Refusal.of(line.spec(), "needs_text", "Say what happened."));
  }
}
