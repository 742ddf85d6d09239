// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.teams.pace.Ask;
import dev.muster.teams.pace.Budget;
import dev.muster.telemetry.Telemetry;
import java.time.Duration;
import java.util.Optional;

/** Lets a call go when its turn has come, and learns from what became of it. Thread-safe. */
public final class Turns {

  private static final int TOO_SLOW = 408;
  private static final int BROKEN = 500;

  private final Budget budget;
  private final Telemetry telemetry;

  /** Begins with the budget of a tenant. */
  public Turns(Budget budget, Telemetry telemetry) {
    this.budget = budget;
    this.telemetry = telemetry;
  }

  /**
   * Returns how long a call has to wait; empty when it is to be made now.
   *
   * @param tries asks the other side something that changes nothing, so that no order becomes
   *     unknown by finding out whether it is back
   */
  Optional<Duration> wait(Ask ask, Runnable tries) {
    Optional<Duration> turn = budget.hold(ask);
    if (turn.isPresent() || ask.tier().isReading() || !budget.isToTry(ask)) {
      return turn;
    }
    tries.run();
    return budget.isToTry(ask) ? budget.hold(ask) : Optional.empty();
  }

  /** Returns the outcome of a call whose turn has not come. */
  static <T> ChatOutcome<T> held(String what, Duration turn) {
    return new ChatOutcome.RetryLater<>(what + " waits for its turn", turn, true);
  }

  /** Notes the status of an answer; 0 when none came back. */
  void answered(Ask ask, int status) {
    if (status == 0 || status == TOO_SLOW || status >= BROKEN) {
      budget.broke(ask.tier().side());
    } else {
      budget.answered(ask.tier().side());
    }
  }

  /** Notes that a call was not carried out; returns how long to wait before the next. */
  Duration refused(Ask ask, int status, String retryAfter) {
    return budget.refused(ask, status, retryAfter);
  }

  /** Counts a call that left. */
  <T> ChatOutcome<T> counted(Ask ask, ChatOutcome<T> outcome) {
    String result =
        outcome.match(done -> "done", later -> "later", refused -> "refused", unknown -> "unknown");
    telemetry.count("muster_teams_calls_total", "call", ask.tier().word(), "result", result);
    return outcome;
  }
}
