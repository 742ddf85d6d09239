// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.chat.UtcText;
import dev.muster.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the machine's clock was put forward or back, has everything that waits moved along
 * with it, so that nothing happens early, twice or hours late, and tells operators.
 *
 * <p>The clock is followed within the unit of work that moves what waits: whoever writes before
 * reckons by the old clock and is moved, whoever writes after by the new one and is not.
 */
final class ClockWatch implements AutoCloseable {

  static final String CLOCK = "clock";

  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
  private static final Duration EVERY = Duration.ofMillis(500);

  /** Smaller steps happen when a clock is kept right, and are followed in silence. */
  private static final Duration SMALLEST = Duration.ofSeconds(1);

  /** From here on people are told. */
  private static final Duration TOLD = Duration.ofSeconds(60);

  private static final Duration SHOWN_FOR = Duration.ofHours(1);

  private final SteadyClock clock;
  private final BiConsumer<Duration, Runnable> waiting;
  private final BiConsumer<String, Optional<String>> notices;
  private final ScheduledExecutorService thread;
  private final Telemetry telemetry;
  private volatile Optional<Runnable> undo = Optional.empty();
  private Optional<Instant> shownUntil = Optional.of(Instant.MIN);

  /**
   * Creates it; {@link #start} begins.
   *
   * @param waiting moves everything that waits by a step, and runs what it is given, in one unit of
   *     work
   * @param notices told what an operator has to look at, by topic; empty when that is over
   * @param thread its own; it ends with this
   */
  ClockWatch(
      SteadyClock clock,
      BiConsumer<Duration, Runnable> waiting,
      BiConsumer<String, Optional<String>> notices,
      ScheduledExecutorService thread,
      Telemetry telemetry) {
    this.clock = clock;
    this.waiting = waiting;
    this.notices = notices;
    this.thread = thread;
    this.telemetry = telemetry;
    telemetry.add("muster_clock_steps_total", 0);
  }

  void start() {
    thread.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Compares the clocks once. */
  void look() {
    try {
      Duration step = clock.step();
      if (step.abs().compareTo(SMALLEST) < 0) {
        clock.follow();
      } else {
        take(step);
      }
      endNotice();
    } catch (RuntimeException e) {
      LOG.warn("clock_watch_failed", e);
    }
  }

  private void take(Duration step) {
    Instant before = clock.instant();
    move(step);
    telemetry.count("muster_clock_steps_total");
    LOG.warn("clock_stepped by={} before={} after={}", step, before, clock.instant());
    if (step.abs().compareTo(TOLD) > 0) {
      shownUntil = Optional.of(clock.instant().plus(SHOWN_FOR));
      notices.accept(CLOCK, Optional.of(sentence(step, before)));
    }
  }

  /** What the store did not take is still a step the next time. */
  private void move(Duration step) {
    undo = Optional.empty();
    try {
      waiting.accept(step, this::followOnce);
    } catch (RuntimeException e) {
      undo.ifPresent(Runnable::run);
      throw e;
    }
  }

  /** A unit of work may be gone through again. */
  private void followOnce() {
    if (undo.isEmpty()) {
      undo = Optional.of(clock.follow());
    }
  }

  private static String sentence(Duration step, Instant before) {
    return "The clock of this machine was put %s by %s at %s. What waits keeps its distance: nothing comes early, twice or late. Times that were written before stay as they are. Is the clock right now? timedatectl"
        .formatted(
            step.isNegative() ? "back" : "forward",
            UtcText.duration(step.abs()),
            UtcText.minute(before));
  }

  private void endNotice() {
    if (shownUntil.filter(until -> !clock.instant().isBefore(until)).isPresent()) {
      notices.accept(CLOCK, Optional.empty());
      shownUntil = Optional.empty();
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.shutdownNow();
    if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
      LOG.warn("clock_watch_does_not_end");
    }
  }
}
