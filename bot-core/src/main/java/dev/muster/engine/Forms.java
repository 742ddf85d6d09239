// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Form;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Opens forms. All that a form holds at first is kept with the meaning of its token, so the same
 * form can be shown again, with everything that was typed before, when the platform's right to open
 * one has run out.
 */
final class Forms {

  /** Marks the meaning of a form's token, whose action names the kind of form. */
  private static final String FORM = "form";

  private static final String FOR = "for";

  private final Tokens tokens;

  Forms(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Opens a form of that kind for the person of this exchange, filled in beforehand. */
  void open(
      Exchange exchange, String kind, Optional<IncidentId> incident, Map<String, String> holds) {
    Map<String, String> arguments = new TreeMap<>(holds);
    arguments.put(FORM, "yes");
    arguments.put(FOR, exchange.by().person().ref().toString());
    String token =
        new ButtonMint(exchange.moment(), tokens, kind + "/" + exchange.occasion(), incident)
            .token(kind, Use.ONCE, arguments);
    exchange.moment().tx().actions().find(token).ifPresent(form -> show(exchange, form));
  }

  /** Returns whether this is the meaning of a form. */
  static boolean isForm(ButtonAction action) {
    return action.arguments().containsKey(FORM);
  }

  /** Returns whether a form was opened for this person. */
  static boolean isFor(Exchange exchange, ButtonAction form) {
    return exchange.by().person().ref().toString().equals(form.arguments().get(FOR));
  }

  /**
   * Keeps a form that came too late, as it was filled in; a press opens it so again. Only what has
   * a field is taken over: whose form it is and what it saw, nobody types.
   */
  void keep(Exchange exchange, ButtonAction form, Map<String, String> values, Duration waited) {
    Map<String, String> arguments = new TreeMap<>(form.arguments());
    shape(exchange, form).fields().stream()
        .map(Form.Field::name)
        .filter(values::containsKey)
        .forEach(field -> arguments.put(field, values.get(field)));
    String token =
        new ButtonMint(exchange.moment(), tokens, "late/" + form.token(), form.incident())
            .token(form.action(), Use.ONCE, arguments);
    String why =
        "Your form of "
            + UtcText.clock(exchange.at())
            + " arrived "
            + UtcText.duration(waited)
            + " late, so nothing was done. What you typed is kept. Still wanted? ";
    exchange.moment().tx().actions().find(token).ifPresent(kept -> show(exchange, kept, why));
  }

  /** Shows a form, at first or again. */
  void show(Exchange exchange, ButtonAction form) {
    show(exchange, form, "");
  }

  private static Optional<Incident> about(Exchange exchange, ButtonAction form) {
    return form.incident().flatMap(id -> exchange.moment().tx().incidents().find(id));
  }

  private Form shape(Exchange exchange, ButtonAction form) {
    Optional<Incident> incident = about(exchange, form);
    FormShapes shapes = new FormShapes(exchange, form.arguments());
    EndShapes ends = new EndShapes(exchange.moment(), form.arguments());
    return switch (form.action()) {
      case Press.DECLARE ->
          new DeclareWindow(tokens).topped(exchange, form, shapes.declare(form.token()));
      case Press.UPDATE -> shapes.update(form.token(), incident.orElseThrow());
      case Press.SEVERITY -> shapes.severity(form.token(), incident.orElseThrow());
      case Press.ROLE -> shapes.role(form.token(), incident.orElseThrow());
      case Press.RESOLVE -> ends.resolve(form.token(), incident.orElseThrow());
      case Press.CLOSE -> ends.close(form.token(), incident.orElseThrow());
      case Press.HANDOVER_NOTE -> shapes.handoverNote(form.token());
      case Press.POSTMORTEM_EDIT -> PostmortemEdits.shape(form, incident.orElseThrow());
      case Press.NOTE -> shapes.note(form.token(), incident);
      default -> shapes.action(form.token(), incident);
    };
  }

  private void show(Exchange exchange, ButtonAction form, String why) {
    Form shape = shape(exchange, form);
    String words = why + words(form, about(exchange, form));
    exchange.open(
        shape,
        BotMessage.card(words, shape.title())
            .withSections(shape.lead().sections())
            .withButtons(shape.lead().buttons()));
  }

  private static String words(ButtonAction form, Optional<Incident> incident) {
    String about = incident.map(i -> " of " + i.id()).orElse("");
    return switch (form.action()) {
      case Press.DECLARE -> "Fill in the form to declare an incident. Only the title is required.";
      case Press.UPDATE -> "Write the status update" + about + ".";
      case Press.SEVERITY ->
          "Choose the severity"
              + about
              + incident.map(i -> ", now " + i.severity() + ".").orElse(".");
      case Press.ROLE -> "Choose a person and a role" + about + ".";
      case Press.RESOLVE -> "Say how it ended, if you can" + about + ".";
      case Press.CLOSE -> "Say why it is closed" + about + ".";
      case Press.HANDOVER_NOTE -> "Say what the next commander must know" + about + ".";
      case Press.POSTMORTEM_EDIT -> "Write into the postmortem" + about + ".";
      case Press.NOTE -> "Say what goes on the timeline" + about + ".";
      default -> "Note a follow-up" + about + ".";
    };
  }
}
