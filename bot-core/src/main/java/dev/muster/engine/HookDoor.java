// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.store.Inbound;
import dev.muster.store.Inbox;
import dev.muster.store.UnitOfWork;
import dev.muster.telemetry.Telemetry;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where targets come in that report later what became of a call. */
final class HookDoor {

  private static final Logger LOG = LoggerFactory.getLogger(HookDoor.class);
  private static final String HOOKS = "hooks";

  /** A target may report more than anybody is to keep. */
  private static final byte[] NO_RAW = {};

  private final UnitOfWork store;
  private final InstantSource clock;
  private final InboxPump pump;
  private final DoorCounts counts;

  HookDoor(UnitOfWork store, InstantSource clock, InboxPump pump, Telemetry telemetry) {
    this.store = store;
    this.clock = clock;
    this.pump = pump;
    counts = new DoorCounts(telemetry);
  }

  /** Stores what a target reports; the first report of a call counts. */
  HookReceipt accept(Inbound.LateResult said) {
    Screening screening = new Screening();
    Inbound.LateResult late = said.with(screening.outcome(said.outcome()));
    counts.secrets(screening);
    Inbox.Stored stored;
    try {
      stored =
          store.run(tx -> tx.inbox().put(HOOKS, HookIds.key(late), NO_RAW, late, clock.instant()));
    } catch (RuntimeException e) {
      LOG.error("late_result_not_stored error={}", e.getClass().getSimpleName());
      counts.refused(HOOKS);
      return new HookReceipt.NotStored();
    }
    counts.stored(HOOKS, stored.repeat());
    if (!stored.repeat()) {
      pump.handle(stored.id(), late, 0);
    }
    return new HookReceipt.Stored(stored.id(), stored.repeat());
  }
}
