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

  /**
   * A channel that is waited for.
   *
   * @param since when it was promised, last
   * @param assumed whether Graph has not said so itself
   */
  record Promise(Instant since, boolean assumed) {

    private static final String ASSUMED = " assumed";

    /** Returns the promise of a row; Graph's own when the row says nothing more than the time. */
    static Promise of(String row) {
      boolean assumed = row.endsWith(ASSUMED);
      String since = assumed ? row.substring(0, row.length() - ASSUMED.length()) : row;
      return new Promise(Instant.ofEpochMilli(Long.parseLong(since)), assumed);
    }

    /** Returns the row that stands for it. */
    String row() {
      return since.toEpochMilli() + (assumed ? ASSUMED : "");
    }

    private Promise renewed(Instant now) {
      return new Promise(now, assumed);
    }
  }

  PromisedChannels(Places places) {
    this.places = places;
  }

  /** Graph accepted the creation that this order asks for. */
  void accepted(OnceKey key, Instant now) {
    places.keepPromise(key.value(), Optional.of(new Promise(now, false)));
  }

  /** Graph said nothing, but what it did suggests that it makes the channel of this order. */
  void assumed(OnceKey key, Instant now) {
    places.keepPromise(key.value(), Optional.of(new Promise(now, true)));
  }

  /** Returns whether Graph itself accepted a creation for this order. */
  boolean isAccepted(OnceKey key) {
    return places.promise(key.value()).filter(promise -> !promise.assumed()).isPresent();
  }

  /** Returns whether a channel of this order was accepted or assumed and not seen since. */
  boolean has(OnceKey key) {
    return places.promise(key.value()).isPresent();
  }

  /** Returns whether it may still be made by Graph in its own time. */
  boolean isWaitedFor(OnceKey key, Instant now) {
    return places
        .promise(key.value())
        .filter(promise -> Duration.between(promise.since(), now).abs().compareTo(WAITED_FOR) < 0)
        .isPresent();
  }

  /** Notes what came of asking for a channel that was promised before: the end, or once more. */
  void note(OnceKey key, ChatOutcome<?> outcome, Instant now) {
    Optional<Promise> before = places.promise(key.value());
    if (before.isEmpty()) {
      return;
    }
    if (outcome instanceof ChatOutcome.Unknown) {
      places.keepPromise(key.value(), before.map(promise -> promise.renewed(now)));
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
