// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import static dev.muster.runbook.RunbookFixtures.ADA;
import static dev.muster.runbook.RunbookFixtures.FACTS;
import static dev.muster.runbook.RunbookFixtures.LI;
import static dev.muster.runbook.RunbookFixtures.NOW;
import static dev.muster.runbook.RunbookFixtures.accepted;
import static dev.muster.runbook.RunbookFixtures.human;
import static dev.muster.runbook.RunbookFixtures.manual;
import static dev.muster.runbook.RunbookFixtures.reason;
import static dev.muster.runbook.RunbookFixtures.rejection;
import static dev.muster.runbook.RunbookFixtures.requested;
import static dev.muster.runbook.RunbookFixtures.rollback;
import static dev.muster.runbook.RunbookFixtures.runbook;
import static dev.muster.runbook.RunbookFixtures.started;
import static dev.muster.runbook.RunbookFixtures.state;
import static dev.muster.runbook.RunbookFixtures.webhook;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunbookRunTest {

  private static final String STEP = "call-deployer";

  @Test
  void webhook_approvedBySecondPerson_runsOnceAndSucceeds() {
    RunbookRun awaiting = requested(started(runbook(rollback())), STEP);

    RunbookRun sent = dispatched(approved(awaiting));
    RunbookRun ran = accepted(sent.record(STEP, StepOutcome.succeeded("ok"), NOW));

    StepRun step = sent.stepRun(STEP).orElseThrow();
    assertEquals(1, step.attempt());
    assertEquals("run-1-call-deployer-1", step.idempotencyKey());
    assertEquals("http://127.0.0.1:9099/rollback/checkout", step.request().url());
    assertEquals(LI, step.consent().approver());
    assertEquals(StepState.SUCCEEDED, state(ran, STEP));
    assertTrue(ran.current().isEmpty());
  }

  @Test
  void webhook_withoutApproval_cannotBeDispatched() {
    RunbookRun awaiting = requested(started(runbook(rollback())), STEP);

    assertEquals("illegal_move", reason(awaiting.dispatch(STEP, "hash-1", NOW)));
    assertEquals("illegal_move", reason(awaiting.record(STEP, StepOutcome.succeeded(""), NOW)));
    assertEquals("illegal_move", reason(awaiting.done(STEP, LI, NOW)));
  }

  @Test
  void webhook_dispatchedTwice_isRefused() {
    RunbookRun sent = dispatched(approved(requested(started(runbook(rollback())), STEP)));

    assertEquals("illegal_move", reason(sent.dispatch(STEP, "hash-1", NOW)));
    assertEquals(
        "illegal_move", reason(sent.request(STEP, LI, FACTS, NOW, RunbookRun.APPROVAL_TIME)));
  }

  @Test
  void dispatch_afterTheApprovalLapsed_isRefusedAndCanOnlyExpire() {
    RunbookRun ready = approved(requested(started(runbook(rollback())), STEP));
    var late = NOW.plus(RunbookRun.APPROVAL_TIME);

    assertEquals("expired", reason(ready.dispatch(STEP, "hash-1", late)));
    assertEquals("illegal_move", reason(ready.expire(STEP, late.minusMillis(1))));
    assertEquals(StepState.EXPIRED, state(accepted(ready.expire(STEP, late)), STEP));
  }

  @Test
  void dispatch_afterTheRunbookChanged_isRefused() {
    RunbookRun ready = approved(requested(started(runbook(rollback())), STEP));

    assertEquals("runbook_changed", reason(ready.dispatch(STEP, "hash-2", NOW)));
    assertEquals("runbook_changed", reason(ready.dispatch(STEP, "", NOW)));
  }

  @Test
  void notCalled_beforeTheCall_failsAndMayBeAskedForAnew_afterItIsRefused() {
    RunbookRun ready = approved(requested(started(runbook(rollback())), STEP));

    RunbookRun failed = accepted(ready.notCalled(STEP, "The runbook was changed.", NOW));

    assertEquals(
        "Nothing was run. The runbook was changed.", failed.stepRun(STEP).orElseThrow().note());
    assertEquals(StepState.AWAITING_APPROVAL, state(requested(failed, STEP), STEP));
    assertEquals("illegal_move", reason(dispatched(ready).notCalled(STEP, "", NOW)));
  }

  @Test
  void run_writtenAsJsonAndReadBack_isTheSame() throws JsonProcessingException {
    JsonMapper json =
        JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .build();
    RunbookRun fresh = started(runbook(rollback(), manual("look", "Look.")));
    RunbookRun awaiting = requested(fresh, STEP);

    for (RunbookRun run : List.of(fresh, awaiting, dispatched(approved(awaiting)), unknown())) {
      assertEquals(run, json.readValue(json.writeValueAsString(run), RunbookRun.class));
    }
  }

  @Test
  void unknownOutcome_ofAnOrdinaryStep_isNeverRepeatedByItself() {
    RunbookRun unknown = unknown();

    assertEquals(StepState.OUTCOME_UNKNOWN, state(unknown, STEP));
    assertEquals("illegal_move", reason(unknown.dispatch(STEP, "hash-1", NOW)));
    assertTrue(unknown.next().isEmpty());
    assertEquals(1, unknown.holdingUpClosing().size());
  }

  @Test
  void unknownOutcome_itRan_succeedsWithTheNameOfWhoSaidSo() {
    RunbookRun ran = accepted(unknown().itRan(STEP, LI, NOW));

    assertEquals(StepState.SUCCEEDED, state(ran, STEP));
    assertEquals("li says that it ran.", ran.stepRun(STEP).orElseThrow().note());
    assertEquals("illegal_move", reason(ran.itRan(STEP, LI, NOW)));
  }

  @Test
  void unknownOutcome_runAgain_needsANewApprovalAndKeepsTheKey() {
    RunbookRun unknown = unknown();
    RunbookRun again =
        accepted(unknown.runAgain(STEP, LI, NOW.plusSeconds(60), RunbookRun.APPROVAL_TIME));

    StepRun before = unknown.stepRun(STEP).orElseThrow();
    StepRun after = again.stepRun(STEP).orElseThrow();
    assertEquals(StepState.AWAITING_APPROVAL, after.state());
    assertNotEquals(before.consent().digest(), after.consent().digest());
    assertEquals(before.idempotencyKey(), after.idempotencyKey());
    assertEquals(before.request(), after.request());
    Approval byRequester = new Approval(human(LI), true, after.consent().digest(), "hash-1");
    assertEquals("same_person", reason(again.approve(STEP, byRequester, NOW.plusSeconds(61))));
    Approval old = new Approval(human(ADA), true, before.consent().digest(), "hash-1");
    assertEquals("changed", reason(again.approve(STEP, old, NOW.plusSeconds(61))));
  }

  @Test
  void unknownOutcome_lateAnswer_settlesIt() {
    RunbookRun late = accepted(unknown().record(STEP, StepOutcome.failed("late"), NOW));

    assertEquals(StepState.FAILED, state(late, STEP));
  }

  @Test
  void unknownOutcome_ofAnIdempotentStep_isRetriedWithTheSameKeyAndThenAsked() {
    Step step =
        new Step(
            "ping",
            Step.Kind.WEBHOOK,
            Step.Approval.NONE,
            null,
            "http://a/",
            null,
            null,
            null,
            null,
            true);
    RunbookRun run = requested(started(runbook(step)), "ping");

    for (int attempt = 1; attempt < StepRun.MAX_ATTEMPTS; attempt++) {
      run = accepted(run.dispatch("ping", "hash-1", NOW));
      run = accepted(run.record("ping", StepOutcome.unknown("timeout"), NOW));
      StepRun waiting = run.stepRun("ping").orElseThrow();
      assertEquals(StepState.RETRY_SCHEDULED, waiting.state());
      assertEquals(NOW.plus(Duration.ofSeconds(5L * attempt)), waiting.retryAt());
      assertEquals("run-1-ping-1", waiting.idempotencyKey());
    }
    run = accepted(run.dispatch("ping", "hash-1", NOW));
    run = accepted(run.record("ping", StepOutcome.unknown("timeout"), NOW));

    assertEquals(StepState.OUTCOME_UNKNOWN, state(run, "ping"));
  }

  @Test
  void failedStep_askedForAnew_getsANewKeyAndNeedsANewApproval() {
    RunbookRun sent = dispatched(approved(requested(started(runbook(rollback())), STEP)));
    RunbookRun failed = accepted(sent.record(STEP, StepOutcome.failed("404"), NOW));

    RunbookRun again = requested(failed, STEP);

    assertEquals("run-1-call-deployer-2", again.stepRun(STEP).orElseThrow().idempotencyKey());
    assertEquals(StepState.AWAITING_APPROVAL, state(again, STEP));
  }

  @Test
  void steps_oneAfterTheOther_handOnTheirOutputs() {
    Step second = webhook("verify", "http://a/{{steps.call-deployer.deployment.id}}", null, null);
    RunbookRun run = started(runbook(rollback(), manual("look", "Look at {{service}}."), second));
    assertEquals(
        "not_next", reason(run.request("look", ADA, FACTS, NOW, RunbookRun.APPROVAL_TIME)));

    run = dispatched(approved(requested(run, STEP)));
    StepOutcome outcome =
        StepOutcome.answered(rollback(), 200, true, false, Map.of("deployment.id", "42"));
    run = accepted(run.record(STEP, outcome, NOW));
    assertEquals("look", run.next().orElseThrow().id());
    run = requested(run, "look");
    assertEquals("Look at checkout.", run.stepRun("look").orElseThrow().text());
    run = accepted(run.done("look", LI, NOW));
    run = requested(run, "verify");

    assertEquals("http://a/42", run.stepRun("verify").orElseThrow().request().url());
  }

  @Test
  void manualStep_skipped_letsTheRunGoOn() {
    RunbookRun run = requested(started(runbook(manual("a", "Do."), manual("b", "Do."))), "a");

    RunbookRun skipped = accepted(run.skip("a", LI, "not needed", NOW));

    assertEquals("b", skipped.next().orElseThrow().id());
    assertEquals("illegal_move", reason(skipped.done("a", LI, NOW)));
  }

  @Test
  void refusedStep_stopsTheRunUntilAskedForAgain() {
    RunbookRun awaiting = requested(started(runbook(rollback())), STEP);

    RunbookRun refused = accepted(awaiting.refuse(STEP, LI, "too risky", NOW));

    assertEquals("li refused it. too risky", refused.stepRun(STEP).orElseThrow().note());
    assertTrue(refused.next().isEmpty());
    assertEquals("illegal_move", reason(refused.refuse(STEP, LI, "", NOW)));
    assertEquals(StepState.AWAITING_APPROVAL, state(requested(refused, STEP), STEP));
  }

  @Test
  void cancel_beforeTheCall_callsOffEverything_afterIt_isRefused() {
    RunbookRun awaiting = requested(started(runbook(rollback(), manual("a", "Do."))), STEP);

    RunbookRun cancelled = accepted(awaiting.cancel(LI, NOW));

    assertEquals(StepState.CANCELLED, state(cancelled, STEP));
    assertEquals(StepState.CANCELLED, state(cancelled, "a"));
    assertEquals("illegal_move", reason(dispatched(approved(awaiting)).cancel(LI, NOW)));
  }

  @Test
  void start_withWrongParameters_isRefusedWithAnExample() {
    Runbook book =
        new Runbook(
            "scale",
            false,
            null,
            List.of(new Parameter("size", true, List.of("small", "large"))),
            List.of(manual("a", "Do {{size}}.")),
            "h");

    assertEquals("missing_parameter", reason(start(book, Map.of())));
    assertEquals("missing_parameter", reason(start(book, Map.of("size", ""))));
    assertEquals("not_a_choice", reason(start(book, Map.of("size", "huge"))));
    assertEquals("unknown_parameter", reason(start(book, Map.of("size", "small", "x", "1"))));
    assertEquals("For example: runbook scale size=small", rejection(start(book, Map.of())).hint());
    accepted(start(book, Map.of("size", "large")));
  }

  private static Verdict<RunbookRun> start(Runbook book, Map<String, String> parameters) {
    return RunbookRun.start("run-2", new IncidentId(1), book, parameters, ADA, NOW);
  }

  private static RunbookRun approved(RunbookRun run) {
    String digest = run.stepRun(STEP).orElseThrow().consent().digest();
    return accepted(run.approve(STEP, new Approval(human(LI), true, digest, "hash-1"), NOW));
  }

  private static RunbookRun dispatched(RunbookRun run) {
    return accepted(run.dispatch(STEP, "hash-1", NOW));
  }

  private static RunbookRun unknown() {
    RunbookRun sent = dispatched(approved(requested(started(runbook(rollback())), STEP)));
    return accepted(sent.record(STEP, StepOutcome.unknown("timeout"), NOW));
  }
}
