// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.Button;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Person;
import dev.muster.chat.Place;
import dev.muster.chat.PlainWords;
import dev.muster.chat.UtcText;
import dev.muster.command.CommandSpec;
import dev.muster.command.DurationText;
import dev.muster.command.Intent;
import dev.muster.command.Requirement;
import dev.muster.command.Requirements;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.incident.Severity;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Takes submitted forms; what is wrong goes back into the form, and nothing typed is lost. */
final class FormDesk {

  private static final int READ_AT_MOST = 500;

  /** Forms that need no level of their own: whoever led may leave a note. */
  private static final Set<String> INSIDERS = Set.of(Press.DECLARE, Press.HANDOVER_NOTE);

  private final Desks desks;
  private final CommandDesk commands;
  private final Forms forms;
  private final NoteForms notes;
  private final EndForms ends;
  private final Drafts drafts;

  FormDesk(Desks desks, CommandDesk commands, Offers offers, Forms forms) {
    this.desks = desks;
    this.commands = commands;
    this.forms = forms;
    this.notes = new NoteForms(desks);
    this.drafts = new Drafts(offers);
    this.ends = new EndForms(desks, drafts);
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
    Optional<ButtonAction> known =
        moment
            .tx()
            .actions()
            .find(event.token())
            .filter(Forms::isForm)
            .filter(form -> Forms.isFor(exchange, form));
    if (known.isEmpty()) {
      return refuseUnknown(exchange);
    }
    ButtonAction form = known.get();
    Optional<Incident> incident = form.incident().flatMap(id -> moment.tx().incidents().find(id));
    Requirement needed =
        INSIDERS.contains(form.action()) ? Requirement.INSIDER : Requirement.RESPONDER;
    Optional<Rejection> refusal =
        desks.gate().refusal(moment, event.by(), needed, incident, "form " + form.action());
    if (refusal.isPresent()) {
      return new Answer.Notice(refusal.get().text());
    }
    if (form.usedAt().isEmpty() && desks.lateness().isTooLong(exchange)) {
      forms.keep(exchange, form, event.values(), desks.lateness().of(exchange));
      return new Answer.Notice("This arrived late, so nothing was done. What you typed is kept.");
    }
    Map<String, String> values = new LinkedHashMap<>(event.values());
    values.replaceAll((field, typed) -> PlainWords.of(typed));
    return take(exchange, incident, form, values);
  }

  private Answer take(
      Exchange exchange, Optional<Incident> about, ButtonAction form, Map<String, String> values) {
    return switch (form.action()) {
      case Press.DECLARE -> declare(exchange, form, values);
      case Press.UPDATE -> update(exchange, about.orElseThrow(), form, values);
      case Press.SEVERITY -> severity(exchange, about.orElseThrow(), form, values);
      case Press.ROLE -> role(exchange, about.orElseThrow(), form, values);
      case Press.RESOLVE -> ends.resolve(exchange, about.orElseThrow(), form, values);
      case Press.CLOSE -> ends.close(exchange, about.orElseThrow(), form, values);
      case Press.HANDOVER_NOTE ->
          desks
              .change()
              .handovers()
              .notes()
              .take(exchange, about.orElseThrow(), form, values, drafts);
      case Press.POSTMORTEM_EDIT ->
          desks.postmortems().edits().take(exchange, about.orElseThrow(), form, values);
      case Press.NOTE -> notes.note(exchange, about, form, values);
      default -> notes.followUp(exchange, about, form, values);
    };
  }

  /** Whom the form puts in command is looked at as if the command had been typed. */
  private Answer declare(Exchange exchange, ButtonAction form, Map<String, String> values) {
    if (form.usedAt().isPresent()) {
      return new Answer.Notice("This form was submitted already; nothing was declared twice.");
    }
    Optional<Person> watch = OnCall.chosen(exchange, values);
    boolean asked = DeclareForm.isTicked(values, FormShapes.ON_CALL);
    if (asked && !values.getOrDefault("commander", "").isBlank()) {
      return new Answer.FieldErrors(
          Map.of("commander", "Choose a person or whoever is on call, not both."));
    }
    if (asked && watch.isEmpty()) {
      return new Answer.FieldErrors(
          Map.of(
              FormShapes.ON_CALL,
              "No schedule says who is on call for this. Choose a service that has one, or a"
                  + " person."));
    }
    Map<String, String> filled = new LinkedHashMap<>(values);
    watch.ifPresent(person -> filled.put("commander", "<@" + person.ref() + ">"));
    Answer answer = desks.declare().submit(exchange, form, filled);
    exchange
        .moment()
        .tx()
        .note(DeclareDesk.declaredNote(form))
        .flatMap(
            id ->
                DeclareForm.mentioned(filled.getOrDefault("commander", ""))
                    .filter(person -> !person.equals(exchange.by().person().ref()))
                    .map(person -> id + " commander <@" + person + ">"))
        .ifPresent(command -> commands.take(exchange, command));
    return answer;
  }

  /** Nobody holds the token of a form that we did not open for them, so this is written down. */
  private static Answer refuseUnknown(Exchange exchange) {
    Facts.journal(
        exchange.moment(),
        exchange
            .fact(
                EntryKind.ACCESS_DENIED,
                exchange.by().person().name() + " submitted a form that is not known here.")
            .because("unknown_form"));
    return new Answer.FieldErrors(
        Map.of(
            "form",
            "This form is no longer valid. Nothing was done. Copy what you typed and open the form"
                + " again, for example: /incident update"));
  }

  /** Uses a form up; returns whether it was still to be had. */
  static boolean use(Exchange exchange, ButtonAction form) {
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
      return drafts.keep(exchange, incident, text);
    }
    Optional<Answer> meanwhile = meanwhile(exchange, incident, form);
    if (meanwhile.isPresent()) {
      return meanwhile.get();
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

  /** Whoever writes while somebody else posts sees that first, once. */
  private static Optional<Answer> meanwhile(
      Exchange exchange, Incident incident, ButtonAction form) {
    return postedMeanwhile(exchange, incident, form)
        .filter(other -> Told.first(exchange.moment(), form))
        .map(
            other ->
                new Answer.FieldErrors(
                    Map.of(
                        "text",
                        other.actor().name()
                            + " posted an update at "
                            + UtcText.clock(other.at())
                            + ": “"
                            + other.text()
                            + "”. Change yours if need be, and post it again.")));
  }

  private static Optional<TimelineEntry> postedMeanwhile(
      Exchange exchange, Incident incident, ButtonAction form) {
    long opened = Long.parseLong(form.arguments().getOrDefault("seq", "0"));
    return exchange
        .moment()
        .tx()
        .timeline()
        .read(
            Stream.of(incident.id()), opened, READ_AT_MOST, Set.of(EntryKind.STATUS_UPDATE_POSTED))
        .stream()
        .filter(entry -> !entry.actor().id().equals(exchange.by().person().ref().toString()))
        .reduce((before, after) -> after);
  }

  private Answer severity(
      Exchange exchange, Incident incident, ButtonAction form, Map<String, String> values) {
    Optional<Severity> to = Severity.parse(values.getOrDefault("severity", ""));
    if (to.isEmpty()) {
      return new Answer.FieldErrors(Map.of("severity", "Choose SEV1, SEV2, SEV3 or SEV4."));
    }
    String seen = form.arguments().getOrDefault("seen", incident.severity().name());
    if (!seen.equals(incident.severity().name()) && Told.first(exchange.moment(), form)) {
      return new Answer.FieldErrors(
          Map.of(
              "severity",
              Stale.what(exchange.moment(), incident)
                  + " Nothing was done. Choose again if it is still wrong."));
    }
    String reason = values.getOrDefault("reason", "").strip();
    if (incident.severity().isWorseThan(to.get()) && reason.isEmpty()) {
      return new Answer.FieldErrors(
          Map.of("reason", "Lowering needs a reason, for example: only one region is affected."));
    }
    Optional<String> why = reason.isEmpty() ? Optional.empty() : Optional.of(reason);
    Intent.ChangeSeverity wish = new Intent.ChangeSeverity(to.get(), why);
    Optional<Rejection> refusal = refusal(exchange, incident, wish, "severity");
    if (refusal.isPresent()) {
      ask(exchange, incident, refusal.get(), to.get(), reason);
      return new Answer.Notice(refusal.get().text());
    }
    if (!use(exchange, form)) {
      return new Answer.Notice("This was submitted already.");
    }
    desks.change().changeSeverity(exchange, incident, wish);
    return new Answer.Accepted();
  }

  /** The window says why; a message to the person offers to ask, with what they chose. */
  private void ask(
      Exchange exchange, Incident incident, Rejection refusal, Severity to, String reason) {
    AskDesk.Wish wish =
        AskDesk.Wish.command("severity", incident.id() + " severity " + to + " " + reason);
    List<Button> ways =
        commands.asks().ways(exchange, Optional.of(incident), Requirement.COMMANDER, wish);
    if (!ways.isEmpty()) {
      exchange.refuse(refusal, ways);
    }
  }

  private Optional<Rejection> refusal(
      Exchange exchange, Incident incident, Intent wish, String verb) {
    Requirement needed =
        Requirements.of(
            wish, CommandSpec.find(verb).orElseThrow(), exchange.selves(), Optional.of(incident));
    return desks
        .gate()
        .refusal(exchange.moment(), exchange.by(), needed, Optional.of(incident), "form " + verb);
  }

  /** Gives the role as the typed command would, the look at the person included. */
  private Answer role(
      Exchange exchange, Incident incident, ButtonAction form, Map<String, String> values) {
    String role = values.getOrDefault("role", "").strip();
    String person = values.getOrDefault("person", "").strip();
    if (role.isEmpty()) {
      return new Answer.FieldErrors(Map.of("role", "Choose a role."));
    }
    if (person.isEmpty()) {
      return new Answer.FieldErrors(Map.of("person", "Choose a person."));
    }
    if (!use(exchange, form)) {
      return new Answer.Notice("This was submitted already.");
    }
    commands.take(exchange, incident.id() + " role " + role + " " + person);
    return new Answer.Accepted();
  }
}
