// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The door to the store. Units of work are carried out one after another by one writer, several of
 * them in one commit, each rolled back alone when it throws.
 */
public interface UnitOfWork {

  /**
   * Queues a unit of work. The future completes after the commit; exceptionally when the work
   * threw, or with {@link StoreBusy} when too much waits. Never called from inside a unit of work.
   */
  <T> CompletableFuture<T> submit(Function<Tx, T> work);

  /** Queues a unit of work and waits for its commit. */
  <T> T run(Function<Tx, T> work);

  /**
   * Queues a unit of work and waits for its commit. When the work throws, nothing of it is kept and
   * the other is carried out in its place, before any unit behind it. When another unit of the same
   * commit throws, the work may be undone and carried out once more, so that nothing it does beside
   * the transaction may matter; its last result counts. Work of machines is carried out once.
   *
   * @param instead given what the work threw
   */
  <T> T run(Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead);

  /**
   * Queues a unit of work like {@link #run(Function, BiFunction)} without waiting. What follows the
   * future runs on a thread of the store; it must be short and wait for nothing.
   */
  default <T> CompletableFuture<T> submit(
      Function<Tx, T> work, BiFunction<Tx, Throwable, T> instead) {
    try {
      return CompletableFuture.completedFuture(run(work, instead));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Returns a body ready to be stored: whoever brings it makes its text, so that the writer has
   * less to do.
   */
  default PackedBody pack(Inbound body) {
    return PackedBody.of(body);
  }

  /**
   * Returns the same store for machines, which can wait: among each other their units keep their
   * order, and what people wait for goes before them. The sender is told earlier that too much
   * waits.
   */
  default UnitOfWork forMachines() {
    return this;
  }

  /** Reads on a read connection beside the writer; writing inside fails. */
  <T> T read(Function<Tx, T> reading);

  /** Too much waits to be written; the sender should come again. */
  final class StoreBusy extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one with a constant text. */
    public StoreBusy() {
      super("too many units of work are waiting");
    }
  }
}
