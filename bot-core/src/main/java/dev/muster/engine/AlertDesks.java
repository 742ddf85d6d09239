// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.telemetry.Telemetry;
import java.util.function.Supplier;

/**
 * The desks that serve alerts.
 *
 * @param desk takes statements
 * @param channels listens in alert channels
 * @param choices takes what people decide
 */
record AlertDesks(AlertDesk desk, AlertChannels channels, AlertChoices choices) {

  /** Puts the desks together. */
  static AlertDesks of(
      IncidentLifecycle lifecycle,
      DeclareDesk declare,
      Tokens tokens,
      Telemetry telemetry,
      Supplier<String> ids) {
    AlertCards cards = new AlertCards(tokens);
    AlertIncidents incidents = new AlertIncidents(lifecycle, cards);
    AlertAnswers answers = new AlertAnswers(cards);
    AlertDesk desk = new AlertDesk(incidents, answers, telemetry, ids);
    return new AlertDesks(
        desk,
        new AlertChannels(desk, incidents, telemetry),
        new AlertChoices(incidents, answers, declare));
  }
}
