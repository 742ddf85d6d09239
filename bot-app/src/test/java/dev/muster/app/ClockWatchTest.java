// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A machine whose clock is set by hand, and which may sleep. */
class ClockWatchTest {

  private final ManualClock wall = ManualClock.atNoon();
  private final SystemClocks system = new SystemClocks();
  private final SteadyClock clock = new SteadyClock(new SteadyClock.Sources(wall, system));
  private final List<String> told = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Telemetry telemetry = new Telemetry();
  private final ClockWatch watch =
      new ClockWatch(
          clock,
          this::moved,
          (topic, sentence) -> told.add(topic + " " + sentence.orElse("over")),
          thread,
          telemetry);
  private boolean storeBroken;

  private static final class SystemClocks implements SteadyClock.Elapsed {
    private Duration awake = Duration.ofHours(1);
    private Duration slept = Duration.ZERO;
    private boolean tells = true;

    @Override
    public Duration awake() {
      return awake;
    }

    @Override
    public Optional<Duration> up() {
      return tells ? Optional.of(awake.plus(slept)) : Optional.empty();
    }
  }

  /** A unit of work that is gone through twice, as after a neighbour's was undone. */
  private void moved(Duration by, Runnable follow) {
    done.add("moved by " + by + " at " + clock.instant());
    follow.run();
    follow.run();
    if (storeBroken) {
      done.clear();
      throw new IllegalStateException("the disk is full");
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    watch.close();
  }

  private void passes(Duration time) {
    wall.advance(time);
    system.awake = system.awake.plus(time);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-20T" + time + "Z");
  }

  @Test
  void clock_putForward_isFollowedWhereWhatWaitsIsMoved() {
    watch.look();
    passes(Duration.ofMinutes(1));
    wall.advance(Duration.ofHours(1));
    assertEquals(at("12:01:00"), clock.instant(), "moved before it was told to");

    watch.look();

    assertEquals(List.of("moved by PT1H at 2026-11-20T12:01:00Z"), done);
    assertEquals(at("13:01:00"), clock.instant());
    assertEquals(1, telemetry.counted("muster_clock_steps_total"));
  }

  @Test
  void clock_putBack_isFollowedWhereWhatWaitsIsMoved() {
    watch.look();
    wall.advance(Duration.ofHours(-1));

    watch.look();

    assertEquals(List.of("moved by PT-1H at 2026-11-20T12:00:00Z"), done);
    assertEquals(at("11:00:00"), clock.instant());
  }

  @Test
  void step_thatTheStoreDoesNotTake_isTakenLaterAndOnce() {
    for (Duration step : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
      done.clear();
      storeBroken = true;
      wall.advance(step);
      Instant before = clock.instant();
      watch.look();
      assertEquals(before, clock.instant(), "what waits was not moved");
      watch.look();
      storeBroken = false;
      watch.look();
      watch.look();

      assertEquals(1, done.size(), done.toString());
      assertTrue(done.get(0).startsWith("moved by " + step), done.toString());
      assertEquals(wall.instant(), clock.instant());
    }
  }

  @Test
  void smallSteps_areFollowedInSilence() {
    watch.look();
    told.clear();
    wall.advance(Duration.ofMillis(900));
    watch.look();
    assertEquals(List.of(), done);
    wall.advance(Duration.ofSeconds(30));
    watch.look();

    assertEquals(1, done.size());
    assertEquals(List.of(), told);
    assertEquals(wall.instant(), clock.instant());
  }

  @Test
  void sleepOfTheMachine_isTimeThatPassedAndNoStep() {
    watch.look();
    wall.advance(Duration.ofHours(8));
    system.slept = Duration.ofHours(8);
    watch.look();

    assertEquals(List.of(), done);
    assertEquals(at("20:00:00"), clock.instant());
  }

  @Test
  void sleepOfASystemThatDoesNotTell_isTimeThatPassed() {
    system.tells = false;
    watch.look();
    wall.advance(Duration.ofHours(8));
    watch.look();
    assertEquals(List.of(), done);
    assertEquals(at("20:00:00"), clock.instant());

    wall.advance(Duration.ofHours(-2));
    watch.look();
    assertEquals(1, done.size(), "no machine sleeps backwards");
  }

  @Test
  void operators_areToldOfALargeStepForAnHour() {
    watch.look();
    assertEquals(List.of("clock over"), told, "what an earlier process told is over");
    wall.advance(Duration.ofHours(-1));
    watch.look();

    assertEquals(
        "clock The clock of this machine was put back by 1 h 0 min at 2026-11-20 12:00 UTC. What"
            + " waits keeps its distance: nothing comes early, twice or late. Times that were"
            + " written before stay as they are. Is the clock right now? timedatectl",
        told.get(1));
    passes(Duration.ofMinutes(59));
    watch.look();
    assertEquals(2, told.size());
    passes(Duration.ofMinutes(2));
    watch.look();
    watch.look();
    assertEquals(List.of("clock over"), told.subList(2, told.size()));
  }
}
