// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Knows when Slack last brought something, and whether the bot's own posts come back as events, as
 * they do while Slack delivers to us. Thread-safe.
 */
public final class Pulse {

  /** How long a post of ours may go unheard before somebody is told. */
  static final Duration UNHEARD = Duration.ofMinutes(10);

  private final InstantSource clock;
  private Instant lastPush;
  private boolean everPushed;
  private Optional<Instant> unheardSince = Optional.empty();
  private Optional<Instant> silence = Optional.empty();

  /** Creates a pulse that begins now. */
  public Pulse(InstantSource clock) {
    this.clock = clock;
    this.lastPush = clock.instant();
  }

  /** Notes that something came. */
  public synchronized void pushed() {
    lastPush = clock.instant();
    everPushed = true;
  }

  /** Returns whether anything has come at all. */
  public synchronized boolean isFelt() {
    return everPushed;
  }

  /** Notes that the bot said something where it also hears. */
  public synchronized void posted() {
    if (unheardSince.isEmpty()) {
      unheardSince = Optional.of(clock.instant());
    }
  }

  /** Notes that something the bot said came back. */
  public synchronized void heardOurselves() {
    if (unheardSince.isPresent() && isSilent()) {
      silence = unheardSince;
    }
    unheardSince = Optional.empty();
  }

  /** Returns whether our own posts have not come back for too long. */
  public synchronized boolean isSilent() {
    return unheardSince.filter(since -> !clock.instant().isBefore(since.plus(UNHEARD))).isPresent();
  }

  /** Returns since when nothing came in a silence that has ended; tells it once. */
  public synchronized Optional<Instant> takeEndedSilence() {
    Optional<Instant> ended = silence;
    silence = Optional.empty();
    return ended;
  }

  /** Returns how many seconds ago something last came. */
  public synchronized double secondsSincePush() {
    return Math.max(0, Duration.between(lastPush, clock.instant()).toMillis() / 1_000.0);
  }
}
