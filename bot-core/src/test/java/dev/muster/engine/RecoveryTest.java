// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.chat.Person;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Severity;
import dev.muster.incident.Verdict;
import dev.muster.runbook.Approval;
import dev.muster.runbook.Runbook;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.Step;
import dev.muster.runbook.StepState;
import dev.muster.runbook.TemplateValues;
import dev.muster.store.Inbound;
import dev.muster.store.Tx;
import dev.muster.testkit.SettingsDraft;
import dev.muster.testkit.ShownMessage;
import dev.muster.timeline.EntryKind;
import dev.muster.webhook.WebhookResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a restore nothing is done again blindly, and people are told what is not known. */
class RecoveryTest {

  private static final IncidentId ID = new IncidentId(1);
  private static final String RUN = "run-1";
  private static final String STEP = "call-deployer";
  private static final Runbook ROLLBACK =
      new Runbook(
          "rollback",
          true,
          null,
          List.of(),
          List.of(
              new Step(
                  STEP,
                  Step.Kind.WEBHOOK,
                  null,
                  null,
                  "https://deployer.example.com/rollback",
                  null,
                  "{}",
                  null,
                  null,
                  false)),
          "hash-1");

  @TempDir Path folder;
  private final AtomicInteger called = new AtomicInteger();
  private Consumer<Tx> between = tx -> {};
  private IncidentRoom room;
  private Person ada;
  private Person li;

  @BeforeEach
  void declare() {
    room = new IncidentRoom(folder, this::settings);
    ada = room.person("ada");
    li = room.person("li");
    room.declares(ada, "declare! Checkout is slow sev2");
  }

  /** Asked for at each start, when the store is open and nothing runs yet. */
  private Settings settings(Settings before) {
    if (room != null) {
      room.engine().write(between);
    }
    between = tx -> {};
    return SettingsDraft.of(before).runbooks(ROLLBACK).done();
  }

  /** Restarts over a store that says something else by then. */
  private void restartOver(Consumer<Tx> change) {
    between = change;
    room.restart();
  }

  @AfterEach
  void close() {
    room.close();
  }

  private static RunbookRun accepted(Verdict<RunbookRun> verdict) {
    return verdict.match(
        run -> run,
        rejection -> {
          throw new AssertionError(rejection.sentence());
        });
  }

  private RunbookRun awaiting() {
    TemplateValues facts =
        TemplateValues.ofIncident(
            ID, "Checkout is slow", Severity.SEV2, IncidentStatus.INVESTIGATING, List.of());
    RunbookRun run = accepted(RunbookRun.start(RUN, ID, ROLLBACK, Map.of(), ada, room.now()));
    return accepted(run.request(STEP, ada, facts, room.now(), Duration.ofMinutes(15)));
  }

  private RunbookRun approved() {
    RunbookRun run = awaiting();
    String digest = run.stepRun(STEP).orElseThrow().consent().digest();
    Approval approval = new Approval(new Actor.Human(li), true, digest, "hash-1");
    return accepted(run.approve(STEP, approval, room.now()));
  }

  private static void keep(Tx tx, RunbookRun run) {
    tx.all(RunbookRun.class).save(RUN, ID, true, run);
  }

  private String order(Tx tx, Effect effect, Instant due) {
    return tx.effects()
        .add(new NewEffect(effect, "lane/" + effect, Priority.PEOPLE, Optional.of(ID), "", due));
  }

  private void restart(Consumer<Tx> change) {
    restartOver(change);
    room.engine()
        .outside(
            request -> {
              called.incrementAndGet();
              return new WebhookResult.Answered(200, "{}", false, true, Map.of());
            });
    room.engine().advance(Duration.ofMinutes(2));
    room.engine().settle();
  }

  private StepState state() {
    return room.engine()
        .read(tx -> tx.all(RunbookRun.class).find(RUN))
        .flatMap(run -> run.stepRun(STEP))
        .orElseThrow()
        .state();
  }

  private void approvedCall(Tx tx) {
    keep(tx, approved());
    order(tx, new Effect.CallStep(ID, RUN, STEP, 1), room.now().plusSeconds(60));
  }

  @Test
  void approvedCall_afterAnOrdinaryStop_isMadeOnce() {
    restart(this::approvedCall);

    assertEquals(1, called.get());
    assertEquals(StepState.SUCCEEDED, state());
  }

  @Test
  void approvedCall_afterARestore_isNotMade_andPeopleAreAsked() {
    restart(
        tx -> {
          approvedCall(tx);
          tx.keepNote(Tx.RESTORED_FROM, room.now().toString());
        });

    assertEquals(0, called.get());
    assertEquals(StepState.OUTCOME_UNKNOWN, state());
    assertTrue(room.shows("It ran"));
    assertEquals(1, room.engine().entries(IncidentRoom.ID, EntryKind.STEP_OUTCOME_UNKNOWN).size());
  }

  @Test
  void requestThatWaitedForApproval_afterARestore_hasLapsed() {
    restart(
        tx -> {
          keep(tx, awaiting());
          tx.keepNote(Tx.RESTORED_FROM, room.now().toString());
        });

    assertEquals(StepState.EXPIRED, state());
  }

  @Test
  void ordersAndDeliveries_afterARestore_areDoubtedAndSetAside() {
    Instant madeAt = room.now().minusSeconds(3600);
    Effect later =
        new Effect.ShowMessage(
            new Target.Announcements(IncidentRoom.CHAT),
            "later",
            "",
            dev.muster.chat.BotMessage.line("Later."));
    String[] id = new String[1];
    restartOver(
        tx -> {
          id[0] = order(tx, later, room.now().plusSeconds(600));
          tx.inbox().put("a", "1", new byte[0], new Inbound.Alerts("a", List.of(), 0), room.now());
          tx.keepNote(Tx.RESTORED_FROM, madeAt.toString());
        });

    QueuedEffect order = room.engine().read(tx -> tx.effects().find(id[0])).orElseThrow();
    assertEquals(QueuedEffect.State.UNKNOWN, order.state());
    assertEquals(1, order.attempt());
    assertEquals(Optional.of(madeAt), order.firstTriedAt());
    assertEquals(0L, (long) room.engine().read(tx -> tx.inbox().backlog()));
    var fact = room.engine().journal(EntryKind.STORE_RESTORED).get(0);
    assertEquals(1, ((Number) fact.data().get("deliveriesSetAside")).intValue());
  }

  @Test
  void restore_isToldOnce_whereIncidentsAreAnnouncedAndInEachOpenOne() {
    restart(tx -> tx.keepNote(Tx.RESTORED_FROM, room.now().toString()));
    room.restart();
    room.engine().settle();

    assertEquals(1, told(room.world().messages(room.channel())));
    assertEquals(1, told(room.world().messages(room.world().meetingPlace().channel())));
    assertEquals(1, room.engine().entries(IncidentRoom.ID, EntryKind.STORE_RESTORED).size());
    assertEquals(1, room.engine().journal(EntryKind.STORE_RESTORED).size());
  }

  private static long told(List<ShownMessage> messages) {
    return messages.stream()
        .filter(message -> message.words().contains("was restored from a backup"))
        .count();
  }

  @Test
  void numbersThatTheLostTimeMayHaveGiven_areNotGivenAgain() {
    restartOver(tx -> tx.keepNote("highest-incident", "41"));

    assertEquals(new IncidentId(42), room.engine().read(tx -> tx.incidents().nextId()));
  }
}
