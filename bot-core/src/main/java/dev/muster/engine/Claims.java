// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.effect.Priority;
import dev.muster.effect.QueuedEffect;
import dev.muster.effect.Room;
import dev.muster.store.Tx;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims orders as far as there is room: their attempts become durable with the transaction. */
final class Claims {

  private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

  private final InstantSource clock;
  private final Supplier<Settings> settings;
  private final Notices notices;

  Claims(InstantSource clock, Supplier<Settings> settings, Notices notices) {
    this.clock = clock;
    this.settings = settings;
    this.notices = notices;
  }

  private interface Claim {
    List<QueuedEffect> from(int limit, Priority least);
  }

  /** Claims the most urgent orders that are runnable. */
  List<QueuedEffect> runnable(Moment moment, Room room) {
    return claim(
        moment, room, (limit, least) -> moment.tx().effects().claim(moment.now(), limit, least));
  }

  /** Claims what the transaction itself has ordered and is runnable. */
  void own(Tx tx, Room room) {
    if (tx.hasOrdered()) {
      Moment moment = new Moment(tx, clock.instant(), settings.get());
      claim(moment, room, (limit, least) -> tx.effects().claimOwn(moment.now(), limit, least));
    }
  }

  private List<QueuedEffect> claim(Moment moment, Room room, Claim claim) {
    Priority least = room.least();
    int limit = room.limit();
    if (limit == 0) {
      return List.of();
    }
    List<QueuedEffect> claimed = AlertLists.drawn(moment, claim.from(limit, least));
    for (String id : moment.tx().effects().setAside()) {
      LOG.error("effect_unreadable id={}", id);
      notices.unreadable(moment, "order");
    }
    List<QueuedEffect> going = LateTurns.give(moment.tx(), claimed, moment.now());
    room.take(going);
    return going;
  }
}
