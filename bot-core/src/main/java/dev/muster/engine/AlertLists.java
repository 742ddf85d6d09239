// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.effect.Effect;
import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import java.util.List;
import java.util.Optional;

/**
 * The one message that lists the alerts of an incident. A storm changes it many times before its
 * turn comes, so while an order for it waits there is nothing to write: what it says is worked out
 * when the order is claimed.
 */
final class AlertLists {

  private static final String SLOT = "alerts";

  private AlertLists() {}

  /** Lists the alerts of an incident anew. */
  static void show(Moment moment, IncidentId id) {
    Optional<Incident> incident = moment.tx().incidents().find(id);
    List<String> behind =
        incident.stream()
            .flatMap(found -> ReactionDesk.platformsOf(moment, found).stream())
            .filter(platform -> !isOnItsWay(moment, id, platform))
            .toList();
    if (behind.isEmpty()) {
      return;
    }
    BotMessage list = list(moment, incident.get());
    for (String platform : behind) {
      new Orders(moment).show(id, platform, SLOT, Priority.ALERTS, list);
    }
  }

  private static boolean isOnItsWay(Moment moment, IncidentId id, String platform) {
    Target target = new Target.InIncident(id, platform);
    return moment.tx().effects().waits(target, SLOT);
  }

  private static BotMessage list(Moment moment, Incident incident) {
    return AlertCards.list(incident, moment.tx().alerts().tally(incident.id(), AlertCards.LISTED));
  }

  /** Lets lists that were just claimed say what is so now. */
  static List<QueuedEffect> drawn(Moment moment, List<QueuedEffect> claimed) {
    return claimed.stream().map(order -> drawn(moment, order)).toList();
  }

  private static QueuedEffect drawn(Moment moment, QueuedEffect order) {
    // What may stand there already is looked for as it was said.
    if (order.unsure()
        || !(order.effect() instanceof Effect.ShowMessage show)
        || !show.slot().equals(SLOT)
        || !(show.target() instanceof Target.InIncident in)) {
      return order;
    }
    return moment
        .tx()
        .incidents()
        .find(in.incident())
        .map(incident -> new Orders(moment).about(incident.id(), list(moment, incident)))
        .filter(now -> !now.equals(show.message()))
        .map(now -> new Effect.ShowMessage(in, SLOT, show.thread(), now))
        .filter(now -> moment.tx().effects().merge(order.id(), order.attempt(), now, List.of()))
        .map(order::with)
        .orElse(order);
  }
}
