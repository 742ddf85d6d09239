// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.store.UnitOfWork.StoreBusy;
import dev.muster.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. It takes whatever waits into one transaction and tells nobody of
 * success before the commit. After a commit of which nobody knows whether it reached the disk, it
 * stops for good.
 */
final class Writer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);

  /** How many units may wait; beyond this the sender is told to come again. */
  static final int MOST_WAITING = 8_192;

  private static final int MOST_AT_ONCE = 512;

  /** While there is nothing to write, it is looked so often whether the file is still there. */
  private static final long LOOK_EVERY_MILLIS = 1_000;

  /** After this much work of one commit no further unit of a machine is begun. */
  private static final long PATIENT_WORK = TimeUnit.MILLISECONDS.toNanos(5);

  private final Ports ports;
  private final StorePlace place;
  private final Units units;
  private final LogCopier copier;
  private final Telemetry telemetry;
  private final Aftermath aftermath;
  private final Consumer<StoreFailure> onBroken;
  private final WaitingJobs waiting = new WaitingJobs(MOST_WAITING);
  private final Thread thread = new Thread(this::write, "muster-store-write");
  private volatile boolean closing;
  private volatile StoreFailure stopped;
  private volatile StoreFailure broken;

  Writer(
      Ports ports,
      StorePlace place,
      LogCopier copier,
      Aftermath aftermath,
      Telemetry telemetry,
      Consumer<StoreFailure> onBroken) {
    this.ports = ports;
    this.place = place;
    this.units = new Units(ports);
    this.copier = copier;
    this.aftermath = aftermath;
    this.telemetry = telemetry;
    this.onBroken = onBroken;
  }

  void start() {
    telemetry.gauge("muster_store_waiting", waiting::size);
    thread.start();
  }

  /** Queues a unit of work; never blocks. */
  <T> Job<T> add(Job<T> job) {
    StoreFailure trouble = broken;
    if (trouble != null || closing) {
      job.fail(trouble != null ? trouble : new IllegalStateException("the store is closed"));
      job.complete();
    } else if (!waiting.offer(job)) {
      telemetry.count("muster_store_busy_total");
      job.fail(new StoreBusy());
      job.complete();
    } else if (broken != null || !thread.isAlive()) {
      failWaiting();
    }
    return job;
  }

  /** Returns whether nothing waits. */
  boolean isIdle() {
    return waiting.size() == 0;
  }

  /** Waiting for the writer on the writer's own thread would last for ever. */
  void refuseInside(String what) {
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException(
          what + " was called inside a unit of work; use the transaction handed to the work");
    }
  }

  /** Commits what waits and ends the thread. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    waiting.offer(new Job<>(tx -> true, true));
    thread.join();
    failWaiting();
  }

  private void write() {
    List<Job<?>> batch = new ArrayList<>(MOST_AT_ONCE);
    while (broken == null && !(closing && waiting.size() == 0)) {
      try {
        Optional<Job<?>> next = waiting.take(LOOK_EVERY_MILLIS);
        if (next.isPresent()) {
          commit(next.get(), batch);
          batch.clear();
        } else {
          look();
        }
      } catch (InterruptedException e) {
        closing = true;
      } catch (RuntimeException | Error e) {
        // The driver throws errors too, such as that no memory is left.
        giveUp(batch, e);
      }
    }
    failWaiting();
  }

  /** Nobody knows what was done; nobody may wait for it for ever. */
  private void giveUp(List<Job<?>> batch, Throwable cause) {
    String sentence = "what writes the database broke off by " + cause.getClass().getName();
    StoreFailure failure = new StoreFailure(StoreFailure.Trouble.BROKEN, sentence, cause);
    breakFor(failure);
    for (Job<?> job : batch) {
      if (!job.failed()) {
        job.fail(failure);
      }
      job.complete();
    }
  }

  private void commit(Job<?> first, List<Job<?>> batch) {
    batch.add(first);
    try {
      units.begin();
      long begin = System.nanoTime();
      units.carryOut(first);
      Optional<Job<?>> next = another(batch, begin);
      while (next.isPresent()) {
        batch.add(next.get());
        units.carryOut(next.get());
        next = another(batch, begin);
      }
      for (Job<?> late : waiting.overdue(System.nanoTime()).stream().toList()) {
        batch.add(late);
        units.carryOut(late);
      }
      refuseToGoOn();
      ports.statements.update("COMMIT");
      refuseToBeElsewhere();
      telemetry.count("muster_store_commits_total");
      telemetry.add("muster_store_units_total", batch.size());
    } catch (StoreFailure e) {
      lose(batch, e);
    }
    aftermath.tell(batch, ports.heads.takeGrown());
    if (broken == null) {
      copyTheRest();
    }
  }

  /** Nobody waits for this but those who come while it lasts. */
  private void copyTheRest() {
    copier.committed();
    try {
      copier.finish(ports.statements);
    } catch (StoreFailure e) {
      ports.statements.recover();
      if (e.trouble().ends()) {
        end(e);
      }
    }
  }

  /** Whoever waits for a commit waits for no more of the machines' work than this. */
  private Optional<Job<?>> another(List<Job<?>> batch, long begin) {
    if (batch.size() >= MOST_AT_ONCE) {
      return Optional.empty();
    }
    long worked = System.nanoTime() - begin;
    return worked < PATIENT_WORK ? waiting.next() : waiting.nextPrompt();
  }

  private void look() {
    try {
      refuseToBeElsewhere();
    } catch (StoreFailure e) {
      breakFor(e);
    }
  }

  /** What went into a file that nobody finds again is not stored. */
  private void refuseToBeElsewhere() {
    Optional<StoreFailure> trouble = whereItIs();
    if (trouble.isPresent()) {
      throw trouble.get();
    }
  }

  private void refuseToGoOn() {
    StoreFailure found = stopped;
    if (found != null) {
      throw found;
    }
  }

  /** Has nothing more committed, because somebody else met trouble. Never blocks. */
  void stop(StoreFailure found) {
    stopped = found;
    waiting.offer(new Job<>(tx -> true, true));
  }

  /** Nothing of this batch is durable, or nobody knows. */
  private void lose(List<Job<?>> batch, StoreFailure cause) {
    ports.forget();
    ports.statements.recover();
    batch.stream().filter(job -> !job.failed()).forEach(job -> job.fail(cause));
    try {
      ports.statements.update("ROLLBACK");
    } catch (StoreFailure e) {
      // The database has rolled back by itself; there is nothing left to undo.
      LOG.debug("nothing to roll back");
      ports.statements.recover();
    }
    if (cause.trouble().ends()) {
      end(cause);
    }
  }

  /** What the disk says of a file that was taken away is not why; another may lie in its place. */
  private void end(StoreFailure cause) {
    breakFor(isLost(cause) ? cause : whereItIs().filter(Writer::isLost).orElse(cause));
  }

  private static boolean isLost(StoreFailure failure) {
    return failure.trouble() == StoreFailure.Trouble.LOST;
  }

  private Optional<StoreFailure> whereItIs() {
    return place.trouble(ports.statements);
  }

  /**
   * Nothing more is committed from now on. Only the first cause is told, and whoever is refused
   * afterwards finds everybody told.
   */
  private void breakFor(StoreFailure cause) {
    if (broken == null) {
      stopped = cause;
      try {
        onBroken.accept(cause);
      } catch (RuntimeException e) {
        // Whoever waits for a commit has to hear that there will be none.
        LOG.error("listener_of_a_broken_store_threw", e);
      }
      broken = cause;
    }
  }

  private void failWaiting() {
    StoreFailure trouble = broken;
    for (var left = waiting.next(); left.isPresent(); left = waiting.next()) {
      Job<?> job = left.get();
      job.fail(trouble != null ? trouble : new IllegalStateException("the store is closed"));
      job.complete();
    }
  }
}
