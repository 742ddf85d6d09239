// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import java.util.Optional;

/**
 * Asks operators for the channel of announcements while nothing can be announced there: whoever is
 * not called for an incident hears of it nowhere else.
 */
final class Unannounced {

  private static final String TOPIC = "announcements";

  private final Notices notices;

  Unannounced(Notices notices) {
    this.notices = notices;
  }

  /** An order was given up. */
  void failed(Moment moment, QueuedEffect order, String reason) {
    platform(order)
        .ifPresent(
            platform ->
                notices.raise(moment, platform, TOPIC, "Incidents are not announced: " + reason));
  }

  /** An order was carried out; only what stands there now shows that there is a channel. */
  void done(Moment moment, QueuedEffect order) {
    platform(order)
        .filter(platform -> stands(moment, (Effect.ShowMessage) order.effect()))
        .ifPresent(platform -> notices.over(moment, platform, TOPIC));
  }

  private static boolean stands(Moment moment, Effect.ShowMessage show) {
    String place = EffectCarrier.slotKey(show.target());
    return moment.tx().slots().find(place, show.slot()).isPresent();
  }

  private static Optional<String> platform(QueuedEffect order) {
    return order.effect() instanceof Effect.ShowMessage show
            && show.target() instanceof Target.Announcements place
        ? Optional.of(place.platform())
        : Optional.empty();
  }
}
