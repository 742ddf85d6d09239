// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Person;
import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.Rejection;
import dev.muster.incident.Verdict;
import dev.muster.runbook.Approval;
import dev.muster.runbook.RollbackChoice;
import dev.muster.runbook.Runbook;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.Step;
import dev.muster.runbook.StepOutcome;
import dev.muster.runbook.StepRun;
import dev.muster.runbook.StepState;
import dev.muster.runbook.TemplateValues;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.Timers.Timer;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Runs runbooks: asks, has a second person approve the exact request, orders the call. */
final class RunbookRunner {

  private final Tokens tokens;
  private final Gate gate;
  private final StepRecords records;

  RunbookRunner(Tokens tokens, Gate gate) {
    this.tokens = tokens;
    this.gate = gate;
    this.records = new StepRecords(tokens);
  }

  /** Starts a runbook by name. */
  void start(Exchange exchange, Incident incident, String name, Map<String, String> parameters) {
    Optional<Runbook> book =
        exchange.moment().settings().runbooks().stream()
            .filter(each -> each.name().equals(name))
            .findFirst();
    if (book.isEmpty()) {
      String known =
          exchange.moment().settings().runbooks().stream()
              .map(Runbook::name)
              .collect(Collectors.joining(", "));
      exchange.refuse(
          new Rejection(
              "unknown_runbook",
              "There is no runbook “" + name + "”.",
              known.isEmpty() ? "None is configured." : "There are: " + known + "."));
      return;
    }
    begin(exchange, incident, book.get(), parameters);
  }

  /** Starts the rollback that fits. */
  void rollBack(
      Exchange exchange, Incident incident, Optional<String> service, Optional<String> version) {
    Map<String, List<String>> listed =
        exchange.moment().settings().services().stream()
            .collect(
                Collectors.toMap(
                    Settings.ServiceEntry::name, Settings.ServiceEntry::runbooks, (a, b) -> a));
    Verdict<RollbackChoice> choice =
        RollbackChoice.choose(
            exchange.moment().settings().runbooks(),
            listed,
            incident.services(),
            service.orElse(""),
            version.orElse(""));
    choice.match(
        chosen -> {
          begin(exchange, incident, chosen.runbook(), chosen.parameters());
          return null;
        },
        refused(exchange));
  }

  private void begin(
      Exchange exchange, Incident incident, Runbook book, Map<String, String> parameters) {
    Optional<Rejection> closed = IncidentDecisions.closed(incident);
    if (closed.isPresent()) {
      exchange.refuse(closed.get());
      return;
    }
    Moment moment = exchange.moment();
    int count = moment.tx().all(RunbookRun.class).of(incident.id()).size() + 1;
    String id = tokens.mint("run", incident.id().toString(), String.valueOf(count), book.name());
    RunbookRun.start(id, incident.id(), book, parameters, exchange.by().person(), moment.now())
        .match(
            run -> {
              exchange.write(incident.id(), started(exchange, run));
              askNext(moment, incident, run, exchange.by().person())
                  .ifPresentOrElse(
                      exchange::refuse,
                      () -> exchange.tell("Started runbook " + book.name() + "."));
              return null;
            },
            refused(exchange));
  }

  private static NewEntry started(Exchange exchange, RunbookRun run) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("runbook", run.runbook().name());
    data.put("parameters", run.parameters());
    data.put("rollback", run.runbook().rollback());
    return exchange
        .fact(EntryKind.RUNBOOK_STARTED, "Runbook " + run.runbook().name() + " was started.")
        .about(run.id())
        .with(data);
  }

  /** Asks for the next step of a run; returns why it cannot be asked for. */
  private Optional<Rejection> askNext(Moment moment, Incident incident, RunbookRun run, Person by) {
    Optional<Step> next = run.next();
    if (next.isEmpty()) {
      StepRecords.save(moment, run);
      return Optional.empty();
    }
    TemplateValues facts =
        TemplateValues.ofIncident(
            incident.id(),
            incident.title(),
            incident.severity(),
            incident.status(),
            incident.services());
    return run.request(next.get().id(), by, facts, moment.now(), RunbookRun.APPROVAL_TIME)
        .match(
            asked -> {
              asked(moment, incident, asked, next.get(), by);
              return Optional.empty();
            },
            Optional::of);
  }

  /** Asks for the next step, and tells the channel when that is not possible. */
  private void goOn(Moment moment, Incident incident, RunbookRun run, Person by) {
    askNext(moment, incident, run, by).ifPresent(why -> tellStuck(moment, incident, run, why));
  }

  private void tellStuck(Moment moment, Incident incident, RunbookRun run, Rejection why) {
    StepRecords.save(moment, run);
    String text = "Runbook " + run.runbook().name() + " cannot go on. " + why.text();
    Facts.bot(moment, incident.id(), EntryKind.EFFECT_FAILED, text, Map.of("reason", why.reason()));
    String told = text + " " + StuckRun.wayOut(run);
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .show(
              incident.id(),
              platform,
              "stuck/" + run.id(),
              Priority.PEOPLE,
              BotMessage.line(told).withTone(BotMessage.Tone.WARNING));
    }
  }

  private void asked(Moment moment, Incident incident, RunbookRun run, Step step, Person by) {
    StepRecords.save(moment, run);
    StepRun state = run.stepRun(step.id()).orElseThrow();
    records.fact(moment, run, state, EntryKind.STEP_REQUESTED, new Actor.Human(by), "is wanted");
    boolean awaiting = state.state() == StepState.AWAITING_APPROVAL;
    if (awaiting) {
      records.fact(
          moment, run, state, EntryKind.APPROVAL_REQUESTED, new Actor.Human(by), "awaits approval");
      moment.tx().timers().set(StepRecords.expiry(incident, run, state));
    }
    if (awaiting || step.kind() != Step.Kind.MESSAGE) {
      records.show(moment, incident, run, step.id());
    }
    if (!awaiting) {
      setOff(moment, incident, run, step, by);
    }
  }

  /** Sets off a step with every consent it needs; a manual one waits for a person's button. */
  private void setOff(Moment moment, Incident incident, RunbookRun run, Step step, Person by) {
    StepRun state = run.stepRun(step.id()).orElseThrow();
    if (step.kind() == Step.Kind.WEBHOOK) {
      new Orders(moment).call(incident.id(), run.id(), step.id(), state.attempt() + 1);
    } else if (step.kind() == Step.Kind.MESSAGE) {
      post(moment, incident, run, state, by);
    }
  }

  private void post(Moment moment, Incident incident, RunbookRun run, StepRun step, Person by) {
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .show(
              incident.id(),
              platform,
              StepCards.slot(run, step.stepId()),
              Priority.CARDS,
              BotMessage.line(step.text()));
    }
    run.record(step.stepId(), StepOutcome.succeeded("The message was posted."), moment.now())
        .match(
            posted -> {
              StepRun done = posted.stepRun(step.stepId()).orElseThrow();
              records.fact(
                  moment, posted, done, EntryKind.STEP_SUCCEEDED, new Actor.Bot(), "was posted");
              goOn(moment, incident, posted, by);
              return null;
            },
            rejection -> null);
  }

  /** A person pressed a button on a step's card. */
  void pressed(Exchange exchange, Incident incident, ButtonAction action) {
    Optional<RunbookRun> run =
        exchange.moment().tx().all(RunbookRun.class).find(action.arguments().get("run"));
    if (run.isEmpty()) {
      exchange.tell("This run is no longer known; nothing was done.");
      return;
    }
    StepPress press = new StepPress(exchange, incident, run.get(), action.arguments().get("step"));
    Optional<Rejection> closed = IncidentDecisions.closed(incident);
    if (closed.isPresent()) {
      exchange.refuse(closed.get());
      return;
    }
    switch (action.action()) {
      case Press.APPROVE -> approve(press, action.arguments().get("digest"));
      case Press.REFUSE -> refuse(press);
      case Press.IT_RAN -> itRan(press);
      case Press.RUN_AGAIN -> runAgain(press);
      case Press.STEP_DONE -> byHand(press, EntryKind.STEP_SUCCEEDED);
      default -> byHand(press, EntryKind.STEP_REFUSED);
    }
  }

  /** One press on one step. */
  private record StepPress(Exchange exchange, Incident incident, RunbookRun run, String step) {
    Moment moment() {
      return exchange.moment();
    }

    Person by() {
      return exchange.by().person();
    }
  }

  private void approve(StepPress press, String digest) {
    boolean allowed = gate.mayApprove(press.exchange(), press.incident());
    String hash = StepRecords.currentHash(press.moment(), press.run());
    Approval approval =
        new Approval(
            press.exchange().actor(),
            Identities.of(press.moment().tx(), press.by().ref()),
            allowed,
            digest,
            hash);
    press
        .run()
        .approve(press.step(), approval, press.moment().now())
        .match(
            run -> {
              settle(press, run, EntryKind.STEP_APPROVED, "was approved");
              cancelExpiry(press);
              Step step = run.runbook().step(press.step()).orElseThrow();
              setOff(press.moment(), press.incident(), run, step, press.by());
              return null;
            },
            notApproved(press));
  }

  private void cancelExpiry(StepPress press) {
    press.moment().tx().timers().cancel(TimerKinds.APPROVAL, press.run().id() + "/" + press.step());
  }

  private void refuse(StepPress press) {
    press
        .run()
        .refuse(press.step(), press.by(), "", press.moment().now())
        .match(
            run -> {
              cancelExpiry(press);
              return settle(press, run, EntryKind.STEP_REFUSED, "was refused");
            },
            refused(press.exchange()));
  }

  private void itRan(StepPress press) {
    press
        .run()
        .itRan(press.step(), press.by(), press.moment().now())
        .match(
            run -> {
              settle(press, run, EntryKind.STEP_SUCCEEDED, "ran, says " + press.by().name());
              goOn(press.moment(), press.incident(), run, press.by());
              return null;
            },
            refused(press.exchange()));
  }

  private void runAgain(StepPress press) {
    press
        .run()
        .runAgain(press.step(), press.by(), press.moment().now(), RunbookRun.APPROVAL_TIME)
        .match(
            run -> {
              Step step = run.runbook().step(press.step()).orElseThrow();
              asked(press.moment(), press.incident(), run, step, press.by());
              return null;
            },
            refused(press.exchange()));
  }

  private void byHand(StepPress press, EntryKind kind) {
    boolean done = kind == EntryKind.STEP_SUCCEEDED;
    Verdict<RunbookRun> verdict =
        done
            ? press.run().done(press.step(), press.by(), press.moment().now())
            : press.run().skip(press.step(), press.by(), "", press.moment().now());
    verdict.match(
        run -> {
          settle(press, run, kind, done ? "was done" : "was skipped");
          goOn(press.moment(), press.incident(), run, press.by());
          return null;
        },
        refused(press.exchange()));
  }

  private Void settle(StepPress press, RunbookRun run, EntryKind kind, String words) {
    StepRecords.save(press.moment(), run);
    StepRun step = run.stepRun(press.step()).orElseThrow();
    records.fact(press.moment(), run, step, kind, press.exchange().actor(), words);
    records.show(press.moment(), press.incident(), run, press.step());
    return null;
  }

  /** Records what became of a call, and goes on with the run. */
  void settled(Moment moment, Incident incident, RunbookRun run, String stepId, EntryKind kind) {
    StepRecords.save(moment, run);
    StepRun step = run.stepRun(stepId).orElseThrow();
    records.fact(moment, run, step, kind, new Actor.Bot(), step.state().word().replace('_', ' '));
    records.show(moment, incident, run, stepId);
    if (step.state() == StepState.SUCCEEDED) {
      goOn(moment, incident, run, run.requester());
    }
  }

  /** Fires the timer of a request that nobody approved in time. */
  void due(Moment moment, Timer timer) {
    Optional<RunbookRun> run = moment.tx().all(RunbookRun.class).find(timer.details().get("run"));
    Optional<Incident> incident = timer.incident().flatMap(id -> moment.tx().incidents().find(id));
    if (run.isEmpty() || incident.isEmpty()) {
      return;
    }
    String step = timer.details().get("step");
    run.get()
        .expire(step, moment.now())
        .match(
            lapsed -> {
              settled(moment, incident.get(), lapsed, step, EntryKind.STEP_REFUSED);
              return null;
            },
            rejection -> null);
  }

  /** A consent that does not count is told and written down. */
  private static Function<Rejection, Void> notApproved(StepPress press) {
    return rejection -> {
      Facts.append(
          press.moment(),
          press.incident().id(),
          NewEntry.of(
                  press.moment().now(),
                  EntryKind.ACCESS_DENIED,
                  press.exchange().actor(),
                  press.by().name() + "'s approval of step " + press.step() + " does not count.")
              .because(rejection.reason())
              .about(press.run().id() + "/" + press.step()));
      press.exchange().refuse(rejection);
      return null;
    };
  }

  private static Function<Rejection, Void> refused(Exchange exchange) {
    return rejection -> {
      exchange.refuse(rejection);
      return null;
    };
  }
}
