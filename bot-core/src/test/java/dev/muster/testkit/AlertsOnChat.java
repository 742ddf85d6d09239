// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import dev.muster.chat.BotMessage;
import dev.muster.effect.Effect;
import dev.muster.effect.NewEffect;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Alerts become incidents on a whole platform, and much is to be said. */
public abstract class AlertsOnChat {

  /** How far the clock goes between two looks. */
  protected static final Duration TICK = Duration.ofMillis(100);

  private static final IncidentId FIRST = new IncidentId(1);

  private final String platform;

  /** Makes one for the platform of that name. */
  protected AlertsOnChat(String platform) {
    this.platform = platform;
  }

  /** Returns the engine behind the platform. */
  protected abstract EngineHarness engine();

  /** Returns what the clock shows. */
  protected abstract Instant now();

  /** Lets alerts declare incidents; before anything is handed in. */
  protected final void declareForEachGroup() {
    engine().configure(before -> GroupedAlerts.settings(before, platform));
  }

  /** Hands in an alert of a group. */
  protected final void fires(String group, int number) {
    engine().alerts(GroupedAlerts.SOURCE, GroupedAlerts.fires(group, number, now()));
  }

  /** Orders a message in the room of INC-1. */
  protected final void order(String slot, Priority priority, String text) {
    Target target = new Target.InIncident(FIRST, platform);
    NewEffect message =
        new NewEffect(
            new Effect.ShowMessage(target, slot, "", BotMessage.line(text)),
            FIRST + "/" + platform + "/slot/" + slot,
            priority,
            Optional.of(FIRST),
            "",
            now());
    engine().write(tx -> tx.effects().add(message));
  }
}
