// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.spi.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps orders back from platforms that do not know the bot any more. Every half minute one order
 * is let through to find out whether an operator has mended it. Any thread may call.
 */
final class Holds {

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Map<String, Instant> since = new HashMap<>();
  private final Set<String> proved = new HashSet<>();

  Holds(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns how long an order waits; empty when it may go now. */
  synchronized Optional<Duration> wait(String platform) {
    Instant begun = since.get(platform);
    Instant now = clock.instant();
    if (begun == null) {
      return Optional.empty();
    }
    if (!Elapsed.isOver(begun, LOOK_AGAIN, now)) {
      return Optional.of(Duration.between(now, begun.plus(LOOK_AGAIN)));
    }
    since.put(platform, now);
    return Optional.empty();
  }

  /** Notes that the platform refused us; returns how long everything waits now. */
  synchronized Duration refused(String platform) {
    since.put(platform, clock.instant());
    proved.remove(platform);
    return LOOK_AGAIN;
  }

  /** Notes that the platform took a call; returns whether that is news. */
  synchronized boolean works(String platform) {
    since.remove(platform);
    return proved.add(platform);
  }

  /** Returns whether orders to the platform are kept back. */
  synchronized boolean isHeld(String platform) {
    return since.containsKey(platform);
  }
}
