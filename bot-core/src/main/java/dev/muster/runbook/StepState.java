// SPDX-License-Identifier: Apache-2.0
package dev.muster.runbook;

import java.util.Locale;

/** Where one execution of a step is. */
public enum StepState {
  /** Not asked for yet. */
  WAITING,
  /** Asked for, and needs nobody's consent: it may be dispatched, done or posted now. */
  REQUESTED,
  /** A second person must look at the exact request. */
  AWAITING_APPROVAL,
  /** The second person consented; it may be dispatched until the approval expires. */
  APPROVED,
  /** The attempt is written down and the call goes out or has gone out. */
  DISPATCHED,
  /** The target folds repeats, so it is called again at a given instant. */
  RETRY_SCHEDULED,
  /** It may or may not have run; a person must find out. */
  OUTCOME_UNKNOWN,
  /** It ran. */
  SUCCEEDED,
  /** It did not run, or the target said that it went wrong. */
  FAILED,
  /** The second person said no. */
  REFUSED,
  /** Nobody consented in time. */
  EXPIRED,
  /** Called off before it ran. */
  CANCELLED,
  /** A person decided that it is not needed. */
  SKIPPED;

  /** Returns whether the run may go on to the next step. */
  public boolean isFinished() {
    return this == SUCCEEDED || this == SKIPPED;
  }

  /** Returns whether the step may be asked for, for the first time or once more. */
  public boolean mayBeRequested() {
    return this == WAITING || this == FAILED || this == REFUSED || this == EXPIRED;
  }

  /** Returns whether an incident cannot be closed because of the step. */
  public boolean holdsUpClosing() {
    return switch (this) {
      case AWAITING_APPROVAL, APPROVED, DISPATCHED, RETRY_SCHEDULED, OUTCOME_UNKNOWN -> true;
      default -> false;
    };
  }

  /** Returns the state as people and programs write it, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
