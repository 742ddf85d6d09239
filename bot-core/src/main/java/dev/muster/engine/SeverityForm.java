// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Form;
import dev.muster.incident.Incident;
import dev.muster.store.ActionStore.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The form in which a person judges the impact anew. */
final class SeverityForm {

  private final Tokens tokens;

  SeverityForm(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Opens it for the person of this exchange. */
  void offer(Exchange exchange, Incident incident) {
    String slot = "severity/" + exchange.occasion();
    String token =
        new ButtonMint(exchange.moment(), tokens, slot, Optional.of(incident.id()))
            .token(Press.SEVERITY, Use.ONCE, Map.of());
    String now = incident.severity().name();
    String why = "For example: payments are down";
    Form form =
        new Form(
            token,
            "Change severity",
            "Change",
            "Everybody in the channel sees it.",
            List.of(
                new Form.Field(
                    "severity",
                    "Severity",
                    Form.Kind.CHOICE,
                    true,
                    "",
                    now,
                    SeverityWords.options(),
                    4),
                new Form.Field("reason", "Why", Form.Kind.LINE, false, why, "", List.of(), 500)));
    String text = "Choose the severity of " + incident.id() + ", now " + now + ".";
    exchange.open(form, BotMessage.card(text, "Change severity"));
  }
}
