// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.Person;
import dev.muster.testkit.SettingsDraft;
import dev.muster.timeline.EntryKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A long time in which incidents come and go, the program ends and begins, and somebody sets the
 * machine's clock. After everything that happens, every open incident is compared with what should
 * have happened.
 */
final class TimerYears implements AutoCloseable {

  private static final int MOST_OPEN = 4;
  private static final int MOST_TOLD = 100;
  private static final Instant NEVER = Instant.parse("2200-01-01T00:00:00Z");
  private static final double USUAL_PAUSE_MINUTES = 25;
  private static final double RESTLESS_PAUSE_MINUTES = 5;
  private static final long FARTHEST_SECONDS = Duration.ofDays(20 * 365).toSeconds();
  private static final Settings.SeverityRule RULE =
      new Settings.SeverityRule(
          Optional.of(ExpectedTimes.SUMMARY), Optional.of(ExpectedTimes.LEVELS.get(1)), "default");

  private final Random random;
  private final String seed;
  private final boolean restless;
  private final IncidentRoom room;
  private final Person ada;
  private final List<ExpectedTimes> open = new ArrayList<>();
  private Duration set = Duration.ZERO;
  private int declared;
  private int stops;
  private int steps;
  private long looks;

  private TimerYears(Path folder, long seed, boolean restless) {
    this.random = new Random(seed);
    this.seed = "seed " + seed;
    this.restless = restless;
    UnaryOperator<Settings> levels =
        IncidentRoom.asking(
            RULE, List.of(List.of("person:Uada"), List.of("person:Uli"), List.of("person:Usam")));
    room =
        new IncidentRoom(
            folder, before -> SettingsDraft.of(levels.apply(before)).rollback(false).done());
    ada = room.person("ada");
    room.person("li");
    room.person("sam");
  }

  /** Somebody sets the clock now and then, by hours. */
  static TimerYears usual(Path folder, long seed) {
    return new TimerYears(folder, seed, false);
  }

  /** Somebody sets the clock every few minutes, by seconds or by decades. */
  static TimerYears restless(Path folder, long seed) {
    return new TimerYears(folder, seed, true);
  }

  /** The time that has really passed, whatever the machine's clock shows. */
  private Instant really() {
    return room.now().minus(set);
  }

  /**
   * Lets a time pass; throws at the first thing that came early, twice or not at all. Whatever is
   * thrown names the seed.
   */
  void live(Duration time) {
    try {
      pass(time);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError(seed + ": " + e.getMessage(), e);
    }
  }

  private void pass(Duration time) {
    Instant end = really().plus(time);
    while (really().isBefore(end)) {
      room.passInHops(pause(), () -> look("in passing"));
      act();
    }
  }

  /** Lives until the clock was set so often; throws as {@link #live}. */
  void untilSet(int times) {
    while (steps < times) {
      live(pause());
    }
  }

  /** Returns what was gone through, for people. */
  String report() {
    return seed
        + ": "
        + declared
        + " incidents, "
        + stops
        + " stops, "
        + steps
        + " steps of the clock, compared "
        + looks
        + " times";
  }

  private Duration pause() {
    double mean = restless ? RESTLESS_PAUSE_MINUTES : USUAL_PAUSE_MINUTES;
    double minutes = -Math.log(1 - random.nextDouble()) * mean;
    return Duration.ofSeconds((long) (minutes * 60) + 1);
  }

  private void act() {
    if (restless && random.nextBoolean()) {
      setClock(far());
      return;
    }
    int dice = random.nextInt(100);
    if (dice < 20) {
      declare();
    } else if (dice < 30) {
      stop();
    } else if (dice < 40) {
      setClock(Duration.ofSeconds(random.nextInt(-36_000, 36_000)));
    } else if (!open.isEmpty()) {
      change(open.get(random.nextInt(open.size())), dice);
    }
  }

  private void declare() {
    if (open.size() == MOST_OPEN) {
      return;
    }
    declared++;
    room.engine().alerts("monitoring", IncidentRoom.firing("Trouble " + declared, room.now()));
    room.engine().calm();
    open.add(new ExpectedTimes("INC-" + declared, really()));
    look("after declaring");
  }

  private void change(ExpectedTimes incident, int dice) {
    if (dice < 55) {
      says(incident, "ack");
      incident.acknowledged();
    } else if (dice < 75) {
      incident.checkAll(room.engine(), incident.id() + " at its end");
      says(incident, "cancel it was nothing");
      open.remove(incident);
    } else if (!incident.requestWaits()) {
      says(incident, "rollback");
      incident.requested(really());
    }
    look("after a command");
  }

  private void says(ExpectedTimes incident, String words) {
    room.world().commands(ada, room.world().meetingPlace().channel(), incident.id() + " " + words);
    room.engine().calm();
  }

  private void stop() {
    stops++;
    Duration down = Duration.ofSeconds(random.nextInt(3) == 0 ? random.nextInt(10_000) : 3);
    room.restart(down);
    room.engine().calm();
    look("after a stop of " + down);
  }

  /** As likely some seconds as some years, and never ever farther from the real time. */
  private Duration far() {
    long seconds = (long) Math.exp(random.nextDouble() * Math.log(FARTHEST_SECONDS));
    boolean back = set.isZero() ? random.nextBoolean() : !set.isNegative();
    boolean home = Math.abs(set.toSeconds()) > FARTHEST_SECONDS / 2 || random.nextBoolean();
    return Duration.ofSeconds(back == home ? -seconds : seconds);
  }

  private void setClock(Duration by) {
    steps++;
    set = set.plus(by);
    room.engine().clockSteps(by);
    room.engine().calm();
    look("after the clock was set by " + by);
  }

  private void look(String when) {
    looks++;
    for (ExpectedTimes incident : open) {
      incident.pass(really());
      try {
        incident.check(room.engine(), incident.id() + " " + when);
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + evidence(incident.id()), e);
      }
    }
  }

  /** What the store knows of an incident and of all that is to fall due. */
  private String evidence(String incident) {
    List<String> lines = new ArrayList<>();
    lines.add("\nnow " + room.now() + ", set by " + set);
    room.engine().read(tx -> tx.timers().due(NEVER, MOST_TOLD)).stream()
        .map(timer -> timer.kind() + " " + timer.subject() + " due " + timer.due())
        .forEach(lines::add);
    room.engine().entries(incident).stream()
        .filter(entry -> entry.kind() != EntryKind.MESSAGE_LOGGED)
        .map(entry -> entry.at() + " " + entry.kind() + " " + entry.text())
        .forEach(lines::add);
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    room.close();
  }
}
