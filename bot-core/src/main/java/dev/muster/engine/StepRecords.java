// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.runbook.Runbook;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.StepRun;
import dev.muster.store.Timers.Timer;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps runs: as they are now, as facts, and as cards. */
final class StepRecords {

  private final Tokens tokens;

  StepRecords(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Stores a run as it is now. */
  static void save(Moment moment, RunbookRun run) {
    boolean open = run.current().isPresent();
    moment.tx().all(RunbookRun.class).save(run.id(), run.incident(), open, run);
  }

  /** Shows a step's card as it is now. */
  void show(Moment moment, Incident incident, RunbookRun run, String stepId) {
    StepRun step = run.stepRun(stepId).orElseThrow();
    String slot = StepCards.slot(run, stepId);
    ButtonMint mint = new ButtonMint(moment, tokens, slot, Optional.of(incident.id()));
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .show(
              incident.id(),
              platform,
              slot,
              Priority.PEOPLE,
              new StepCards(incident, run, step, mint).card());
    }
  }

  /** Returns the timer at which an unapproved request lapses. */
  static Timer expiry(Incident incident, RunbookRun run, StepRun step) {
    return new Timer(
        TimerKinds.APPROVAL,
        run.id() + "/" + step.stepId(),
        Optional.of(incident.id()),
        step.consent().expiresAt(),
        Map.of("run", run.id(), "step", step.stepId()));
  }

  /** Returns the fingerprint of a runbook as it is configured now; empty when it is gone. */
  static String currentHash(Moment moment, RunbookRun run) {
    return moment.settings().runbooks().stream()
        .filter(book -> book.name().equals(run.runbook().name()))
        .map(Runbook::contentHash)
        .findFirst()
        .orElse("");
  }

  /** Writes what happened to a step. */
  void fact(
      Moment moment, RunbookRun run, StepRun step, EntryKind kind, Actor actor, String words) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("runbook", run.runbook().name());
    data.put("run", run.id());
    data.put("step", step.stepId());
    data.put("state", step.state().word());
    data.put("attempt", step.attempt());
    data.put("idempotencyKey", step.idempotencyKey());
    if (step.consent() != null && !step.consent().digest().isEmpty()) {
      data.put("digest", step.consent().digest());
    }
    if (step.request() != null) {
      data.put("request", step.request().method() + " " + step.request().masked().url());
    }
    String text = "Step " + step.stepId() + " of " + run.runbook().name() + " " + words + ".";
    NewEntry entry =
        NewEntry.of(moment.now(), kind, actor, text)
            .because(step.note())
            .about(run.id() + "/" + step.stepId())
            .with(data);
    Facts.append(moment, run.incident(), entry);
  }
}
