// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Units of work that wait for the writer, each kind in order of arrival. Those that people wait for
 * go before those of machines, and a part of the room is theirs alone; what waited too long is
 * {@link #overdue}. Thread-safe.
 */
final class WaitingJobs {

  private static final long LONGEST_PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);

  private final int most;
  private final int mostPatient;
  private final Deque<Job<?>> prompt = new ArrayDeque<>();
  private final Deque<Job<?>> patient = new ArrayDeque<>();

  /**
   * @param most how many may wait; three quarters of them may be patient
   */
  WaitingJobs(int most) {
    this.most = most;
    this.mostPatient = most / 4 * 3;
  }

  /** Queues a unit; false when there is no room for it. */
  synchronized boolean offer(Job<?> job) {
    boolean full = size() >= most || job.isPatient() && patient.size() >= mostPatient;
    if (full) {
      return false;
    }
    (job.isPatient() ? patient : prompt).add(job);
    notifyAll();
    return true;
  }

  /** Waits for a unit and takes the one whose turn it is; empty when there is none for so long. */
  synchronized Optional<Job<?>> take(long millis) throws InterruptedException {
    if (size() == 0) {
      wait(millis);
    }
    return next();
  }

  /** Takes the next unit that people wait for, if there is one. */
  synchronized Optional<Job<?>> nextPrompt() {
    return Optional.ofNullable(prompt.poll());
  }

  /** Takes the next unit of whichever kind has its turn, if there is one. */
  synchronized Optional<Job<?>> next() {
    return Optional.ofNullable(prompt.isEmpty() ? patient.poll() : prompt.poll());
  }

  /**
   * Takes the machines' oldest unit when it has waited longer than anything should.
   *
   * @param now by the nanosecond clock of the process
   */
  synchronized Optional<Job<?>> overdue(long now) {
    return patient.isEmpty() || now - patient.peek().queuedAt() < LONGEST_PATIENCE
        ? Optional.empty()
        : Optional.of(patient.remove());
  }

  synchronized int size() {
    return prompt.size() + patient.size();
  }
}
