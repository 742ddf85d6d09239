// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.chat.Person;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Rejection;
import dev.muster.incident.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One execution of a runbook in an incident, with the runbook as it was when the run began.
 *
 * <p>Every move answers with the run after it, or with a reason why it is not possible; nothing is
 * changed in place. Steps run one after the other.
 *
 * @param id unguessable identifier, sent to targets as {@code X-Muster-Run}
 * @param incident the incident it belongs to
 * @param runbook snapshot of the runbook
 * @param parameters what the requester gave, by name
 * @param requester who started it
 * @param startedAt when
 * @param steps executions in the order of the runbook's steps
 */
public record RunbookRun(
    String id,
    IncidentId incident,
    Runbook runbook,
    Map<String, String> parameters,
    Person requester,
    Instant startedAt,
    List<StepRun> steps) {

  /** How long a request waits for a second person when the caller does not say. */
  public static final Duration APPROVAL_TIME = Duration.ofMinutes(15);

  /** Keeps unmodifiable, sorted copies. */
  public RunbookRun {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    steps = List.copyOf(steps);
  }

  /** Starts a run, or says which parameter is missing, unknown or not one of the choices. */
  public static Verdict<RunbookRun> start(
      String id,
      IncidentId incident,
      Runbook runbook,
      Map<String, String> parameters,
      Person requester,
      Instant now) {
    Optional<Rejection> problem = RunParameters.problem(runbook, parameters);
    if (problem.isPresent()) {
      return Verdict.reject(problem.get());
    }
    List<StepRun> steps =
        runbook.steps().stream().map(step -> StepRun.waiting(step.id(), now)).toList();
    return Verdict.accept(new RunbookRun(id, incident, runbook, parameters, requester, now, steps));
  }

  /** Returns the execution of a step; empty when the runbook has no such step. */
  public Optional<StepRun> stepRun(String stepId) {
    return steps.stream().filter(step -> step.stepId().equals(stepId)).findFirst();
  }

  /** Returns the first execution that is not finished; empty when the whole run is. */
  public Optional<StepRun> current() {
    return steps.stream().filter(step -> !step.state().isFinished()).findFirst();
  }

  /**
   * Returns the step to be asked for now; empty while one is under way or stuck, and at the end.
   */
  public Optional<Step> next() {
    return current()
        .filter(step -> step.state() == StepState.WAITING)
        .flatMap(step -> runbook.step(step.stepId()));
  }

  /** Returns the executions because of which the incident cannot be closed. */
  public List<StepRun> holdingUpClosing() {
    return steps.stream().filter(step -> step.state().holdsUpClosing()).toList();
  }

  /**
   * Asks for a step, for the first time or once more after it failed, was refused or lapsed. Fills
   * its templates. A step that needs approval then awaits it; everything else may go ahead.
   *
   * @param facts the incident's values
   * @param approvalTime how long it waits for a second person
   */
  public Verdict<RunbookRun> request(
      String stepId, Person by, TemplateValues facts, Instant now, Duration approvalTime) {
    Optional<StepRun> run = current().filter(each -> each.stepId().equals(stepId));
    if (run.isEmpty()) {
      return Verdict.reject("not_next", "Step " + stepId + " is not next in this run.", nextHint());
    }
    if (!run.get().state().mayBeRequested()) {
      return run.get().illegal(StepState.REQUESTED);
    }
    Step step = step(stepId);
    String key = id + "-" + stepId + "-" + (run.get().generation() + 1);
    return filled(step, run.get(), valuesFor(facts), key)
        .match(ready -> ask(step, ready, by, now, approvalTime), Verdict::reject);
  }

  /** Keeps every distance when the clock was put forward by {@code by}, or back if negative. */
  public RunbookRun moved(Duration by) {
    List<StepRun> all = steps.stream().map(step -> step.moved(by)).toList();
    return new RunbookRun(id, incident, runbook, parameters, requester, startedAt, all);
  }

  /** Records the consent of a second person, or says why it does not count. */
  public Verdict<RunbookRun> approve(String stepId, Approval approval, Instant now) {
    return change(stepId, step -> step.approve(approval, runbook.contentHash(), now));
  }

  /** Records that somebody said no to a request. */
  public Verdict<RunbookRun> refuse(String stepId, Person by, String why, Instant now) {
    return change(stepId, step -> step.refuse(by, why, now));
  }

  /** Records that a request or its approval lapsed; refused while there is time left. */
  public Verdict<RunbookRun> expire(String stepId, Instant now) {
    return change(stepId, step -> step.expire(now));
  }

  /**
   * Writes down that the call goes out now, before it goes out. Refused when the approval has
   * lapsed or the runbook was changed since it was given; a scheduled retry belongs to the approval
   * of the first attempt.
   *
   * @param contentHash fingerprint of the runbook as it is configured now; empty when it is not
   */
  public Verdict<RunbookRun> dispatch(String stepId, String contentHash, Instant now) {
    return change(
        stepId,
        step ->
            step.attempt() == 0 && !runbook.contentHash().equals(contentHash)
                ? Verdict.reject(
                    "runbook_changed",
                    "The runbook was changed after the request was made.",
                    "Nothing was run. Start the runbook again.")
                : step.dispatch(now));
  }

  /**
   * Records what came of a webhook or message. An unknown outcome is repeated by itself only if the
   * step is marked idempotent, at most three times in all. A late answer may still settle an
   * unknown outcome.
   */
  public Verdict<RunbookRun> record(String stepId, StepOutcome outcome, Instant now) {
    return change(stepId, step -> step.settle(outcome, step(stepId).idempotent(), now));
  }

  /** Adds to a step what was heard of it after it had ended; its state stays. */
  public Verdict<RunbookRun> heardLate(String stepId, String words) {
    return change(stepId, step -> Verdict.accept(step.heardLate(words)));
  }

  /**
   * Records that a call that was ready did not go out, for instance because dispatch refused it.
   */
  public Verdict<RunbookRun> notCalled(String stepId, String why, Instant now) {
    return change(stepId, step -> step.notCalled(why, now));
  }

  /** Records that a person found out that a step with an unknown outcome did run. */
  public Verdict<RunbookRun> itRan(String stepId, Person by, Instant now) {
    return change(stepId, step -> step.itRan(by, now));
  }

  /**
   * Asks for a step with an unknown outcome once more: the same request under the same key, with a
   * new approval if the step needs one.
   */
  public Verdict<RunbookRun> runAgain(
      String stepId, Person by, Instant now, Duration approvalTime) {
    Optional<StepRun> run = stepRun(stepId);
    if (run.isEmpty() || run.get().state() != StepState.OUTCOME_UNKNOWN) {
      return change(stepId, step -> step.illegal(StepState.REQUESTED));
    }
    return ask(step(stepId), run.get(), by, now, approvalTime);
  }

  /** Records that a person did a manual step. */
  public Verdict<RunbookRun> done(String stepId, Person by, Instant now) {
    return change(stepId, step -> step.byHand(StepState.SUCCEEDED, by.name() + " did it.", now));
  }

  /** Records that a person decided that a manual step or a message is not needed. */
  public Verdict<RunbookRun> skip(String stepId, Person by, String why, Instant now) {
    String words = by.name() + " skipped it." + (why.isBlank() ? "" : " " + why.strip());
    return change(stepId, step -> step.byHand(StepState.SKIPPED, words, now));
  }

  /** Calls off everything that has not run; refused while a call is out or its outcome unknown. */
  public Verdict<RunbookRun> cancel(Person by, Instant now) {
    Verdict<RunbookRun> after = Verdict.accept(this);
    for (StepRun each : steps) {
      after =
          after.match(
              run -> run.change(each.stepId(), step -> step.cancel(by, now)), Verdict::reject);
    }
    return after;
  }

  private Verdict<StepRun> filled(Step step, StepRun run, TemplateValues values, String key) {
    if (step.kind() == Step.Kind.WEBHOOK) {
      return RequestTemplate.render(step, values)
          .match(call -> Verdict.accept(run.filled(call, "", key)), Verdict::reject);
    }
    Filler filler = new Filler(step.id(), values);
    String text = filler.fill(step.body(), Encoding.TEXT);
    return filler
        .problem()
        .map(Verdict::<StepRun>reject)
        .orElseGet(() -> Verdict.accept(run.filled(null, text, key)));
  }

  private Verdict<RunbookRun> ask(
      Step step, StepRun run, Person by, Instant now, Duration approvalTime) {
    if (!step.needsApproval()) {
      return Verdict.accept(replaced(run.asked(new Consent(by, "", null, null), now)));
    }
    Instant expiry = now.plus(approvalTime);
    String digest = ApprovalDigest.of(this, run, by.ref(), expiry);
    return Verdict.accept(replaced(run.asked(new Consent(by, digest, expiry, null), now)));
  }

  private TemplateValues valuesFor(TemplateValues facts) {
    Map<String, String> more = new TreeMap<>();
    runbook.parameters().forEach(each -> more.put(each.name(), ""));
    more.putAll(parameters);
    for (StepRun earlier : steps) {
      String prefix = "steps." + earlier.stepId() + ".";
      earlier.outputs().forEach((name, value) -> more.put(prefix + name, value));
    }
    return facts.with(more);
  }

  private Verdict<RunbookRun> change(String stepId, Function<StepRun, Verdict<StepRun>> how) {
    Optional<StepRun> step = stepRun(stepId);
    if (step.isEmpty()) {
      return Verdict.reject("unknown_step", "This run has no step " + stepId + ".", nextHint());
    }
    return how.apply(step.get())
        .match(changed -> Verdict.accept(replaced(changed)), Verdict::reject);
  }

  private RunbookRun replaced(StepRun changed) {
    List<StepRun> after =
        steps.stream()
            .map(each -> each.stepId().equals(changed.stepId()) ? changed : each)
            .toList();
    return new RunbookRun(id, incident, runbook, parameters, requester, startedAt, after);
  }

  private Step step(String stepId) {
    return runbook.step(stepId).orElseThrow();
  }

  private String nextHint() {
    return current()
        .map(step -> "Step " + step.stepId() + " is " + step.state().word() + ".")
        .orElse("Every step is finished.");
  }
}
