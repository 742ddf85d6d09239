// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.incident.Incident;
import dev.muster.incident.Space;
import dev.muster.store.Timers.Timer;
import dev.muster.store.Tx;
import dev.muster.store.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fires timers that fell due, each in one transaction with what it sets off. */
final class TimerRunner implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TimerRunner.class);
  private static final Duration LONGEST_NAP = Duration.ofSeconds(1);
  private static final int BATCH = 100;

  private final UnitOfWork store;
  private final InstantSource clock;
  private final Supplier<Settings> settings;
  private final Escalations escalations;
  private final StatusUpdates updates;
  private final RunbookRunner runbooks;
  private final Runnable afterwards;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread = new Thread(this::loop, "timers");
  private volatile boolean running = true;
  private volatile Instant lastLoop;

  TimerRunner(
      UnitOfWork store,
      InstantSource clock,
      Supplier<Settings> settings,
      Escalations escalations,
      StatusUpdates updates,
      RunbookRunner runbooks,
      Runnable afterwards) {
    this.store = store;
    this.clock = clock;
    this.settings = settings;
    this.escalations = escalations;
    this.updates = updates;
    this.runbooks = runbooks;
    this.afterwards = afterwards;
    this.lastLoop = clock.instant();
  }

  void start() {
    thread.start();
  }

  void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  Instant lastLoop() {
    return lastLoop;
  }

  private void loop() {
    while (running) {
      lastLoop = clock.instant();
      try {
        fireDue();
        nap();
      } catch (InterruptedException e) {
        running = false;
      } catch (RuntimeException e) {
        LOG.error("timers_failed", e);
        pause();
      }
    }
  }

  private void fireDue() {
    List<Timer> due = store.read(tx -> tx.timers().due(clock.instant(), BATCH));
    for (Timer timer : due) {
      store.run(
          tx -> {
            fire(tx, timer);
            return null;
          });
    }
    if (!due.isEmpty()) {
      afterwards.run();
    }
  }

  private void fire(Tx tx, Timer timer) {
    Optional<Timer> now = tx.timers().find(timer.kind(), timer.subject());
    if (now.isEmpty() || now.get().due().isAfter(clock.instant())) {
      return;
    }
    tx.timers().cancel(timer.kind(), timer.subject());
    Moment moment = new Moment(tx, clock.instant(), settings.get());
    switch (timer.kind()) {
      case TimerKinds.ESCALATION -> escalations.due(moment, timer);
      case TimerKinds.SUMMARY -> updates.due(moment, timer);
      case TimerKinds.APPROVAL -> runbooks.due(moment, timer);
      case TimerKinds.ARCHIVE -> archive(moment, timer);
      default -> LOG.warn("timer_unknown kind={}", timer.kind());
    }
  }

  private static void archive(Moment moment, Timer timer) {
    Optional<Incident> incident = timer.incident().flatMap(id -> moment.tx().incidents().find(id));
    if (incident.isEmpty() || incident.get().status().isOpen()) {
      return;
    }
    for (Space space : incident.get().spaces()) {
      new Orders(moment).archive(incident.get().id(), space.platform());
    }
  }

  private void nap() throws InterruptedException {
    Optional<Instant> due = store.read(tx -> tx.timers().nextDue());
    Duration wait =
        due.map(at -> Duration.between(clock.instant(), at))
            .filter(left -> left.compareTo(LONGEST_NAP) < 0)
            .orElse(LONGEST_NAP);
    work.tryAcquire(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
    work.drainPermits();
  }

  private void pause() {
    try {
      work.tryAcquire(LONGEST_NAP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      running = false;
    }
  }

  /** Stops firing; what falls due waits for the next start. */
  @Override
  public void close() {
    running = false;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
