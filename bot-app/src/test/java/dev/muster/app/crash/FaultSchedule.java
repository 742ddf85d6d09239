// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What people, senders and the world do to one bot, in order. Faults happen at instants that are
 * counted in turns, or in commits and calls of the bot, never in time. It can be written as one
 * line and read again.
 *
 * @param on which chat it is played
 */
record FaultSchedule(Stage.Chat on, List<Turn> turns) {

  private static final int FEWEST = 14;
  private static final int MOST = 26;
  private static final int MOST_DEATHS = 3;

  /** More of them, and what waits for approval lapses. */
  private static final int MOST_FREEZES = 2;

  private static final int MOST_HOURS = 12;
  private static final int PLACES = 5;

  FaultSchedule {
    turns = List.copyOf(turns);
  }

  /** Makes the one of a seed. */
  static FaultSchedule of(Stage.Chat on, long seed) {
    Random random = new Random(seed);
    List<Turn> turns = new ArrayList<>();
    int count = FEWEST + random.nextInt(MOST - FEWEST + 1);
    while (turns.size() < count) {
      Turn turn = random.nextInt(5) < 3 ? act(on, random) : fault(on, random);
      if (mayFollow(turns, turn)) {
        turns.add(turn);
      }
    }
    turns.add(new Turn(Turn.Kind.DECLARE, "", 0));
    return new FaultSchedule(on, turns);
  }

  private static boolean mayFollow(List<Turn> before, Turn turn) {
    return switch (turn.kind()) {
      case KILL, RESTART ->
          before.stream()
                  .filter(t -> t.kind() == Turn.Kind.KILL || t.kind() == Turn.Kind.RESTART)
                  .count()
              < MOST_DEATHS;
      case FREEZE ->
          before.stream().filter(t -> t.kind() == Turn.Kind.FREEZE).count() < MOST_FREEZES;
      default -> true;
    };
  }

  private static Turn act(Stage.Chat on, Random random) {
    return new Turn(oneOf(on.acts(), random), "", random.nextInt(PLACES));
  }

  private static Turn fault(Stage.Chat on, Random random) {
    Turn.Kind kind = oneOf(on.faults(), random);
    return switch (kind) {
      case CALL ->
          new Turn(
              kind,
              oneOf(on.calls(), random) + "/" + oneOf(on.callFaults(), random),
              1 + random.nextInt(2));
      case TARGET -> new Turn(kind, oneOf(Receiver.Fault.values(), random).name(), 1);
      case DELIVERY ->
          new Turn(kind, oneOf(on.deliveryFaults(), random).name(), 1 + random.nextInt(3));
      case AWAY -> new Turn(kind, "", 1 + random.nextInt(4));
      case KILL -> new Turn(kind, "", 1 + random.nextInt(random.nextBoolean() ? 12 : 60));
      case SLOW_DISK -> new Turn(kind, "", 5 + random.nextInt(60));
      case CLOCK -> new Turn(kind, hours(random) + "h", 1 + random.nextInt(4));
      case FREEZE -> new Turn(kind, "", 1 + random.nextInt(5));
      default -> new Turn(kind, "", 0);
    };
  }

  private static int hours(Random random) {
    int hours = 1 + random.nextInt(MOST_HOURS);
    return random.nextBoolean() ? hours : -hours;
  }

  private static <T> T oneOf(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }

  private static <T> T oneOf(T[] all, Random random) {
    return oneOf(Arrays.asList(all), random);
  }

  /** Returns the same with other turns. */
  FaultSchedule with(List<Turn> others) {
    return new FaultSchedule(on, others);
  }

  /** Returns how many faults it holds. */
  int faults() {
    return (int) turns.stream().filter(turn -> turn.kind().isFault()).count();
  }

  /** Reads what {@link #toString} wrote. */
  static FaultSchedule parse(String text) {
    String[] parts = text.split(":", 2);
    List<Turn> turns =
        Arrays.stream(parts[1].split(";"))
            .filter(turn -> !turn.isBlank())
            .map(Turn::parse)
            .toList();
    return new FaultSchedule(Stage.Chat.valueOf(parts[0].strip()), turns);
  }

  @Override
  public String toString() {
    return on + ": " + turns.stream().map(Turn::toString).collect(Collectors.joining("; "));
  }
}
