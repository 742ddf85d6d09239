// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.chat.PlainWords;
import dev.muster.incident.IncidentStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the verbs that describe the incident or move it on. */
final class FieldGrammar {

  private static final Duration SHORTEST_PROMISE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PROMISE = Duration.ofDays(7);
  private static final int MOST_SERVICES = 20;
  private static final int LONGEST_SERVICE = 100;

  private FieldGrammar() {}

  static Reading<Intent> severity(VerbLine line) {
    return SeverityWords.take(line)
        .map(
            to -> {
              line.addressNext();
              return new Intent.ChangeSeverity(to, text(line));
            });
  }

  static Reading<Intent> title(VerbLine line) {
    return TitleWords.read(line, line.words().rest()).map(Intent.ChangeTitle::new);
  }

  static Reading<Intent> impact(VerbLine line) {
    return text(line)
        .map(words -> Reading.<Intent>of(new Intent.DescribeImpact(words)))
        .orElseGet(() -> Refusal.of(line.spec(), "needs_text", "Say what people outside notice."));
  }

  static Reading<Intent> affects(VerbLine line) {
    List<String> services =
        line.words().takeAll(MOST_SERVICES + 1).stream().map(PlainWords::of).toList();
    boolean readable =
        !services.isEmpty()
            && services.size() <= MOST_SERVICES
            && services.stream().allMatch(name -> name.length() <= LONGEST_SERVICE);
    return readable
        ? Reading.of(new Intent.NameServices(services.stream().distinct().toList()))
        : Refusal.of(
            line.spec(), "needs_service", "Name 1 to " + MOST_SERVICES + " affected services.");
  }

  static Reading<Intent> update(VerbLine line) {
    return Reading.of(new Intent.PostUpdate(text(line)));
  }

  static Reading<Intent> next(VerbLine line) {
    line.words().takeIf(word -> word.equalsIgnoreCase("in"));
    Optional<Duration> within = DurationText.read(line.words().rest());
    boolean sensible =
        within.isPresent()
            && within.get().compareTo(SHORTEST_PROMISE) >= 0
            && within.get().compareTo(LONGEST_PROMISE) <= 0;
    return sensible
        ? Reading.of(new Intent.PromiseUpdate(within.get()))
        : Refusal.of(
            line.spec(), "bad_duration", "Say in how long, with a unit: 1m at least, 7d at most.");
  }

  static Grammar advance(IncidentStatus to) {
    return line -> Reading.of(new Intent.Advance(to, text(line)));
  }

  static Reading<Intent> reopen(VerbLine line) {
    return Reading.of(new Intent.Reopen(text(line)));
  }

  static Reading<Intent> cancel(VerbLine line) {
    return text(line)
        .map(reason -> Reading.<Intent>of(new Intent.Cancel(reason)))
        .orElseGet(() -> Refusal.of(line.spec(), "needs_reason", "Say why it is cancelled."));
  }

  /** Returns what is left of the line as free text; empty if nothing is. */
  static Optional<String> text(VerbLine line) {
    String text = Unquoted.plain(line.words().rest());
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
