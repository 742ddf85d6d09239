// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Answer;
import dev.muster.chat.Button;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.UtcText;
import dev.muster.command.DeclareOptions;
import dev.muster.command.Intent;
import dev.muster.command.Requirement;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentCommand;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.timeline.EntryKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes presses: what a button means, whether it still counts, whether the person may. */
final class Presses {

  private final Desks desks;
  private final AlertChoices alerts;
  private final CommandDesk commands;
  private final Forms forms;

  Presses(Desks desks, AlertChoices alerts, CommandDesk commands, Forms forms) {
    this.desks = desks;
    this.alerts = alerts;
    this.commands = commands;
    this.forms = forms;
  }

  /** Handles a press; what is told goes out privately. */
  Answer handle(Moment moment, ChatEvent.ButtonPressed event) {
    Exchange exchange = exchange(moment, event);
    Optional<ButtonAction> known =
        moment.tx().actions().find(event.token()).filter(action -> mayBeTheirs(exchange, action));
    if (known.isEmpty()) {
      return refuseUnknown(exchange);
    }
    ButtonAction action = known.get();
    Optional<Rejection> tooLate = tooLate(exchange, action);
    if (tooLate.isPresent()) {
      return refuse(exchange, tooLate.get());
    }
    if (Forms.isForm(action)) {
      return openAgain(exchange, action);
    }
    Optional<Incident> incident = about(exchange, action);
    Requirement needed = needed(exchange, incident, action);
    Optional<Rejection> refusal =
        desks.gate().refusal(moment, event.by(), needed, incident, "button " + action.action());
    if (refusal.isPresent()) {
      return refuse(exchange, refusal.get(), ask(exchange, incident, needed, action));
    }
    Optional<Rejection> stale = incident.flatMap(about -> Stale.rejection(moment, about, action));
    if (stale.isPresent()) {
      return refuse(exchange, stale.get());
    }
    if (!moment.tx().actions().consume(event.token(), event.by().person().ref(), moment.now())) {
      return refuse(exchange, usedUp(exchange, action));
    }
    incident.ifPresent(about -> log(exchange, about, action));
    carryOut(exchange, incident, action);
    return new Answer.Accepted();
  }

  /** Whoever wants into a duplicate, or its news, gets to the incident that stayed. */
  private static Optional<Incident> about(Exchange exchange, ButtonAction action) {
    Moment moment = exchange.moment();
    Optional<Incident> shown = action.incident().flatMap(id -> moment.tx().incidents().find(id));
    boolean follows = action.action().equals(Press.JOIN) || action.action().equals(Press.SUBSCRIBE);
    return follows
        ? shown.map(each -> Merged.goesOn(moment, each, exchange.by().person().ref()))
        : shown;
  }

  private static Exchange exchange(Moment moment, ChatEvent.ButtonPressed event) {
    return new Exchange(
        moment,
        event.by(),
        event.place(),
        event.reply(),
        event.opening(),
        event.message(),
        event.at());
  }

  private List<Button> ask(
      Exchange exchange, Optional<Incident> incident, Requirement needed, ButtonAction action) {
    return AskDesk.isAskable(action)
        ? commands.asks().ways(exchange, incident, needed, AskDesk.Wish.press(action))
        : List.of();
  }

  /** What was offered to one person is nothing to another. */
  private static boolean mayBeTheirs(Exchange exchange, ButtonAction action) {
    if (Forms.isForm(action)) {
      return Forms.isFor(exchange, action);
    }
    return switch (action.action()) {
      case Press.COMMAND, Press.ASK, Press.HANDOVER_NOTE, Press.POSTMORTEM_REPLACE ->
          Offers.isFor(exchange, action);
      case Press.ACCEPT, Press.DECLINE -> HandoverDesk.isFor(exchange, action);
      default -> true;
    };
  }

  /** A form that could not be opened in time is opened by a press, holding what it held. */
  private Answer openAgain(Exchange exchange, ButtonAction form) {
    if (form.usedAt().isPresent()) {
      return refuse(exchange, usedUp(exchange, form));
    }
    forms.show(exchange, form);
    return new Answer.Accepted();
  }

  /** Nobody holds a token that we did not give them, so this is written down. */
  private static Answer refuseUnknown(Exchange exchange) {
    Facts.journal(
        exchange.moment(),
        exchange
            .fact(
                EntryKind.ACCESS_DENIED,
                exchange.by().person().name() + " pressed a button that is not known here.")
            .because("unknown_button"));
    return refuse(
        exchange,
        new Rejection(
            "unknown_button",
            "This button is no longer valid. Nothing was done.",
            "To see where things stand: /incident status"));
  }

  /** Either the press was long on its way, or the button long on the screen. */
  private Optional<Rejection> tooLate(Exchange exchange, ButtonAction action) {
    return desks.lateness().isTooLong(exchange)
        ? Optional.of(late(exchange))
        : Offers.expired(exchange.moment(), action);
  }

  private static Rejection late(Exchange exchange) {
    return new Rejection(
        "late",
        "Your press of " + UtcText.clock(exchange.at()) + " arrived late, so nothing was done.",
        "Press again if it is still wanted.");
  }

  private static Answer refuse(Exchange exchange, Rejection rejection) {
    return refuse(exchange, rejection, List.of());
  }

  private static Answer refuse(Exchange exchange, Rejection rejection, List<Button> ways) {
    exchange.refuse(rejection, ways);
    return new Answer.Notice(rejection.text());
  }

  private static Rejection usedUp(Exchange exchange, ButtonAction action) {
    Moment moment = exchange.moment();
    String when = action.usedAt().map(at -> " at " + UtcText.clock(at)).orElse("");
    if (action.usedBy().filter(exchange.by().person().ref()::equals).isPresent()) {
      return Rejection.of("used", "You decided this already" + when + ". Nothing was done.");
    }
    String who = action.usedBy().map(user -> People.known(moment, user).name()).orElse("somebody");
    return Rejection.of(
        "used", "This was decided already by " + who + when + ". Nothing was done.");
  }

  private Requirement needed(Exchange exchange, Optional<Incident> incident, ButtonAction action) {
    return switch (action.action()) {
      case Press.ASKED -> commands.needed(exchange, AskDesk.command(action), incident);
      case Press.JOIN, Press.SUBSCRIBE, Press.COMMAND -> Requirement.EVERYBODY;
      case Press.ACCEPT, Press.DECLINE, Press.HANDOVER_NOTE, Press.ASK, Press.DECLARE ->
          Requirement.INSIDER;
      case Press.CLOSE -> Requirement.COMMANDER;
      case Press.POSTMORTEM_PUBLISH ->
          incident
              .map(about -> PostmortemDesk.needed(exchange.moment(), about.id(), exchange.selves()))
              .orElse(Requirement.COMMANDER_OR_AUTHOR);
      default -> Requirement.RESPONDER;
    };
  }

  private static void log(Exchange exchange, Incident incident, ButtonAction action) {
    exchange.write(
        incident.id(),
        exchange
            .fact(EntryKind.BUTTON_PRESSED, "Pressed " + action.action().replace('_', ' ') + ".")
            .about(action.action())
            .with(Map.copyOf(action.arguments())));
  }

  private void carryOut(Exchange exchange, Optional<Incident> incident, ButtonAction action) {
    switch (action.action()) {
      case Press.DECLARE, Press.ATTACH, Press.SNOOZE, Press.NOT_AN_INCIDENT ->
          carryOutAlert(exchange, action);
      case Press.COMMAND -> commands.offered(exchange, action);
      case Press.ASK -> commands.asks().ask(exchange, incident.orElseThrow(), action);
      case Press.ASKED -> commands.take(exchange, AskDesk.command(action));
      case Press.APPROVE,
          Press.REFUSE,
          Press.IT_RAN,
          Press.RUN_AGAIN,
          Press.STEP_DONE,
          Press.STEP_SKIPPED ->
          desks.runbooks().pressed(exchange, incident.orElseThrow(), action);
      default -> carryOutHeadline(exchange, incident.orElseThrow(), action);
    }
  }

  private void carryOutAlert(Exchange exchange, ButtonAction action) {
    if (action.arguments().containsKey("offer")) {
      desks.declare().offer(exchange, Optional.empty(), DeclareOptions.NONE);
    } else if (action.arguments().containsKey("title")) {
      desks.declare().declareAnyway(exchange, action);
    } else {
      alerts.pressed(exchange, action);
    }
  }

  private void carryOutHeadline(Exchange exchange, Incident incident, ButtonAction action) {
    switch (action.action()) {
      case Press.ACK -> desks.escalations().acknowledge(exchange, incident, desks.lifecycle());
      case Press.ESCALATE -> EscalateButton.pressed(exchange, incident, desks.escalations());
      case Press.JOIN -> {
        desks.change().join(exchange, incident);
        DeclareWindow.joined(exchange, incident, action);
      }
      case Press.SUBSCRIBE -> Subscriptions.subscribe(exchange, incident);
      case Press.TAKE_COMMAND -> desks.change().takeCommand(exchange, incident);
      case Press.UPDATE ->
          desks.updates().update(exchange, incident, new Intent.PostUpdate(Optional.empty()));
      case Press.SEVERITY ->
          forms.open(
              exchange,
              Press.SEVERITY,
              Optional.of(incident.id()),
              Map.of("seen", incident.severity().name()));
      case Press.ACCEPT, Press.DECLINE ->
          desks.change().handovers().answered(exchange, incident, action);
      case Press.HANDOVER_NOTE ->
          desks.change().handovers().notes().edit(exchange, incident, action);
      case Press.ROLE ->
          forms.open(exchange, Press.ROLE, Optional.of(incident.id()), action.arguments());
      case Press.RESOLVE, Press.CLOSE -> end(exchange, incident, action.action());
      case Press.NEW_CHANNEL ->
          desks.quarters().openAgain(exchange, incident, action.arguments().get("platform"));
      case Press.TASK_TAKE, Press.TASK_DONE -> desks.tasks().pressed(exchange, incident, action);
      case Press.HERE -> CommandWatch.here(exchange, incident);
      case Press.CONFIRM_SEVERITY -> desks.change().steps().confirmSeverity(exchange, incident);
      case Press.NO_COMMS -> desks.change().steps().settleCommunications(exchange, incident);
      case Press.POSTMORTEM_EDIT ->
          desks.postmortems().edits().open(exchange, incident, Optional.empty());
      case Press.POSTMORTEM_REPLACE ->
          desks.postmortems().edits().replace(exchange, incident, action);
      case Press.POSTMORTEM_PUBLISH -> desks.postmortems().publish(exchange, incident, action);
      case Press.KEEP_OPEN -> Archiving.keepOpen(exchange, incident);
      default -> exchange.tell("This button is no longer valid. Nothing was done.");
    }
  }

  /** Asks how it ended, unless it has ended already. */
  private void end(Exchange exchange, Incident incident, String how) {
    Moment moment = exchange.moment();
    IncidentCommand wish = new IncidentCommand.Advance(IncidentStatus.RESOLVED);
    IncidentDecisions.closed(incident)
        .or(
            () ->
                how.equals(Press.CLOSE)
                    ? Optional.empty()
                    : IncidentDecisions.decide(incident, wish, moment.now())
                        .match(events -> Optional.empty(), Optional::of))
        .ifPresentOrElse(
            exchange::refuse,
            () ->
                forms.open(
                    exchange, how, Optional.of(incident.id()), EndForms.holds(moment, incident)));
  }
}
