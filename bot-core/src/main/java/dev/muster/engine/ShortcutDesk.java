// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Quotation;
import dev.muster.chat.UtcText;
import dev.muster.command.Requirement;
import dev.muster.command.Title;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes commands about a message that somebody chose: each opens its form with the words in it. */
final class ShortcutDesk {

  private final Gate gate;
  private final Forms forms;
  private final Offers offers;

  ShortcutDesk(Gate gate, Forms forms, Offers offers) {
    this.gate = gate;
    this.forms = forms;
    this.offers = offers;
  }

  /**
   * Opens the form.
   *
   * @param command {@code declare}, {@code timeline add} or {@code action}
   */
  void take(Exchange exchange, String command, Quotation chosen) {
    switch (command) {
      case "declare" -> declare(exchange, chosen);
      case "timeline add" -> within(exchange, Press.NOTE, chosen);
      default -> within(exchange, Press.FOLLOW_UP, chosen);
    }
  }

  private boolean may(Exchange exchange, Requirement needed, Optional<Incident> incident) {
    Optional<Rejection> refusal =
        gate.refusal(exchange.moment(), exchange.by(), needed, incident, "shortcut");
    refusal.ifPresent(exchange::refuse);
    return refusal.isEmpty();
  }

  private void declare(Exchange exchange, Quotation chosen) {
    if (!may(exchange, Requirement.INSIDER, Optional.empty())) {
      return;
    }
    Map<String, String> holds = Quote.holding(exchange.moment(), chosen);
    String words = People.readable(exchange.moment(), chosen.text());
    words
        .lines()
        .map(Title::of)
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(title -> holds.put("title", title.text()));
    forms.open(exchange, Press.DECLARE, Optional.empty(), holds);
  }

  private void within(Exchange exchange, String kind, Quotation seen) {
    Moment moment = exchange.moment();
    Optional<Incident> here = moment.tx().incidents().livingIn(seen.message().channel());
    Quotation chosen = here.map(incident -> Mirror.meant(moment, incident, seen)).orElse(seen);
    if (!may(exchange, Requirement.RESPONDER, here)) {
      return;
    }
    boolean none =
        new SimilarIncidents().visibleOpen(moment, exchange.by().person().ref()).isEmpty();
    if (here.isEmpty() && none) {
      exchange.refuse(
          new Rejection(
              "no_incident",
              "This channel belongs to no incident, and none is open.",
              "To declare one: /incident declare checkout errors"),
          List.of(offers.command(exchange, "Declare an incident", "declare")));
      return;
    }
    Map<String, String> holds = Quote.holding(moment, chosen);
    String words = People.readable(moment, chosen.text()).strip();
    boolean note = kind.equals(Press.NOTE);
    holds.put("text", note ? words : words.lines().findFirst().orElse(""));
    if (note) {
      holds.put("time", UtcText.stamp(chosen.at()));
    }
    forms.open(exchange, kind, here.map(Incident::id), holds);
  }
}
