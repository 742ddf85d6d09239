// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UtcText;
import dev.muster.chat.spi.Elapsed;
import dev.muster.incident.Incident;
import dev.muster.incident.Rejection;
import dev.muster.oncall.Escalation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes presses of Escalate. Whoever presses with others means the level that all of them read on
 * the button, not the ones behind it; so within a moment of an asking nobody else is asked.
 */
final class EscalateButton {

  /** Who sees the same trouble at the same time presses within so long. */
  private static final Duration SAME_MOMENT = Duration.ofSeconds(10);

  private EscalateButton() {}

  /** Asks the next level, unless a level was asked a moment ago. */
  static void pressed(Exchange exchange, Incident incident, Escalations escalations) {
    Instant now = exchange.moment().now();
    Optional<Instant> lately =
        exchange
            .moment()
            .tx()
            .all(Escalation.class)
            .find(incident.id().toString())
            .filter(Escalation::isActive)
            .map(Escalation::lastAskedAt)
            .filter(at -> !Elapsed.isOver(at, SAME_MOMENT, now));
    if (lately.isEmpty()) {
      escalations.escalate(exchange, incident, "");
      return;
    }
    exchange.refuse(
        new Rejection(
            "just_asked",
            "A level was asked a moment ago, at "
                + UtcText.clock(lately.get())
                + "; nobody else was asked now.",
            "To ask the next level as well, press Escalate again, or type: /incident escalate"));
  }
}
