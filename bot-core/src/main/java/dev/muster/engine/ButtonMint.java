// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Button;
import dev.muster.incident.IncidentId;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the buttons of one card and stores what they mean. */
final class ButtonMint {

  private final Moment moment;
  private final Tokens tokens;
  private final String slot;
  private final Optional<IncidentId> incident;

  /** Makes buttons for the card in {@code slot}. */
  ButtonMint(Moment moment, Tokens tokens, String slot, Optional<IncidentId> incident) {
    this.moment = moment;
    this.tokens = tokens;
    this.slot = slot;
    this.incident = incident;
  }

  /** Returns an ordinary button. */
  Button button(String label, String action, Use use, Map<String, String> arguments) {
    return formed(Button.of(label, action, token(action, use, arguments)));
  }

  /** Returns the button expected next. */
  Button primary(String label, String action, Use use, Map<String, String> arguments) {
    return formed(
        new Button(
            label, action, token(action, use, arguments), Button.Style.PRIMARY, Optional.empty()));
  }

  private static Button formed(Button button) {
    return Press.FORMS.contains(button.action()) ? button.openingForm() : button;
  }

  /** Returns a button that asks before it counts. */
  Button asking(Button button, Button.Style style, String title, String text, String yes) {
    return new Button(
        button.label(),
        button.action(),
        button.token(),
        style,
        Optional.of(new Button.Confirm(title, text, yes)));
  }

  /** Stores a meaning and returns its token; the same meaning on the same card keeps its token. */
  String token(String action, Use use, Map<String, String> arguments) {
    String subject = incident.map(IncidentId::toString).orElse("");
    String token = tokens.mint(slot, subject, action, new TreeMap<>(arguments).toString());
    if (moment.tx().actions().find(token).isEmpty()) {
      moment
          .tx()
          .actions()
          .put(
              new ButtonAction(
                  token,
                  action,
                  incident,
                  arguments,
                  use,
                  slot,
                  0,
                  Optional.empty(),
                  Optional.empty(),
                  false));
    }
    return token;
  }
}
