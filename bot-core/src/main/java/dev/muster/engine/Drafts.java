// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.BotMessage;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import java.util.List;

/** Keeps what somebody typed into a form that came too late. */
final class Drafts {

  private final Offers offers;

  Drafts(Offers offers) {
    this.offers = offers;
  }

  /** What was typed stays with the person who typed it, and a press puts it on the timeline. */
  Answer keep(Exchange exchange, Incident incident, String text) {
    String since =
        incident
            .reached(
                incident.status() == IncidentStatus.CLOSED ? Milestone.CLOSED : Milestone.RESOLVED)
            .map(at -> " at " + UtcText.clock(at))
            .orElse("");
    String what =
        incident.id() + " was " + incident.status().word() + since + ". Nothing was posted.";
    if (text.isEmpty()) {
      return new Answer.Notice(what);
    }
    exchange.tell(
        BotMessage.card(what + " Your text is kept here: " + text, "Your unsent text")
            .withSections(
                List.of(
                    Section.of(what),
                    new Section("Your text", Phrase.of(text), Section.Style.QUOTE)))
            .withButtons(
                List.of(
                    offers.command(
                        exchange,
                        "Add to the timeline",
                        incident.id() + " timeline add " + text))));
    return new Answer.Notice(what + " Your text was sent to you alone, so that it is not lost.");
  }
}
