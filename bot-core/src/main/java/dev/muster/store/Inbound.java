// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.alert.Alert;
import dev.muster.chat.ChatEvent;
import dev.muster.runbook.StepOutcome;
import java.util.List;

/** What a stored delivery says, decoded. */
public sealed interface Inbound {

  /**
   * Something heard on a chat platform.
   *
   * @param platform which
   * @param event what
   */
  record Chat(String platform, ChatEvent event) implements Inbound {}

  /**
   * Alerts pushed by one call of a monitoring system.
   *
   * @param source the source's name
   * @param alerts every alert in the body
   * @param omitted how many more the sender left out, as it says
   */
  record Alerts(String source, List<Alert> alerts, int omitted) implements Inbound {
    /** Keeps an unmodifiable copy. */
    public Alerts {
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * What a target reported of a call after its answer, or without one.
   *
   * @param run the run's identifier
   * @param step the place of the step in its runbook, from 0
   * @param generation which time the step was asked for from anew
   * @param attempt which call of it
   * @param outcome what became of it
   */
  record LateResult(String run, int step, int generation, int attempt, StepOutcome outcome)
      implements Inbound {

    /** Returns the same report with another outcome. */
    public LateResult with(StepOutcome other) {
      return new LateResult(run, step, generation, attempt, other);
    }
  }
}
