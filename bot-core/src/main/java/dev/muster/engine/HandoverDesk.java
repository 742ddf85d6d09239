// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentCommand;
import dev.muster.incident.Role;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.ActionStore.Use;
import dev.muster.store.Timers.Timer;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands command from one person to another, who has to accept. Until then, and when nobody answers
 * within ten minutes, it stays where it is; the timeline tells each turn.
 *
 * <pre>
 * offered ──accept──► assigned
 *    │                  └ whoever leaves is sent the draft of a note
 *    ├──decline──► ended, asker told
 *    └──10 min───► ended, asker told
 * </pre>
 */
final class HandoverDesk {

  /** How long an offer of command stands. */
  static final Duration STANDS = Duration.ofMinutes(10);

  private static final String TO = "to";
  private static final String OFFER = "offer";

  private final IncidentLifecycle lifecycle;
  private final Tokens tokens;
  private final HandoverNotes notes;

  HandoverDesk(IncidentLifecycle lifecycle, Tokens tokens) {
    this.lifecycle = lifecycle;
    this.tokens = tokens;
    this.notes = new HandoverNotes(tokens);
  }

  /** Returns who takes care of handover notes. */
  HandoverNotes notes() {
    return notes;
  }

  /** Asks a person to take command from whoever has it; a newer offer replaces an older one. */
  void offer(Exchange exchange, Incident incident, Person from, Person to) {
    Moment moment = exchange.moment();
    Person by = exchange.by().person();
    String offer = tokens.mint("handover", incident.id().toString(), exchange.occasion());
    Map<String, String> details =
        Map.of(
            OFFER,
            offer,
            TO,
            to.ref().toString(),
            "toName",
            to.name(),
            "from",
            from.name(),
            "byPlatform",
            by.ref().platform(),
            "by",
            by.ref().id());
    letIn(exchange, incident, to);
    stand(exchange, incident, details);
    new Orders(moment)
        .show(
            new Target.Direct(to.ref()),
            "handover/" + offer,
            "",
            Priority.PEOPLE,
            question(moment, incident, offer, by, to));
    exchange.tell(
        to.name()
            + " was asked to take command of "
            + incident.id()
            + ". Until they accept, "
            + from.name()
            + " stays in command; without an answer within 10 min it stays so.");
  }

  /** Nobody can accept what they may not see: whoever is asked becomes a member first. */
  private void letIn(Exchange exchange, Incident incident, Person to) {
    boolean sees = incident.visibleTo(Optional.of(to.ref()));
    if (!sees && Entrance.mayEnter(exchange.moment().tx().people(), to.ref())) {
      IncidentCommand add = new IncidentCommand.AddMembers(List.of(to));
      lifecycle.change(exchange.moment(), incident, add, exchange.actor(), "asked to take command");
    }
  }

  private static void stand(Exchange exchange, Incident incident, Map<String, String> details) {
    Moment moment = exchange.moment();
    Instant until = moment.now().plus(STANDS);
    String subject = incident.id().toString();
    show(moment, details.get(TO));
    moment
        .tx()
        .timers()
        .set(new Timer(TimerKinds.HANDOVER, subject, Optional.of(incident.id()), until, details));
    exchange.write(
        incident.id(),
        exchange
            .fact(
                EntryKind.HANDOVER_OFFERED,
                exchange.by().person().name()
                    + " asked "
                    + details.get("toName")
                    + " to take command from "
                    + details.get("from")
                    + ".")
            .with(Map.of("to", details.get(TO), "until", until.toString())));
  }

  private BotMessage question(
      Moment moment, Incident incident, String offer, Person by, Person to) {
    ButtonMint mint =
        new ButtonMint(moment, tokens, "handover/" + offer, Optional.of(incident.id()));
    Map<String, String> arguments = Map.of(OFFER, offer, TO, to.ref().toString());
    List<Button> buttons = answers(mint, arguments, "");
    String text =
        by.name()
            + " asks you to take command of "
            + incident.id()
            + " “"
            + incident.title()
            + "” ("
            + incident.severity()
            + ", "
            + incident.status().word()
            + "). The offer stands for 10 min.";
    return BotMessage.card(text, "Command of " + incident.id()).withButtons(buttons);
  }

  /** Returns the buttons that answer an offer, with what they are about behind their words. */
  static List<Button> answers(ButtonMint mint, Map<String, String> arguments, String about) {
    String decline = about.isEmpty() ? "Decline" : "Decline command" + about;
    return List.of(
        mint.primary("Accept command" + about, Press.ACCEPT, Use.ONCE, arguments),
        mint.button(decline, Press.DECLINE, Use.ONCE, arguments));
  }

  /**
   * An offer of command that stands.
   *
   * @param until when it ends by itself
   * @param arguments what the buttons that answer it hold
   */
  record Standing(Instant until, Map<String, String> arguments) {}

  /** Returns the offer of command to this person; empty when there is none. */
  static Optional<Standing> offeredTo(Moment moment, Incident incident, UserRef person) {
    return moment
        .tx()
        .timers()
        .find(TimerKinds.HANDOVER, incident.id().toString())
        .filter(offer -> person.toString().equals(offer.details().get(TO)))
        .map(
            offer ->
                new Standing(
                    offer.due(),
                    Map.of(OFFER, offer.details().get(OFFER), TO, offer.details().get(TO))));
  }

  /** The screen of whom an offer was made to shows it, or no longer does. */
  private static void show(Moment moment, String whom) {
    int colon = whom == null ? -1 : whom.indexOf(':');
    if (colon <= 0) {
      return;
    }
    HomeDesk.changedFor(moment, new UserRef(whom.substring(0, colon), whom.substring(colon + 1)));
  }

  /** Returns whether a button of an offer belongs to this person. */
  static boolean isFor(Exchange exchange, ButtonAction action) {
    return exchange.by().person().ref().toString().equals(action.arguments().get(TO));
  }

  /** Takes the answer to an offer. */
  void answered(Exchange exchange, Incident incident, ButtonAction action) {
    Moment moment = exchange.moment();
    Optional<Timer> offer =
        moment
            .tx()
            .timers()
            .find(TimerKinds.HANDOVER, incident.id().toString())
            .filter(t -> t.details().get(OFFER).equals(action.arguments().get(OFFER)));
    if (offer.isEmpty()) {
      exchange.tell(
          "This offer is over. "
              + incident
                  .commander()
                  .map(commander -> commander.name() + " is in command of ")
                  .orElse("Nobody is in command of ")
              + incident.id()
              + ". To take it: /incident INC-"
              + incident.id().number()
              + " commander me");
      return;
    }
    moment.tx().timers().cancel(TimerKinds.HANDOVER, incident.id().toString());
    Person me = exchange.by().person();
    if (action.action().equals(Press.DECLINE)) {
      end(moment, incident, offer.get(), exchange.actor(), me.name() + " declined");
      exchange.tell("You declined command of " + incident.id() + ".");
      return;
    }
    accept(exchange, incident, offer.get());
  }

  private void accept(Exchange exchange, Incident incident, Timer offer) {
    Moment moment = exchange.moment();
    Person me = exchange.by().person();
    IncidentLifecycle.Outcome outcome =
        lifecycle.change(
            moment,
            incident,
            new IncidentCommand.AssignRole(Role.COMMANDER, me),
            exchange.actor(),
            "accepted from " + offer.details().get("from"));
    outcome
        .rejection()
        .ifPresentOrElse(
            exchange::refuse,
            () ->
                incident
                    .commander()
                    .ifPresent(
                        from ->
                            notes.drafted(
                                moment, outcome.incident(), from, me, offer.details().get(OFFER))));
  }

  /** Fires when nobody answered. */
  static void due(Moment moment, Timer timer) {
    timer
        .incident()
        .flatMap(id -> moment.tx().incidents().find(id))
        .filter(incident -> incident.status().isOpen())
        .ifPresent(
            incident ->
                end(
                    moment,
                    incident,
                    timer,
                    new Actor.Bot(),
                    timer.details().get("toName") + " did not answer within 10 min"));
  }

  private static void end(Moment moment, Incident incident, Timer offer, Actor actor, String what) {
    String stays =
        incident
            .commander()
            .map(commander -> commander.name() + " stays in command.")
            .orElse("Nobody is in command.");
    String text = what + "; " + stays;
    show(moment, offer.details().get(TO));
    Facts.append(
        moment,
        incident.id(),
        NewEntry.of(moment.now(), EntryKind.HANDOVER_ENDED, actor, text)
            .because(actor instanceof Actor.Bot ? "not_answered" : "declined"));
    UserRef by = new UserRef(offer.details().get("byPlatform"), offer.details().get("by"));
    new Orders(moment)
        .show(
            new Target.Direct(by),
            "handover-ended/" + offer.details().get(OFFER),
            "",
            Priority.PEOPLE,
            BotMessage.line(incident.id() + ": " + text));
  }
}
