// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.OnceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers, across restarts, which channels Graph has accepted, status 202, without showing them.
 * Such a channel is waited for, because one that is made late must not stand beside a second.
 * Thread-safe.
 */
public final class PromisedChannels {

  /** So long a channel is waited for; people need a place by then. */
  public static final Duration WAITED_FOR = Duration.ofSeconds(60);

  /** Between two looks for it. */
  static final Duration LOOKED_EVERY = Duration.ofSeconds(3);

  private final Places places;

  PromisedChannels(Places places) {
    this.places = places;
  }

  /** Graph accepted the creation that this order asks for. */
  void accepted(OnceKey key, Instant now) {
    places.keepPromise(key.value(), Optional.of(now));
  }

  /** Returns whether a creation for this order was accepted and the channel not seen since. */
  boolean has(OnceKey key) {
    return places.promise(key.value()).isPresent();
  }

  /** Returns whether it may still be made by Graph in its own time. */
  boolean isWaitedFor(OnceKey key, Instant now) {
    return places
        .promise(key.value())
        .filter(since -> Duration.between(since, now).abs().compareTo(WAITED_FOR) < 0)
        .isPresent();
  }

  /** Notes what came of asking for a channel that was promised before: the end, or once more. */
  void note(OnceKey key, ChatOutcome<?> outcome, Instant now) {
    if (!has(key)) {
      return;
    }
    if (outcome instanceof ChatOutcome.Unknown) {
      accepted(key, now);
    } else if (!(outcome instanceof ChatOutcome.RetryLater)) {
      kept(key);
    }
  }

  /** The channel is there, or nobody waits for it any more. */
  void kept(OnceKey key) {
    if (has(key)) {
      places.keepPromise(key.value(), Optional.empty());
    }
  }
}
