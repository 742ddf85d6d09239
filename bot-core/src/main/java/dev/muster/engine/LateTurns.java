// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.Effect;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Target;
import dev.muster.incident.IncidentId;
import dev.muster.store.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets late lines of one place go one at a time. When a platform is back, all that wait for it fall
 * due at one moment; were they carried out side by side, none could say along what the others have
 * to say, and people would find them one below the other. Whoever stands back is pending again, and
 * {@link LateLines} says it along. Called in the transaction that claims, so that no two threads
 * hold lines of one place.
 */
final class LateTurns {

  private static final Duration STANDS_BACK = Duration.ofSeconds(1);
  private static final String REASON = "another late line of the place goes first";

  private final Tx tx;
  private final Instant now;
  private final Set<String> claimed;
  private final Map<IncidentId, List<QueuedEffect>> unfinished = new HashMap<>();
  private final Set<Place> taken = new HashSet<>();

  private LateTurns(Tx tx, List<QueuedEffect> claimed, Instant now) {
    this.tx = tx;
    this.now = now;
    this.claimed = claimed.stream().map(QueuedEffect::id).collect(Collectors.toSet());
  }

  /** Where lines stand one below the other. */
  private record Place(IncidentId incident, Target target, String thread) {}

  /** Puts back what is to stand back; returns the rest, in the same order. */
  static List<QueuedEffect> give(Tx tx, List<QueuedEffect> claimed, Instant now) {
    LateTurns turns = new LateTurns(tx, claimed, now);
    List<QueuedEffect> going = new ArrayList<>();
    for (QueuedEffect order : claimed) {
      Optional<Place> place =
          order.unsure() || !LateLines.isLate(order, now) ? Optional.empty() : placeOf(order);
      if (place.isEmpty() || turns.isFree(place.get())) {
        going.add(order);
      } else {
        turns.standBack(order);
      }
    }
    return going;
  }

  private boolean isFree(Place place) {
    return taken.add(place)
        && unfinished.computeIfAbsent(place.incident(), tx.effects()::unfinished).stream()
            .filter(other -> other.state() == QueuedEffect.State.SENDING)
            .filter(other -> !claimed.contains(other.id()))
            .noneMatch(other -> placeOf(other).filter(place::equals).isPresent());
  }

  private void standBack(QueuedEffect order) {
    tx.effects().putOff(order.id(), order.attempt(), false, now.plus(STANDS_BACK), REASON);
  }

  private static Optional<Place> placeOf(QueuedEffect order) {
    return order.effect() instanceof Effect.ShowMessage show && LateLines.isPassing(show)
        ? order.incident().map(incident -> new Place(incident, show.target(), show.thread()))
        : Optional.empty();
  }
}
