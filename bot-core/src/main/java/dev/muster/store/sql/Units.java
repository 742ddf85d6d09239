// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Carries out the units of work of one transaction after another, so that a unit that throws takes
 * nothing with it. A savepoint for each would do; but beginning one makes SQLite copy every page
 * that is changed after it, and hardly any unit throws. So units that may be carried out again
 * share one, or need none at the beginning of a transaction: when one of them throws, those before
 * it are undone with it and carried out once more, each by itself. One thread.
 */
final class Units {

  private final Ports ports;
  private final List<Job<?>> together = new ArrayList<>();
  private Begun begun = Begun.NOTHING;

  /** What of the transaction is done, behind which {@link #together} can be undone. */
  private enum Begun {
    NOTHING,
    AT_THE_BEGINNING,
    SOMETHING,
    BEHIND_A_SAVEPOINT
  }

  Units(Ports ports) {
    this.ports = ports;
  }

  /** Begins a transaction. */
  void begin() {
    together.clear();
    begun = Begun.NOTHING;
    ports.statements.update("BEGIN IMMEDIATE");
  }

  /** Carries out one unit more, or what is to be done in its place. */
  void carryOut(Job<?> job) {
    if (job.mayRepeat()) {
      withOthers(job);
    } else if (begun == Begun.NOTHING) {
      first(job);
    } else {
      endTogether();
      alone(job);
    }
  }

  private void withOthers(Job<?> job) {
    if (begun == Begun.NOTHING) {
      begun = Begun.AT_THE_BEGINNING;
    } else if (begun == Begun.SOMETHING) {
      ports.statements.update("SAVEPOINT units");
      begun = Begun.BEHIND_A_SAVEPOINT;
    }
    try {
      job.carryOut(new SqlTx(ports));
      together.add(job);
    } catch (RuntimeException | Error e) {
      boolean other = failed(job, e);
      undo();
      together.forEach(this::alone);
      if (other) {
        alone(job);
      }
      endTogether();
    }
  }

  private void undo() {
    if (begun == Begun.BEHIND_A_SAVEPOINT) {
      ports.statements.update("ROLLBACK TO units");
    } else {
      ports.statements.update("ROLLBACK");
      ports.statements.update("BEGIN IMMEDIATE");
    }
  }

  /** What comes now must not be undone with what was before. */
  private void endTogether() {
    if (begun == Begun.BEHIND_A_SAVEPOINT) {
      ports.statements.update("RELEASE units");
    }
    begun = Begun.SOMETHING;
    together.clear();
  }

  /** Before the first unit there is nothing to keep, so the whole transaction is rolled back. */
  private void first(Job<?> job) {
    untilDone(job, "ROLLBACK", "BEGIN IMMEDIATE");
    begun = Begun.SOMETHING;
  }

  private void alone(Job<?> job) {
    ports.statements.update("SAVEPOINT unit");
    untilDone(job, "ROLLBACK TO unit");
    ports.statements.update("RELEASE unit");
  }

  /** When it throws it is undone, and what is to be done in its place is carried out instead. */
  private void untilDone(Job<?> job, String... undoing) {
    for (boolean again = true; again; ) {
      try {
        job.carryOut(new SqlTx(ports));
        again = false;
      } catch (RuntimeException | Error e) {
        again = failed(job, e);
        for (String statement : undoing) {
          ports.statements.update(statement);
        }
      }
    }
  }

  /** Returns whether there is other work to be done in its place. */
  private boolean failed(Job<?> job, Throwable cause) {
    ports.forget();
    job.fail(cause);
    return job.turns();
  }
}
