// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import dev.muster.chat.Person;
import dev.muster.incident.Rejection;
import dev.muster.incident.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One execution of a step.
 *
 * <pre>
 * waiting → requested ──────────────────────┐
 *    └────→ awaiting_approval → approved → dispatched → succeeded
 *                 │    │                     │  ↑  └──→ failed ─────→ (requested once more)
 *             refused expired                │  retry_scheduled
 *                                            └→ outcome_unknown → succeeded, or asked for again
 * </pre>
 *
 * <p>The moves are reached through {@link RunbookRun}, which knows the order of the steps. Each
 * answers with the execution after it, or with the reason why it is not possible.
 *
 * @param stepId which step of the runbook
 * @param state where it is
 * @param since when it came there
 * @param consent who asked and who consented; null until it is asked for
 * @param request the exact call of a webhook; null for other kinds and until it is asked for
 * @param text what people read, for a manual step or a message; empty for a webhook
 * @param generation how often it was asked for from anew, counted from 1; 0 until then
 * @param attempt how often it was dispatched
 * @param idempotencyKey what the target recognises repeats by: it stays while we may only be
 *     repeating ourselves, and changes when the step is asked for from anew
 * @param retryAt when it is dispatched again; null unless a retry is scheduled
 * @param note one sentence on what happened last; may be empty
 * @param outputs what later steps may use
 */
public record StepRun(
    String stepId,
    StepState state,
    Instant since,
    Consent consent,
    RenderedRequest request,
    String text,
    int generation,
    int attempt,
    String idempotencyKey,
    Instant retryAt,
    String note,
    Map<String, String> outputs) {

  /** A target that folds repeats is called at most this often without asking a person. */
  static final int MAX_ATTEMPTS = 3;

  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

  /** Copies the outputs. */
  public StepRun {
    outputs = outputs == null ? Map.of() : Map.copyOf(outputs);
  }

  static StepRun waiting(String stepId, Instant now) {
    return new StepRun(
        stepId, StepState.WAITING, now, null, null, "", 0, 0, "", null, "", Map.of());
  }

  /** Returns whether it may be carried out now, with every consent it needs. */
  public boolean isReady(Instant now) {
    return state == StepState.REQUESTED
        || state == StepState.RETRY_SCHEDULED
        || state == StepState.APPROVED && !consent.isLapsed(now);
  }

  /** Takes on a freshly filled request, which a target must not mistake for an earlier one. */
  StepRun filled(RenderedRequest call, String words, String key) {
    return new StepRun(
        stepId,
        state,
        since,
        consent,
        call,
        words,
        generation + 1,
        attempt,
        key,
        null,
        note,
        Map.of());
  }

  /** Asked for; waits for a second person when the consent is bound to a digest. */
  StepRun asked(Consent asked, Instant now) {
    boolean free = asked.digest().isEmpty();
    return to(free ? StepState.REQUESTED : StepState.AWAITING_APPROVAL, "", now).withConsent(asked);
  }

  Verdict<StepRun> approve(Approval approval, String requestedHash, Instant now) {
    Optional<Rejection> problem = approval.problem(this, requestedHash, now);
    if (problem.isPresent()) {
      return Verdict.reject(problem.get());
    }
    Person approver = approval.approver().human().orElseThrow();
    String words = approver.name() + " approved it.";
    return Verdict.accept(
        to(StepState.APPROVED, words, now).withConsent(consent.approvedBy(approver)));
  }

  Verdict<StepRun> refuse(Person by, String why, Instant now) {
    String words = by.name() + " refused it." + (why.isBlank() ? "" : " " + why.strip());
    return moveFrom(StepState.AWAITING_APPROVAL, StepState.REFUSED, words, now);
  }

  Verdict<StepRun> expire(Instant now) {
    boolean open = state == StepState.AWAITING_APPROVAL || state == StepState.APPROVED;
    return open && consent.isLapsed(now)
        ? Verdict.accept(to(StepState.EXPIRED, "The request lapsed.", now))
        : illegal(StepState.EXPIRED);
  }

  Verdict<StepRun> dispatch(Instant now) {
    if (state == StepState.APPROVED && consent.isLapsed(now)) {
      return Verdict.reject(
          "expired",
          "The approval lapsed at " + consent.expiresAt() + ", before the call.",
          "Nothing was run. Ask for the step again.");
    }
    if (request == null || !isReady(now)) {
      return illegal(StepState.DISPATCHED);
    }
    StepRun sent = to(StepState.DISPATCHED, "", now);
    return Verdict.accept(
        new StepRun(
            stepId,
            sent.state,
            now,
            consent,
            request,
            text,
            generation,
            attempt + 1,
            idempotencyKey,
            null,
            "",
            outputs));
  }

  Verdict<StepRun> settle(StepOutcome outcome, boolean idempotent, Instant now) {
    boolean out =
        state == StepState.DISPATCHED
            || state == StepState.RETRY_SCHEDULED
            || state == StepState.OUTCOME_UNKNOWN;
    if (!out && (request != null || !isReady(now))) {
      return illegal(StepState.SUCCEEDED);
    }
    return Verdict.accept(
        switch (outcome.kind()) {
          case SUCCEEDED ->
              to(StepState.SUCCEEDED, outcome.note(), now).with(outcome.note(), outcome.outputs());
          case FAILED ->
              to(StepState.FAILED, outcome.note(), now).with(outcome.note(), outcome.outputs());
          case UNKNOWN -> unsettled(outcome.note(), idempotent, now);
        });
  }

  Verdict<StepRun> notCalled(String why, Instant now) {
    boolean before = state == StepState.REQUESTED || state == StepState.APPROVED;
    return before && request != null
        ? Verdict.accept(to(StepState.FAILED, "Nothing was run. " + why, now))
        : illegal(StepState.FAILED);
  }

  Verdict<StepRun> itRan(Person by, Instant now) {
    String words = by.name() + " says that it ran.";
    return moveFrom(StepState.OUTCOME_UNKNOWN, StepState.SUCCEEDED, words, now);
  }

  Verdict<StepRun> byHand(StepState end, String words, Instant now) {
    return request == null && isReady(now) ? Verdict.accept(to(end, words, now)) : illegal(end);
  }

  Verdict<StepRun> cancel(Person by, Instant now) {
    return switch (state) {
      case DISPATCHED, RETRY_SCHEDULED, OUTCOME_UNKNOWN -> illegal(StepState.CANCELLED);
      case SUCCEEDED, SKIPPED, CANCELLED -> Verdict.accept(this);
      default -> Verdict.accept(to(StepState.CANCELLED, by.name() + " called it off.", now));
    };
  }

  /** Adds what was heard after the step had ended; it stays as it is. */
  StepRun heardLate(String words) {
    return with((note + " " + words).strip(), outputs);
  }

  <T> Verdict<T> illegal(StepState wanted) {
    return Verdict.reject(
        "illegal_move",
        "Step "
            + stepId
            + " is "
            + state.word()
            + " since "
            + since
            + " and cannot become "
            + wanted.word()
            + ".",
        "Nothing was done.");
  }

  private Verdict<StepRun> moveFrom(StepState from, StepState next, String words, Instant now) {
    return state == from ? Verdict.accept(to(next, words, now)) : illegal(next);
  }

  private StepRun unsettled(String words, boolean idempotent, Instant now) {
    if (!idempotent || state != StepState.DISPATCHED || attempt >= MAX_ATTEMPTS) {
      return to(StepState.OUTCOME_UNKNOWN, words, now);
    }
    Instant due = now.plus(FIRST_RETRY.multipliedBy(attempt));
    return new StepRun(
        stepId,
        StepState.RETRY_SCHEDULED,
        now,
        consent,
        request,
        text,
        generation,
        attempt,
        idempotencyKey,
        due,
        words,
        outputs);
  }

  private StepRun to(StepState next, String words, Instant now) {
    return new StepRun(
        stepId,
        next,
        now,
        consent,
        request,
        text,
        generation,
        attempt,
        idempotencyKey,
        null,
        words,
        outputs);
  }

  /** A consent that is still to be given or used stands as long as it was to stand. */
  StepRun moved(Duration by) {
    return consent == null || state.isFinished() ? this : withConsent(consent.moved(by));
  }

  private StepRun withConsent(Consent given) {
    return new StepRun(
        stepId,
        state,
        since,
        given,
        request,
        text,
        generation,
        attempt,
        idempotencyKey,
        retryAt,
        note,
        outputs);
  }

  private StepRun with(String remark, Map<String, String> answered) {
    return new StepRun(
        stepId,
        state,
        since,
        consent,
        request,
        text,
        generation,
        attempt,
        idempotencyKey,
        retryAt,
        remark,
        answered);
  }
}
