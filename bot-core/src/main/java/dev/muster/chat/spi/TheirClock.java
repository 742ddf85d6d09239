// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Knows how far the machine's clock is ahead of a platform's, by the time that the platform's
 * answers tell: at most a second too much, and too little by as long as the call took. What was
 * learnt holds until the machine's clock jumps, for a clock that was put right contradicts nothing.
 * Only clients whose every call goes to the platform itself may have it. Thread-safe.
 */
public final class TheirClock implements Interceptor {

  /** No call takes longer, so the clock was set under one that seems to. */
  static final Duration LONGEST_CALL = Duration.ofMinutes(1);

  /** Somebody looks every few seconds; who did not for this long knows nothing of the clock. */
  static final Duration UNSEEN = Duration.ofMinutes(5);

  /** Time servers put a clock back by less than this. */
  private static final Duration CORRECTION = Duration.ofSeconds(-1);

  private final InstantSource clock;
  private final Duration furthest;
  private Optional<Duration> ahead = Optional.empty();
  private Instant last;

  /**
   * Creates one that has heard nothing yet.
   *
   * @param furthest with clocks further apart nobody would hear from the platform, so who tells of
   *     that is not believed
   */
  public TheirClock(InstantSource clock, Duration furthest) {
    this.clock = clock;
    this.furthest = furthest;
    this.last = clock.instant();
  }

  /** An answer out of a cache tells when it was put there. */
  @Override
  public Response intercept(Chain chain) throws IOException {
    Instant before = clock.instant();
    Response response = chain.proceed(chain.request());
    Date told = response.headers().getDate("Date");
    if (told != null && response.header("Age") == null) {
      heard(told.toInstant(), before, clock.instant());
    }
    return response;
  }

  private synchronized void heard(Instant told, Instant before, Instant after) {
    Duration call = Duration.between(before, after);
    if (call.isNegative() || call.compareTo(LONGEST_CALL) > 0) {
      return;
    }
    ahead = Optional.of(Duration.between(told, before)).filter(this::isCredible);
    last = after;
  }

  private boolean isCredible(Duration apart) {
    return apart.abs().compareTo(furthest) <= 0;
  }

  /** Looks whether the machine's clock jumped, as is to be done every few seconds. */
  public synchronized void look() {
    Instant now = clock.instant();
    ahead = ahead.filter(known -> !hasJumped(now));
    last = now;
  }

  private boolean hasJumped(Instant now) {
    Duration unseen = Duration.between(last, now);
    return unseen.compareTo(CORRECTION) < 0 || unseen.compareTo(UNSEEN) > 0;
  }

  /** Returns by how much the machine's clock is ahead, negative when it is behind, if known. */
  public synchronized Optional<Duration> ahead() {
    return ahead.filter(known -> !hasJumped(clock.instant()));
  }

  /** Returns what their clock shows, as far as is known. */
  public Instant now() {
    return clock.instant().minus(ahead().orElse(Duration.ZERO));
  }

  /** Returns what the machine's clock showed at an instant of theirs, as far as is known. */
  public Instant inOurs(Instant theirs) {
    return theirs.plus(ahead().orElse(Duration.ZERO));
  }
}
