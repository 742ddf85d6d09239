// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.WorkLoop;
import dev.muster.store.Timers.Timer;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires timers that fell due, each in one transaction with what it sets off. */
final class TimerRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimerRunner.class);
  private static final int BATCH = 100;

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Supplier<Settings> settings;
  private final Desks desks;
  private final Archiving archiving;
  private final AlertChoices alerts;
  private final Notices notices;
  private final Runnable afterwards;
  private final WorkLoop loop;

  TimerRunner(
      Ground ground,
      Desks desks,
      Archiving archiving,
      AlertChoices alerts,
      Notices notices,
      Runnable afterwards) {
    this.store = ground.store();
    this.clock = ground.clock();
    this.settings = ground.settings();
    this.desks = desks;
    this.archiving = archiving;
    this.alerts = alerts;
    this.notices = notices;
    this.afterwards = afterwards;
    this.loop = new WorkLoop("timers", clock, this::fireDue);
  }

  void start() {
    loop.start();
  }

  void wake() {
    loop.wake();
  }

  Instant lastLoop() {
    return loop.lastRound();
  }

  private Optional<Instant> fireDue() {
    List<Timer> due = store.read(tx -> tx.timers().due(clock.instant(), BATCH));
    boolean all = true;
    for (Timer timer : due) {
      all &= isFired(timer);
    }
    if (!due.isEmpty()) {
      afterwards.run();
    }
    if (!all) {
      return Optional.empty();
    }
    return due.size() == BATCH ? WorkLoop.MORE : store.read(tx -> tx.timers().nextDue());
  }

  /** One that cannot be fired is tried again next round and keeps no other from its turn. */
  private boolean isFired(Timer timer) {
    try {
      store.run(
          tx -> {
            fire(tx, timer);
            return null;
          });
      return true;
    } catch (RuntimeException | Error e) {
      LOG.error("timer_failed kind={} subject={}", timer.kind(), timer.subject(), e);
      return false;
    }
  }

  /** One that was read as due may have been moved, or have new details, until its turn comes. */
  private void fire(Tx tx, Timer read) {
    Optional<Timer> found = tx.timers().find(read.kind(), read.subject());
    if (found.isEmpty() || found.get().due().isAfter(clock.instant())) {
      return;
    }
    Timer timer = found.get();
    tx.timers().cancel(timer.kind(), timer.subject());
    Moment moment = new Moment(tx, clock.instant(), settings.get());
    if (timer.details().equals(Timer.UNREADABLE)) {
      LOG.error("timer_unreadable kind={} subject={}", timer.kind(), timer.subject());
      notices.unreadable(moment, "timer");
      return;
    }
    switch (timer.kind()) {
      case TimerKinds.ESCALATION -> desks.escalations().due(moment, timer);
      case TimerKinds.SUMMARY -> desks.updates().due(moment, timer);
      case TimerKinds.APPROVAL -> desks.runbooks().due(moment, timer);
      case TimerKinds.HOME -> desks.homes().due(moment, timer);
      case TimerKinds.ARCHIVE -> archiving.due(moment, timer);
      case TimerKinds.HANDOVER -> HandoverDesk.due(moment, timer);
      case TimerKinds.COMMAND_WATCH -> desks.watch().due(moment, timer);
      case TimerKinds.ROOM_READ -> desks.reading().due(moment, timer);
      case TimerKinds.DRAFT -> desks.reading().draftDue(moment, timer);
      case TimerKinds.ROOM_WATCH -> RoomWatch.due(moment, timer);
      case TimerKinds.SNOOZE -> alerts.due(moment, timer);
      default -> LOG.warn("timer_unknown kind={}", timer.kind());
    }
  }

  /** Stops firing; what falls due waits for the next start. */
  @Override
  public void close() {
    loop.close();
  }
}
