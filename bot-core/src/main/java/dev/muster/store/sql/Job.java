// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.store.Tx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A queued unit of work and what came of it. Handed from its sender to the writer. */
final class Job<T> {

  private final CompletableFuture<T> future = new CompletableFuture<>();
  private final boolean waitedFor;
  private final boolean patient;
  private final long queuedAt = System.nanoTime();
  private boolean repeatable;
  private Function<Tx, T> work;
  private BiFunction<Tx, Throwable, T> instead;
  private T result;
  private Throwable error;
  private List<Runnable> afterwards = List.of();

  /**
   * @param waitedFor whether its sender does nothing but wait, so that nothing of the sender's runs
   *     on the thread that completes it
   */
  Job(Function<Tx, T> work, boolean waitedFor) {
    this(work, waitedFor, false);
  }

  /**
   * @param waitedFor as above
   * @param patient whether what people wait for goes before it
   */
  Job(Function<Tx, T> work, boolean waitedFor, boolean patient) {
    this.work = work;
    this.waitedFor = waitedFor;
    this.patient = patient;
  }

  /** Names what is carried out in the place of work that throws; before it is queued. */
  Job<T> or(BiFunction<Tx, Throwable, T> other) {
    instead = other;
    repeatable = !patient;
    return this;
  }

  /** Returns whether it may be carried out once more after it was undone with another. */
  boolean mayRepeat() {
    return repeatable;
  }

  boolean isPatient() {
    return patient;
  }

  /** Returns when it was queued, by the nanosecond clock of the process. */
  long queuedAt() {
    return queuedAt;
  }

  CompletableFuture<T> future() {
    return future;
  }

  boolean waitedFor() {
    return waitedFor;
  }

  boolean failed() {
    return error != null;
  }

  List<Runnable> afterwards() {
    return afterwards;
  }

  /** Carries the work out; returns normally exactly when it may be committed. */
  void carryOut(SqlTx tx) {
    try {
      result = work.apply(tx);
    } finally {
      afterwards = tx.end();
    }
  }

  void fail(Throwable cause) {
    error = cause;
    afterwards = List.of();
  }

  /** Returns whether there is something in the place of what failed, to be carried out now. */
  boolean turns() {
    if (instead == null) {
      return false;
    }
    BiFunction<Tx, Throwable, T> other = instead;
    Throwable cause = error;
    work = tx -> other.apply(tx, cause);
    instead = null;
    repeatable = false;
    error = null;
    return true;
  }

  void complete() {
    if (error == null) {
      future.complete(result);
    } else {
      future.completeExceptionally(error);
    }
  }
}
