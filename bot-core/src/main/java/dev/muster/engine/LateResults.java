// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.Incident;
import dev.muster.incident.IncidentDecisions;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.Step;
import dev.muster.runbook.StepOutcome;
import dev.muster.runbook.StepRun;
import dev.muster.runbook.StepState;
import dev.muster.store.Inbound;
import dev.muster.timeline.EntryKind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes what targets report of calls whose answer did not come, or said too little. A step whose
 * outcome nobody knows is settled by it and its run goes on; no incident is closed before that.
 * What has ended otherwise stays as it is, and its card and the timeline say what was reported.
 */
final class LateResults {

  private final RunbookRunner runner;
  private final StepRecords records;

  LateResults(RunbookRunner runner, StepRecords records) {
    this.runner = runner;
    this.records = records;
  }

  /** Returns every text of a run's calls that may name a secret. */
  static List<String> written(RunbookRun run) {
    return run.steps().stream()
        .map(StepRun::request)
        .filter(Objects::nonNull)
        .flatMap(call -> Stream.concat(call.headers().values().stream(), Stream.of(call.body())))
        .toList();
  }

  /** Takes one report. */
  void take(Moment moment, Inbound.LateResult late) {
    Optional<RunbookRun> run = moment.tx().all(RunbookRun.class).find(late.run());
    Optional<Incident> incident = run.flatMap(r -> moment.tx().incidents().find(r.incident()));
    if (incident.isPresent() && late.step() < run.get().steps().size()) {
      take(moment, incident.get(), run.get(), late);
    }
  }

  private void take(Moment moment, Incident incident, RunbookRun run, Inbound.LateResult late) {
    StepRun step = run.steps().get(late.step());
    if (!isAwaited(run, step, late)) {
      heard(moment, incident, run, late);
      return;
    }
    run.record(step.stepId(), late.outcome(), moment.now())
        .match(
            after -> {
              settled(moment, incident, after, step.stepId());
              return null;
            },
            rejection -> {
              heard(moment, incident, run, late);
              return null;
            });
  }

  /** The call that is out, or an earlier one that its target takes for the same. */
  private static boolean isAwaited(RunbookRun run, StepRun step, Inbound.LateResult late) {
    boolean folded = run.runbook().step(step.stepId()).filter(Step::idempotent).isPresent();
    boolean out =
        switch (step.state()) {
          case DISPATCHED, RETRY_SCHEDULED, OUTCOME_UNKNOWN -> true;
          default -> false;
        };
    return out
        && step.generation() == late.generation()
        && (folded || step.attempt() == late.attempt());
  }

  private void settled(Moment moment, Incident incident, RunbookRun run, String stepId) {
    StepState state = run.stepRun(stepId).orElseThrow().state();
    EntryKind kind =
        state == StepState.SUCCEEDED ? EntryKind.STEP_SUCCEEDED : EntryKind.STEP_FAILED;
    runner.settled(moment, incident, run, stepId, kind);
  }

  private void heard(Moment moment, Incident incident, RunbookRun run, Inbound.LateResult late) {
    StepRun step = run.steps().get(late.step());
    boolean earlier = step.generation() != late.generation() || step.attempt() != late.attempt();
    String words = (earlier ? "Of an earlier call: " : "") + late.outcome().note();
    run.heardLate(step.stepId(), words)
        .match(
            after -> {
              StepRecords.save(moment, after);
              if (IncidentDecisions.closed(incident).isEmpty()) {
                records.show(moment, incident, after, step.stepId());
              }
              return null;
            },
            rejection -> null);
    String stands = step.state().word().replace('_', ' ');
    Facts.bot(
        moment,
        incident.id(),
        EntryKind.NOTE_ADDED,
        "Step "
            + step.stepId()
            + " of "
            + run.runbook().name()
            + " stands as "
            + stands
            + ". "
            + words,
        Map.of(
            "run", run.id(),
            "step", step.stepId(),
            "state", step.state().word(),
            "reported", succeeded(late) ? "succeeded" : "failed"));
  }

  private static boolean succeeded(Inbound.LateResult late) {
    return late.outcome().kind() == StepOutcome.Kind.SUCCEEDED;
  }
}
