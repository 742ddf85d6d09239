// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import dev.muster.chat.spi.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Knows of requests that Slack signed and that are refused because their timestamp is out of the
 * window: by a clock that is set wrong that is all Slack sends, and it repeats nothing for ever. So
 * history is to be read from the first of them on. One may be a captured request as well; it leads
 * to one more reading, at most one a minute and of a day, and nothing else. Thread-safe.
 */
public final class OutOfWindow {

  /** So far back at most is anything read because of a refused request. */
  static final Duration FURTHEST = Duration.ofDays(1);

  /** Between two readings lies this much. */
  static final Duration APART = Duration.ofMinutes(1);

  /** What was refused within this time shows that Slack sends; longer than {@link Pulse} waits. */
  private static final Duration LATELY = Pulse.UNHEARD.multipliedBy(2);

  private Optional<Instant> since = Optional.empty();
  private Instant lastRefused = Instant.MIN;
  private Instant lastTold = Instant.MIN;
  private boolean takenSince;

  /**
   * Notes a signed request that is refused.
   *
   * @param signedAt its timestamp
   */
  synchronized void refused(Instant signedAt, Instant now) {
    since = since.filter(before -> before.isBefore(signedAt)).or(() -> Optional.of(signedAt));
    lastRefused = now;
    takenSince = false;
  }

  /** Notes that a request is taken: the clocks agree. */
  synchronized void taken() {
    takenSince = true;
  }

  /** Returns whether requests are refused for their timestamp now. */
  public synchronized boolean isUnderWay(Instant now) {
    return !takenSince && !Elapsed.isOver(lastRefused, LATELY, now);
  }

  /**
   * Returns from when on history is to be read because of what was refused; tells it once. While
   * the clocks are further apart than is ever read, it waits until they agree.
   */
  public synchronized Optional<Instant> take(Instant now) {
    Optional<Instant> from = since.filter(at -> takenSince || isNear(at, now));
    if (from.isEmpty() || !Elapsed.isOver(lastTold, APART, now)) {
      return Optional.empty();
    }
    since = Optional.empty();
    lastTold = now;
    return from.map(at -> bounded(at, now));
  }

  private static boolean isNear(Instant at, Instant now) {
    return Duration.between(at, now).abs().compareTo(FURTHEST) <= 0;
  }

  /** By a clock that is behind, Slack's time is in the future. */
  private static Instant bounded(Instant at, Instant now) {
    Instant earliest = now.minus(FURTHEST);
    Instant from = at.isBefore(now) ? at : now;
    return from.isBefore(earliest) ? earliest : from;
  }
}
