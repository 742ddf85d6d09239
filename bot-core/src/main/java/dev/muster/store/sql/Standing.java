// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.effect.NewEffect;
import java.time.Instant;

/** Where an order stands. */
record Standing(long number, long place, String lane, boolean first, Instant dueAt, int priority) {

  /** What takes this place waits as long as this had to, unless it is more urgent. */
  Instant dueFor(NewEffect newer) {
    boolean overtakes = newer.priority().ordinal() < priority;
    return overtakes || newer.dueAt().isAfter(dueAt) ? newer.dueAt() : dueAt;
  }
}
