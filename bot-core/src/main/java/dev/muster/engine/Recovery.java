// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.BotMessage.Tone;
import dev.muster.chat.UtcText;
import dev.muster.effect.Effect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.Space;
import dev.muster.incident.Verdict;
import dev.muster.runbook.Consent;
import dev.muster.runbook.RunbookRun;
import dev.muster.runbook.StepRun;
import dev.muster.runbook.StepState;
import dev.muster.store.Inbox;
import dev.muster.store.Tx;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first thing after a store was restored from a backup: nothing that the lost time may have
 * seen done is done again blindly, and people are told what is not known.
 *
 * <p>Orders that were not finished may have been carried out, so each is found out about first.
 * Calls of runbooks that were about to go out count as gone out, without an answer. Requests that
 * waited for approval lapse. Deliveries that waited were handled in the lost time and are set
 * aside. Timers go by the rules for a stop.
 */
final class Recovery {

  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
  private static final int AT_ONCE = 500;
  private static final int MOST_RUNS = 5_000;

  private final RunbookRunner runner;

  Recovery(RunbookRunner runner) {
    this.runner = runner;
  }

  /** Does it once, in the transaction that drops the note; nothing when there is none. */
  void ifRestored(Moment moment) {
    moment
        .tx()
        .note(Tx.RESTORED_FROM)
        .filter(note -> !note.isEmpty())
        .map(Instant::parse)
        .ifPresent(madeAt -> recover(moment, madeAt));
  }

  private void recover(Moment moment, Instant madeAt) {
    moment.tx().dropNote(Tx.RESTORED_FROM);
    List<Incident> open = moment.tx().incidents().unclosed();
    int orders = moment.tx().effects().doubtAll(madeAt, moment.now());
    steps(moment);
    int deliveries = setAside(moment);
    LOG.warn(
        "store_restored made_at={} doubted={} set_aside={} open={}",
        madeAt,
        orders,
        deliveries,
        open.size());
    Facts.journal(
        moment,
        fact(moment, "Muster was restored from a backup of " + UtcText.minute(madeAt) + ".")
            .with(
                Map.of(
                    "madeAt",
                    madeAt.toString(),
                    "doubtedOrders",
                    orders,
                    "deliveriesSetAside",
                    deliveries)));
    open.forEach(incident -> tell(moment, incident, madeAt));
    announce(moment, madeAt, open.size());
  }

  private void steps(Moment moment) {
    List<RunbookRun> runs = moment.tx().all(RunbookRun.class).allOpen(MOST_RUNS);
    for (RunbookRun run : runs) {
      Optional<Incident> incident = moment.tx().incidents().find(run.incident());
      run.steps().stream()
          .filter(step -> step.state() == StepState.AWAITING_APPROVAL && incident.isPresent())
          .forEach(step -> lapse(moment, incident.get(), run, step));
    }
    runs.stream()
        .map(RunbookRun::incident)
        .distinct()
        .flatMap(incident -> moment.tx().effects().unfinished(incident).stream())
        .map(QueuedEffect::effect)
        .filter(Effect.CallStep.class::isInstance)
        .map(Effect.CallStep.class::cast)
        .forEach(call -> countAsCalled(moment, call));
  }

  private void lapse(Moment moment, Incident incident, RunbookRun run, StepRun step) {
    Instant end = Optional.ofNullable(step.consent()).map(Consent::expiresAt).orElse(moment.now());
    Instant at = end.isAfter(moment.now()) ? end : moment.now();
    run.expire(step.stepId(), at)
        .match(
            lapsed -> {
              runner.settled(moment, incident, lapsed, step.stepId(), EntryKind.STEP_REFUSED);
              return Boolean.TRUE;
            },
            rejection -> Boolean.FALSE);
  }

  /** Its order then finds an attempt without an answer, and asks people. */
  private void countAsCalled(Moment moment, Effect.CallStep call) {
    moment
        .tx()
        .all(RunbookRun.class)
        .find(call.run())
        .map(run -> sent(moment, run, call))
        .ifPresent(
            verdict ->
                verdict.match(
                    sent -> {
                      StepRecords.save(moment, sent);
                      return Boolean.TRUE;
                    },
                    rejection -> Boolean.FALSE));
  }

  private static Verdict<RunbookRun> sent(Moment moment, RunbookRun run, Effect.CallStep call) {
    boolean promised =
        run.stepRun(call.step()).filter(s -> s.state() == StepState.RETRY_SCHEDULED).isPresent();
    return promised
        ? Verdict.accept(run)
        : run.dispatch(call.step(), run.runbook().contentHash(), moment.now());
  }

  private static int setAside(Moment moment) {
    Inbox inbox = moment.tx().inbox();
    int count = 0;
    List<Inbox.Waiting> page = inbox.waiting(Instant.MAX, AT_ONCE);
    while (!page.isEmpty()) {
      page.forEach(delivery -> inbox.park(delivery.id(), "restored"));
      count += page.size();
      page = inbox.waiting(Instant.MAX, AT_ONCE);
    }
    return count;
  }

  private static NewEntry fact(Moment moment, String text) {
    return NewEntry.of(moment.now(), EntryKind.STORE_RESTORED, new Actor.Bot(), text);
  }

  private static void tell(Moment moment, Incident incident, Instant madeAt) {
    String words =
        "Muster was restored from a backup of "
            + UtcText.minute(madeAt)
            + ". What happened here since then is not on the timeline, and nothing is repeated by"
            + " itself. Check severity, status, roles and runbook steps.";
    Facts.append(
        moment, incident.id(), fact(moment, words).with(Map.of("madeAt", madeAt.toString())));
    for (Space space : incident.spaces()) {
      new Orders(moment)
          .show(incident.id(), space.platform(), slot(moment), Priority.PEOPLE, line(words));
    }
  }

  private static void announce(Moment moment, Instant madeAt, int open) {
    String words =
        "Muster was restored from a backup of "
            + UtcText.minute(madeAt)
            + ". What happened since then is not known here, and nothing is repeated by itself."
            + " Incidents that were open then: "
            + open
            + ". Compare them with their channels; declare again what is missing.";
    for (String platform : moment.settings().announceChannels().keySet()) {
      new Orders(moment)
          .show(new Target.Announcements(platform), slot(moment), "", Priority.PEOPLE, line(words));
    }
  }

  private static String slot(Moment moment) {
    return "restored/" + moment.now();
  }

  private static BotMessage line(String words) {
    return BotMessage.line(words).withTone(Tone.WARNING);
  }
}
