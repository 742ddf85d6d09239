// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.spi.OnceKey;
import dev.muster.chat.spi.pace.Recent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Remembers, for this process alone, which channels Graph has accepted, status 202, without showing
 * them. Such a channel is waited for, because one that is made late must not stand beside a second.
 * Thread-safe.
 */
public final class PromisedChannels {

  /** So long a channel is waited for; people need a place by then. */
  public static final Duration WAITED_FOR = Duration.ofSeconds(60);

  /** Between two looks for it. */
  static final Duration LOOKED_EVERY = Duration.ofSeconds(3);

  private static final int REMEMBERED = 1_000;

  private final Map<String, Instant> promised = new Recent<>(REMEMBERED);

  /** Graph accepted the creation that this order asks for. */
  synchronized void accepted(OnceKey key, Instant now) {
    promised.put(key.value(), now);
  }

  /** Returns whether a creation for this order was accepted and the channel not seen since. */
  synchronized boolean has(OnceKey key) {
    return promised.containsKey(key.value());
  }

  /** Returns whether it may still be made by Graph in its own time. */
  synchronized boolean isWaitedFor(OnceKey key, Instant now) {
    Instant since = promised.get(key.value());
    return since != null && now.isBefore(since.plus(WAITED_FOR));
  }

  /** The channel is there. */
  synchronized void kept(OnceKey key) {
    promised.remove(key.value());
  }
}
