// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The time of day, going on steadily from when it was last compared with the machine's clock:
 * whoever puts that clock forward or back moves this one only when {@link #follow} says so. Any
 * thread may read it.
 *
 * <p>A machine that slept has two clocks: one that stood still and one that did not. Time that
 * passed in sleep has passed, so it is no step.
 */
final class SteadyClock implements InstantSource {

  private final Sources sources;
  private volatile Anchor anchor;

  /**
   * What it is made of.
   *
   * @param wall the machine's clock, which anybody may set
   */
  record Sources(InstantSource wall, Elapsed elapsed) {}

  /** Clocks that nobody can set, from some instant of their own. */
  interface Elapsed {

    /** Returns how long the machine has been awake; goes on evenly. */
    Duration awake();

    /** Returns how long it has been up, sleep included; empty where the system does not tell. */
    Optional<Duration> up();
  }

  private record Anchor(Instant wall, Duration awake, Optional<Duration> up) {}

  SteadyClock(Sources sources) {
    this.sources = sources;
    follow();
  }

  /** Returns the clock of this machine, given the one that anybody may set. */
  static SteadyClock over(InstantSource wall) {
    return new SteadyClock(new Sources(wall, new Machine()));
  }

  /**
   * Returns the time of day in whole microseconds, as the store keeps it; a finer clock would give
   * one fact two times.
   */
  @Override
  public Instant instant() {
    Anchor from = anchor;
    return from.wall()
        .plus(sources.elapsed().awake().minus(from.awake()))
        .truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Returns by how much the machine's clock was put forward, or back when negative, since it was
   * followed last.
   */
  Duration step() {
    Instant before = instant();
    Duration ahead = Duration.between(before, sources.wall().instant());
    return ahead.minus(asleep(ahead));
  }

  /** Where the system does not tell, a clock that is ahead means that the machine slept. */
  private Duration asleep(Duration ahead) {
    Anchor from = anchor;
    Optional<Duration> up = sources.elapsed().up();
    if (up.isEmpty() || from.up().isEmpty()) {
      return ahead.isNegative() ? Duration.ZERO : ahead;
    }
    Duration awake = sources.elapsed().awake().minus(from.awake());
    Duration slept = up.get().minus(from.up().get()).minus(awake);
    boolean isSome = slept.compareTo(Duration.ofSeconds(1)) > 0;
    return isSome ? slept : Duration.ZERO;
  }

  /**
   * Shows from now on what the machine's clock shows.
   *
   * @return goes on as if it had not been called
   */
  Runnable follow() {
    Anchor before = anchor;
    anchor =
        new Anchor(sources.wall().instant(), sources.elapsed().awake(), sources.elapsed().up());
    return () -> anchor = before;
  }

  /** The clocks of the system. */
  private static final class Machine implements Elapsed {

    /** Seconds since the start of the system, sleep included, on Linux: proc(5). */
    private static final Path UPTIME = Path.of("/proc/uptime");

    @Override
    public Duration awake() {
      return Duration.ofNanos(System.nanoTime());
    }

    @Override
    public Optional<Duration> up() {
      try {
        String seconds = Files.readString(UPTIME).split(" ", 2)[0];
        return Optional.of(Duration.ofMillis((long) (Double.parseDouble(seconds) * 1_000)));
      } catch (IOException | NumberFormatException e) {
        return Optional.empty();
      }
    }
  }
}
