// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.access.Level;
import dev.muster.chat.Button;
import dev.muster.chat.Person;
import dev.muster.command.Intent;
import dev.muster.incident.Closing;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentCommand;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentEvent.Field;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import dev.muster.incident.Role;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.StepRun;
import dev.muster.store.ActionStore.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes incidents on behalf of people; tells them privately when something is not possible. */
final class ChangeDesk {

  private final IncidentLifecycle lifecycle;
  private final HandoverDesk handovers;
  private final Merging merging;
  private final Tokens tokens;
  private final FirstSteps steps;

  ChangeDesk(
      IncidentLifecycle lifecycle,
      HandoverDesk handovers,
      Merging merging,
      Tokens tokens,
      FirstSteps steps) {
    this.lifecycle = lifecycle;
    this.merging = merging;
    this.handovers = handovers;
    this.tokens = tokens;
    this.steps = steps;
  }

  /** Returns the desk that hands command over. */
  HandoverDesk handovers() {
    return handovers;
  }

  /** Carries out a command and tells the person why, if nothing changed. */
  Incident change(Exchange exchange, Incident incident, IncidentCommand command, String reason) {
    IncidentLifecycle.Outcome outcome =
        lifecycle.change(exchange.moment(), incident, command, exchange.actor(), reason);
    outcome.rejection().ifPresent(exchange::refuse);
    return outcome.incident();
  }

  /** Returns the desk that keeps the checklist. */
  FirstSteps steps() {
    return steps;
  }

  /** Changes the severity; whoever names the one it has confirms it. */
  void changeSeverity(Exchange exchange, Incident incident, Intent.ChangeSeverity wish) {
    if (wish.to() == incident.severity()) {
      steps.confirmSeverity(exchange, incident);
      return;
    }
    change(
        exchange,
        incident,
        new IncidentCommand.ChangeSeverity(wish.to()),
        wish.reason().orElse(""));
  }

  void assign(Exchange exchange, Incident incident, Intent.AssignRole wish) {
    People.Found found = People.find(exchange, wish.person());
    found
        .rejection()
        .ifPresent(
            rejection ->
                exchange.refuse(rejection, List.of(choose(exchange, incident, wish.role()))));
    found
        .person()
        .ifPresent(
            person -> {
              if (needsConsent(exchange, incident, wish.role(), person)) {
                Person from = incident.commander().orElseThrow();
                handovers.offer(exchange, incident, from, person);
              } else {
                give(exchange, incident, wish.role(), person);
              }
            });
  }

  /** A name that we cannot tell is never guessed; the person chooses from a list. */
  private Button choose(Exchange exchange, Incident incident, Role role) {
    String slot = "choose/" + exchange.occasion();
    return new ButtonMint(exchange.moment(), tokens, slot, Optional.of(incident.id()))
        .button("Choose a person", Press.ROLE, Use.REPEATEDLY, Map.of("role", role.word()));
  }

  /**
   * Nobody gets command from another's hands unasked, but by an admin, or by whoever declares the
   * incident and names them in the same breath.
   */
  private static boolean needsConsent(
      Exchange exchange, Incident incident, Role role, Person person) {
    Moment moment = exchange.moment();
    boolean open = incident.status() != IncidentStatus.CLOSED;
    boolean occupied =
        incident
            .commander()
            .filter(now -> !Identities.same(moment.tx(), now.ref(), person.ref()))
            .isPresent();
    boolean self = exchange.selves().contains(person.ref());
    boolean named =
        moment.tx().note(namedNote(incident)).filter(person.ref().toString()::equals).isPresent();
    boolean admin = moment.settings().access().levelOf(exchange.by()) == Level.ADMIN;
    return role == Role.COMMANDER && open && occupied && !self && !named && !admin;
  }

  /** Returns under which name it is kept whom the declaration named as commander. */
  static String namedNote(Incident incident) {
    return "named-commander/" + incident.id();
  }

  private void give(Exchange exchange, Incident incident, Role role, Person person) {
    change(exchange, incident, new IncidentCommand.AssignRole(role, person), "");
  }

  void release(Exchange exchange, Incident incident, Intent.ReleaseRole wish) {
    change(exchange, incident, new IncidentCommand.ReleaseRole(wish.role()), "");
  }

  /** Takes command if it is vacant; the second one learns who was faster. */
  void takeCommand(Exchange exchange, Incident incident) {
    Optional<Person> commander = incident.commander();
    boolean own = commander.filter(c -> exchange.selves().contains(c.ref())).isPresent();
    if (commander.isEmpty() || !own && CommandWatch.isSilent(exchange.moment(), incident)) {
      give(exchange, incident, Role.COMMANDER, exchange.by().person());
    } else if (own) {
      exchange.tell("You are in command of " + incident.id() + " already.");
    } else {
      exchange.tell(
          commander.get().name()
              + " was faster and is in command of "
              + incident.id()
              + ". To take over: /incident commander me");
    }
  }

  void join(Exchange exchange, Incident incident) {
    Person person = exchange.by().person();
    String where =
        incident
            .spaceOn(person.ref().platform())
            .map(space -> " Talk in #" + space.name() + ".")
            .orElse("");
    if (incident.members().contains(person.ref())) {
      exchange.tell("You are in " + incident.id() + " already." + where);
      return;
    }
    change(exchange, incident, new IncidentCommand.AddMembers(List.of(person)), "");
    exchange.tell("You joined " + incident.id() + "." + where);
  }

  void invite(Exchange exchange, Incident incident, Intent.Invite wish) {
    People.FoundAll found = People.findAll(exchange, wish.people());
    if (found.rejection().isPresent()) {
      exchange.refuse(found.rejection().get());
      return;
    }
    change(exchange, incident, new IncidentCommand.AddMembers(found.people()), "");
  }

  void describe(Exchange exchange, Incident incident, Field field, String words) {
    String readable = People.readable(exchange.moment(), words);
    change(exchange, incident, new IncidentCommand.Describe(field, readable), "");
  }

  void promise(Exchange exchange, Incident incident, Intent.PromiseUpdate wish) {
    Optional<Instant> due = Optional.of(exchange.moment().now().plus(wish.within()));
    change(exchange, incident, new IncidentCommand.PromiseUpdate(due), "");
  }

  Incident advance(Exchange exchange, Incident incident, IncidentStatus to, String text) {
    return change(exchange, incident, new IncidentCommand.Advance(to), text);
  }

  void reopen(Exchange exchange, Incident incident, Intent.Reopen wish) {
    String reason = wish.reason().orElse("");
    Incident now = change(exchange, incident, new IncidentCommand.Reopen(reason), reason);
    if (now.closing().isEmpty()) {
      merging.separate(exchange, incident);
    }
  }

  void close(Exchange exchange, Incident incident, Closing closing, String reason) {
    Optional<Rejection> wrong = wrongOriginal(exchange, incident, closing);
    if (wrong.isPresent()) {
      exchange.refuse(wrong.get());
      return;
    }
    Optional<Incident> stays =
        closingRefused(exchange, incident, closing).isEmpty()
            ? original(exchange, incident, closing)
            : Optional.empty();
    Optional<Merging.Haul> haul =
        stays.map(target -> merging.carry(exchange, incident, target, reason));
    Incident closed = change(exchange, incident, closeCommand(exchange, incident, closing), reason);
    haul.ifPresent(came -> merging.tell(exchange, closed, stays.orElseThrow(), came));
  }

  /** Returns the incident that takes over what a duplicate had; empty when none can. */
  private static Optional<Incident> original(
      Exchange exchange, Incident incident, Closing closing) {
    MergeRules rules = new MergeRules(exchange, incident);
    return closing
        .duplicateOf()
        .flatMap(rules::target)
        .filter(target -> rules.merging(target).isEmpty());
  }

  private static IncidentCommand closeCommand(
      Exchange exchange, Incident incident, Closing closing) {
    return new IncidentCommand.Close(closing, openMatters(exchange.moment(), incident));
  }

  /** Returns why it cannot be closed so, changing nothing; empty when it can. */
  Optional<Rejection> closingRefused(Exchange exchange, Incident incident, Closing closing) {
    return wrongOriginal(exchange, incident, closing)
        .or(
            () ->
                IncidentDecisions.decide(
                        incident,
                        closeCommand(exchange, incident, closing),
                        exchange.moment().now())
                    .match(events -> Optional.empty(), Optional::of));
  }

  private static Optional<Rejection> wrongOriginal(
      Exchange exchange, Incident incident, Closing closing) {
    return closing.duplicateOf().flatMap(new MergeRules(exchange, incident)::closing);
  }

  /** Returns what must be settled before the incident can be closed. */
  static List<String> openMatters(Moment moment, Incident incident) {
    List<String> matters = new ArrayList<>();
    for (RunbookRun run : moment.tx().all(RunbookRun.class).openOf(incident.id())) {
      for (StepRun step : run.holdingUpClosing()) {
        matters.add(matter(run, step));
      }
    }
    return matters;
  }

  private static String matter(RunbookRun run, StepRun step) {
    String what = "step " + step.stepId() + " of runbook " + run.runbook().name();
    return switch (step.state()) {
      case OUTCOME_UNKNOWN -> "we do not know whether " + what + " ran";
      case AWAITING_APPROVAL -> what + " awaits approval";
      default -> what + " is under way";
    };
  }
}
