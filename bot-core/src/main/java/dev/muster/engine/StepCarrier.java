// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.Verdict;
import dev.muster.runbook.RenderedRequest;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.Step;
import dev.muster.runbook.StepOutcome;
import dev.muster.runbook.StepRun;
import dev.muster.runbook.StepState;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import dev.muster.timeline.EntryKind;
import dev.muster.webhook.WebhookClient;
import dev.muster.webhook.WebhookRequest;
import dev.muster.webhook.WebhookResult;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Carries out the webhook of a step: once. The attempt is durable before the call; a call without
 * an answer is unknown, and nothing but a person or the target's own promise repeats it.
 */
final class StepCarrier {

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Supplier<Settings> settings;
  private final WebhookClient webhooks;
  private final RunbookRunner runner;
  private final StepRecords records;
  private final HookIds hooks;

  StepCarrier(
      UnitOfWork store,
      InstantSource clock,
      Supplier<Settings> settings,
      WebhookClient webhooks,
      RunbookRunner runner,
      Tokens tokens) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    this.webhooks = webhooks;
    this.runner = runner;
    this.records = new StepRecords(tokens);
    this.hooks = new HookIds(tokens);
  }

  /** Returns what became of the order. */
  Settlement carryOut(QueuedEffect order, Effect.CallStep call) {
    Optional<RunbookRun> dispatched = store.run(tx -> dispatch(moment(tx), call));
    if (dispatched.isEmpty()) {
      return afterRestart(order, call);
    }
    RunbookRun run = dispatched.get();
    Step step = run.runbook().step(call.step()).orElseThrow();
    WebhookResult result = webhooks.call(request(run, step));
    return Settlement.done("called", moment -> settle(moment, call, outcome(step, result)));
  }

  private Moment moment(Tx tx) {
    return new Moment(tx, clock.instant(), settings.get());
  }

  /** Writes the attempt down; empty when there is nothing to call. */
  private Optional<RunbookRun> dispatch(Moment moment, Effect.CallStep call) {
    Optional<RunbookRun> run = moment.tx().all(RunbookRun.class).find(call.run());
    Optional<Incident> incident = moment.tx().incidents().find(call.incident());
    if (run.isEmpty() || incident.isEmpty()) {
      return Optional.empty();
    }
    String hash = StepRecords.currentHash(moment, run.get());
    return run.get()
        .dispatch(call.step(), hash, moment.now())
        .match(
            sent -> {
              StepRecords.save(moment, sent);
              StepRun step = sent.stepRun(call.step()).orElseThrow();
              records.fact(
                  moment, sent, step, EntryKind.STEP_DISPATCHED, new Actor.Bot(), "is called");
              records.show(moment, incident.get(), sent, call.step());
              return Optional.of(sent);
            },
            rejection -> Optional.empty());
  }

  /** The step cannot be dispatched: it lapsed, changed, or an earlier attempt has no result. */
  private Settlement afterRestart(QueuedEffect order, Effect.CallStep call) {
    return Settlement.done(
        "not called",
        moment -> {
          Optional<StepRun> step =
              moment
                  .tx()
                  .all(RunbookRun.class)
                  .find(call.run())
                  .flatMap(run -> run.stepRun(call.step()));
          if (step.isPresent() && step.get().state() == StepState.DISPATCHED) {
            String words = "The bot was stopped before the answer came.";
            settle(moment, call, StepOutcome.unknown(words));
          } else if (step.filter(StepCarrier::isSettled).isEmpty()) {
            refuse(moment, call);
          }
        });
  }

  /** Its target reported before a retry came to its turn. */
  private static boolean isSettled(StepRun step) {
    return step.state() == StepState.SUCCEEDED || step.state() == StepState.FAILED;
  }

  private void refuse(Moment moment, Effect.CallStep call) {
    RunbookRun run = moment.tx().all(RunbookRun.class).find(call.run()).orElseThrow();
    Incident incident = moment.tx().incidents().find(call.incident()).orElseThrow();
    String why = "Its approval or its runbook changed before the call.";
    run.expire(call.step(), moment.now())
        .match(Verdict::accept, early -> run.notCalled(call.step(), why, moment.now()))
        .match(
            after -> {
              boolean lapsed =
                  after.stepRun(call.step()).orElseThrow().state() == StepState.EXPIRED;
              EntryKind kind = lapsed ? EntryKind.STEP_REFUSED : EntryKind.STEP_FAILED;
              runner.settled(moment, incident, after, call.step(), kind);
              return null;
            },
            rejection -> {
              Facts.bot(
                  moment,
                  incident.id(),
                  EntryKind.EFFECT_FAILED,
                  "Step " + call.step() + " was not called: " + rejection.sentence(),
                  Map.of("reason", rejection.reason()));
              return null;
            });
  }

  private WebhookRequest request(RunbookRun run, Step step) {
    StepRun state = run.stepRun(step.id()).orElseThrow();
    RenderedRequest rendered = state.request();
    TreeMap<String, String> headers = new TreeMap<>(rendered.headers());
    headers.put("Idempotency-Key", state.idempotencyKey());
    headers.put("X-Muster-Run", run.id());
    headers.put(
        "X-Muster-Callback", settings.get().publicUrl() + "/hooks/" + hooks.mint(run, state));
    return new WebhookRequest(
        rendered.method(),
        rendered.url(),
        headers,
        rendered.body(),
        step.timeout(),
        step.success().json());
  }

  private static StepOutcome outcome(Step step, WebhookResult result) {
    return new Screening()
        .outcome(
            result.match(
                answer ->
                    StepOutcome.answered(
                        step,
                        answer.status(),
                        answer.jsonMatches(),
                        answer.bodyCut(),
                        answer.outputs()),
                failed -> StepOutcome.failed(failed.sentence()),
                unknown -> StepOutcome.unknown(unknown.sentence())));
  }

  private void settle(Moment moment, Effect.CallStep call, StepOutcome outcome) {
    RunbookRun run = moment.tx().all(RunbookRun.class).find(call.run()).orElseThrow();
    Incident incident = moment.tx().incidents().find(call.incident()).orElseThrow();
    run.record(call.step(), outcome, moment.now())
        .match(
            after -> {
              StepRun step = after.stepRun(call.step()).orElseThrow();
              runner.settled(moment, incident, after, call.step(), kind(step.state()));
              again(moment, call, step);
              return null;
            },
            rejection -> null);
  }

  private static void again(Moment moment, Effect.CallStep call, StepRun step) {
    if (step.state() == StepState.RETRY_SCHEDULED) {
      Effect next =
          new Effect.CallStep(call.incident(), call.run(), call.step(), step.attempt() + 1);
      moment
          .tx()
          .effects()
          .add(
              new NewEffect(
                  next,
                  "step/" + call.run() + "/" + call.step(),
                  Priority.PEOPLE,
                  Optional.of(call.incident()),
                  "",
                  step.retryAt()));
    }
  }

  private static EntryKind kind(StepState state) {
    return switch (state) {
      case SUCCEEDED -> EntryKind.STEP_SUCCEEDED;
      case FAILED -> EntryKind.STEP_FAILED;
      default -> EntryKind.STEP_OUTCOME_UNKNOWN;
    };
  }
}
