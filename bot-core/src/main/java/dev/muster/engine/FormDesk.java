// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Place;
import dev.muster.command.DurationText;
import dev.muster.command.Intent;
import dev.muster.command.Requirement;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.incident.Severity;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.timeline.EntryKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Takes submitted forms; what is wrong goes back into the form, and nothing typed is lost. */
final class FormDesk {

  private final Desks desks;

  FormDesk(Desks desks) {
    this.desks = desks;
  }

  /** Handles a submission and returns what the form shows next. */
  Answer handle(Moment moment, ChatEvent.FormSubmitted event) {
    Exchange exchange =
        new Exchange(
            moment,
            event.by(),
            Place.of(event.reply().channel(), ""),
            event.reply(),
            Optional.empty(),
            Optional.empty(),
            event.at());
    Optional<ButtonAction> known = moment.tx().actions().find(event.token());
    if (known.isEmpty()) {
      return new Answer.Notice("This form is no longer valid. Nothing was done.");
    }
    ButtonAction form = known.get();
    Optional<Incident> incident = form.incident().flatMap(id -> moment.tx().incidents().find(id));
    Requirement needed =
        form.action().equals(Press.DECLARE) ? Requirement.INSIDER : Requirement.RESPONDER;
    Optional<Rejection> refusal =
        desks.gate().refusal(moment, event.by(), needed, incident, "form " + form.action());
    if (refusal.isPresent()) {
      return new Answer.Notice(refusal.get().text());
    }
    return switch (form.action()) {
      case Press.DECLARE -> desks.declare().submit(exchange, form, event.values());
      case Press.UPDATE -> update(exchange, incident.orElseThrow(), form, event.values());
      case Press.SEVERITY -> severity(exchange, incident.orElseThrow(), form, event.values());
      default -> new Answer.Notice("This form is no longer valid. Nothing was done.");
    };
  }

  private boolean use(Exchange exchange, ButtonAction form) {
    return exchange
        .moment()
        .tx()
        .actions()
        .consume(form.token(), exchange.by().person().ref(), exchange.moment().now());
  }

  private Answer update(
      Exchange exchange, Incident incident, ButtonAction form, Map<String, String> values) {
    String text = values.getOrDefault("text", "").strip();
    if (text.isEmpty()) {
      return new Answer.FieldErrors(
          Map.of("text", "Say what is known now, for example: We are rolling back."));
    }
    String next = values.getOrDefault("next", "").strip();
    Optional<Duration> within = next.isEmpty() ? Optional.empty() : DurationText.read(next);
    if (!next.isEmpty() && within.isEmpty()) {
      return new Answer.FieldErrors(
          Map.of("next", "“" + next + "” is no duration. Write for example 30m or 1h30m."));
    }
    if (!incident.status().isOpen()) {
      keepDraft(exchange, incident, text);
      return new Answer.Notice(
          incident.id()
              + " was "
              + incident.status().word()
              + " meanwhile. Your text was kept as a note on its timeline.");
    }
    if (!use(exchange, form)) {
      return new Answer.Notice("This update was posted already.");
    }
    desks.updates().say(exchange, incident, text);
    within.ifPresent(
        wait ->
            desks
                .change()
                .promise(
                    exchange,
                    Facts.fresh(exchange.moment(), incident),
                    new Intent.PromiseUpdate(wait)));
    return new Answer.Accepted();
  }

  private static void keepDraft(Exchange exchange, Incident incident, String text) {
    exchange.write(
        incident.id(), exchange.fact(EntryKind.NOTE_ADDED, text).because("unsent update"));
  }

  private Answer severity(
      Exchange exchange, Incident incident, ButtonAction form, Map<String, String> values) {
    Optional<Severity> to = Severity.parse(values.getOrDefault("severity", ""));
    if (to.isEmpty()) {
      return new Answer.FieldErrors(Map.of("severity", "Choose SEV1, SEV2, SEV3 or SEV4."));
    }
    String reason = values.getOrDefault("reason", "").strip();
    if (incident.severity().isWorseThan(to.get()) && reason.isEmpty()) {
      return new Answer.FieldErrors(
          Map.of("reason", "Lowering needs a reason, for example: only one region is affected."));
    }
    if (!use(exchange, form)) {
      return new Answer.Notice("This was submitted already.");
    }
    Optional<String> why = reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    desks.change().changeSeverity(exchange, incident, new Intent.ChangeSeverity(to.get(), why));
    return new Answer.Accepted();
  }
}
