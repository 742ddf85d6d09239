// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.command.CommandParser;
import dev.muster.command.Intent;
import dev.muster.command.ParsedCommand;
import dev.muster.command.PersonRef;
import dev.muster.command.Requirement;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Rejection;
import dev.muster.store.ActionStore.ButtonAction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes the forms for a note and for a follow-up. Times and days are read by the grammar of the
 * typed commands, so that both understand the same and say the same about what they do not.
 */
final class NoteForms {

  private final CommandParser parser = new CommandParser();
  private final Desks desks;

  NoteForms(Desks desks) {
    this.desks = desks;
  }

  /** Takes a note for the timeline. */
  Answer note(
      Exchange exchange, Optional<Incident> here, ButtonAction form, Map<String, String> values) {
    String text = values.getOrDefault("text", "").strip();
    String time = values.getOrDefault("time", "").strip();
    Map<String, String> errors = new LinkedHashMap<>();
    Optional<Incident> incident = here.or(() -> chosen(exchange, values, errors));
    if (text.isEmpty()) {
      errors.put("text", "Say what happened, for example: deploy 4711 finished.");
    }
    Optional<Intent.AddToTimeline> wish =
        read("time", "timeline add " + time + " x", Intent.AddToTimeline.class, errors);
    if (!time.isEmpty() && wish.isPresent() && wish.get().at().isEmpty()) {
      errors.put("time", "“" + time + "” is no time. Write for example -10m, 14:05 or 14:05 UTC.");
    }
    return finished(
        exchange,
        incident,
        form,
        errors,
        about -> {
          desks
              .notes()
              .note(
                  exchange,
                  about,
                  new Intent.AddToTimeline(wish.orElseThrow().at(), text),
                  values.getOrDefault("tag", "").strip(),
                  Quote.held(
                      exchange.moment(), exchange.place().channel().platform(), form.arguments()));
          return new Answer.Accepted();
        });
  }

  /** Takes a follow-up. */
  Answer followUp(
      Exchange exchange, Optional<Incident> here, ButtonAction form, Map<String, String> values) {
    String text = values.getOrDefault("text", "").strip();
    String due = values.getOrDefault("due", "").strip();
    Map<String, String> errors = new LinkedHashMap<>();
    Optional<Incident> incident = here.or(() -> chosen(exchange, values, errors));
    if (text.isEmpty()) {
      errors.put("text", "Say what is to be done, for example: add an alert on the queue length.");
    }
    Optional<Intent.AddAction> day =
        read("due", "action x by " + due, Intent.AddAction.class, errors);
    boolean noDay = !due.isEmpty() && day.isPresent() && day.get().due().isEmpty();
    if (noDay) {
      errors.put("due", "“" + due + "” is no day. Write for example friday, 3d or 2026-12-01.");
    }
    Optional<PersonRef> owner =
        DeclareForm.mentioned(values.getOrDefault("owner", "")).map(PersonRef.Mention::new);
    return finished(
        exchange,
        incident,
        form,
        errors,
        about -> {
          desks
              .notes()
              .addAction(
                  exchange,
                  about,
                  new Intent.AddAction(
                      text, owner, due.isEmpty() ? Optional.empty() : day.orElseThrow().due()));
          return new Answer.Accepted();
        });
  }

  private <T extends Intent> Optional<T> read(
      String field, String command, Class<T> kind, Map<String, String> errors) {
    ParsedCommand parsed = parser.parse("", command);
    if (parsed instanceof ParsedCommand.NotUnderstood unclear) {
      errors.put(field, unclear.rejection().sentence());
      return Optional.empty();
    }
    return Optional.of(kind.cast(((ParsedCommand.Understood) parsed).intent()));
  }

  private static Optional<Incident> chosen(
      Exchange exchange, Map<String, String> values, Map<String, String> errors) {
    Optional<Incident> found =
        IncidentId.parse(values.getOrDefault("incident", ""))
            .flatMap(id -> exchange.moment().tx().incidents().find(id))
            .filter(i -> i.visibleTo(Optional.of(exchange.by().person().ref())));
    if (found.isEmpty()) {
      errors.put("incident", "Choose the incident it belongs to.");
    }
    return found;
  }

  private Answer finished(
      Exchange exchange,
      Optional<Incident> incident,
      ButtonAction form,
      Map<String, String> errors,
      Function<Incident, Answer> then) {
    if (!errors.isEmpty()) {
      return new Answer.FieldErrors(errors);
    }
    Optional<Rejection> refusal =
        desks
            .gate()
            .refusal(
                exchange.moment(),
                exchange.by(),
                Requirement.RESPONDER,
                incident,
                "form " + form.action());
    if (refusal.isPresent()) {
      return new Answer.Notice(refusal.get().text());
    }
    return FormDesk.use(exchange, form)
        ? then.apply(incident.orElseThrow())
        : new Answer.Notice("This was submitted already.");
  }
}
