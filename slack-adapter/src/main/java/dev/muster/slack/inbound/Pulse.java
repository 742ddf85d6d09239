// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.inbound;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Knows when Slack last brought something, and whether the bot's own posts come back as events, as
 * they do while Slack delivers to us. An own post may come back before Slack has answered the call
 * that made it. Thread-safe.
 */
public final class Pulse {

  /** How long a post of ours may go unheard before somebody is told. */
  static final Duration UNHEARD = Duration.ofMinutes(10);

  /** Who looks every few seconds and did not for this long slept, or its clock was put forward. */
  private static final Duration STALL = Duration.ofSeconds(30);

  private static final int REMEMBERED = 1_000;

  private final InstantSource clock;
  private final Set<String> heardEarly = new LinkedHashSet<>();
  private Instant lastPush;
  private Instant lastEvent;
  private boolean everPushed;
  private boolean proved;
  private boolean silent;
  private Instant lastLook;
  private Optional<Instant> unheardSince = Optional.empty();
  private Optional<Instant> silence = Optional.empty();

  /** Creates a pulse that begins now. */
  public Pulse(InstantSource clock) {
    this.clock = clock;
    this.lastPush = clock.instant();
    this.lastEvent = lastPush;
    this.lastLook = lastPush;
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
  public synchronized void posted(String channel, String ts) {
    if (!heardEarly.remove(channel + "/" + ts) && unheardSince.isEmpty()) {
      unheardSince = Optional.of(clock.instant());
      proved = false;
    }
  }

  /** Notes that something the bot said came back. */
  public synchronized void heardOurselves(String channel, String ts) {
    heardAnything();
    heardEarly.add(channel + "/" + ts);
    if (heardEarly.size() > REMEMBERED) {
      heardEarly.remove(heardEarly.iterator().next());
    }
    unheardSince = Optional.empty();
    silent = false;
    proved = true;
  }

  /** Notes that something that anybody said came; that ends a silence as well. */
  public synchronized void heardAnything() {
    if (silent) {
      silence = silence.or(() -> Optional.of(lastEvent));
      unheardSince = Optional.empty();
      silent = false;
      proved = true;
    }
    lastEvent = clock.instant();
  }

  /** Looks at the clock, as is to be done every few seconds; time that nobody looked at is none. */
  public synchronized void look() {
    Instant now = clock.instant();
    Duration apart = Duration.between(lastLook, now);
    if (apart.compareTo(STALL) > 0) {
      unheardSince = unheardSince.map(since -> since.plus(apart));
    }
    lastLook = now;
    silent = unheardSince.filter(since -> !now.isBefore(since.plus(UNHEARD))).isPresent();
  }

  /** Returns whether, when last looked at, our own posts had not come back for too long. */
  public synchronized boolean isSilent() {
    return silent;
  }

  /** Returns whether events certainly come: one has since the last post that went unheard. */
  public synchronized boolean isProved() {
    return proved;
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
