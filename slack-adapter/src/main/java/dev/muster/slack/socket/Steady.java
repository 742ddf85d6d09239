// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that never goes back, for everything that lasts: when somebody puts the machine's clock
 * back, this one goes on from where it was. It has to be asked every second or so, because what
 * passed since it was last asked is all that such a change can cost. Thread-safe.
 */
final class Steady implements InstantSource {

  private final InstantSource wall;
  private Instant seen;
  private Instant now;

  /** Creates a clock that shows at first what {@code wall} shows. */
  Steady(InstantSource wall) {
    this.wall = wall;
    this.seen = wall.instant();
    this.now = seen;
  }

  @Override
  public synchronized Instant instant() {
    Instant shown = wall.instant();
    if (shown.isAfter(seen)) {
      now = now.plus(Duration.between(seen, shown));
    }
    seen = shown;
    return now;
  }
}
