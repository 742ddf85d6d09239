// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi.pace;

import dev.muster.chat.spi.Urgency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Calls that may be made now, coming back at a steady rate. The less urgent a call, the more it
 * leaves for others: the last quarter is not for cards, the last half not for news. Who comes too
 * early is given a turn; turns of the more urgent are kept free while they may still be taken. In
 * any minute no more than the size plus a minute's refill is handed out. Not thread-safe.
 *
 * <pre>
 *   size ─┬─ everybody
 *   1/2  ─┼─ cards, pages, answers
 *   1/4  ─┼─ pages, answers
 *   0    ─┘
 * </pre>
 */
public final class Bucket {

  /** A turn that nobody took for this long is nobody's: its order was merged or given up. */
  private static final Duration TURN_LASTS = Duration.ofSeconds(2);

  /** No turn is given further ahead, so that turns of vanished orders cost little. */
  private static final Duration FURTHEST_TURN = Duration.ofSeconds(60);

  private static final Duration NEAREST_TURN = Duration.ofMillis(20);
  private static final int MOST_TURNS = 1_000;
  private static final double ROUNDING = 1e-6;

  private final double size;
  private final double perSecond;
  private final Map<Urgency, Deque<Instant>> turns = new EnumMap<>(Urgency.class);
  private double left;
  private Instant counted;

  /**
   * Makes a full bucket.
   *
   * @param size most calls at once, from 1
   * @param perMinute calls that come back in a minute
   */
  public Bucket(double size, double perMinute, Instant now) {
    this.size = size;
    this.perSecond = perMinute / 60;
    this.left = size;
    this.counted = now;
    for (Urgency urgency : Urgency.values()) {
      turns.put(urgency, new ArrayDeque<>());
    }
  }

  /** Returns whether a call may be made now. */
  public boolean has(Urgency urgency, Instant now) {
    refill(now);
    return left + ROUNDING >= 1 + kept(urgency) + ahead(urgency, now);
  }

  /** Counts a call that is made now, whether there is room for it or not. */
  public void take(Urgency urgency, Instant now) {
    refill(now);
    left = Math.max(0, left - 1);
    Deque<Instant> own = turns.get(urgency);
    if (!own.isEmpty() && !own.peek().isAfter(now)) {
      own.poll();
    }
  }

  /** Gives a turn to a call that {@link #has} no room; returns how long until it comes. */
  public Duration turn(Urgency urgency, Instant now) {
    refill(now);
    double missing = 1 + kept(urgency) + waiting(urgency) - left;
    Duration wait = Duration.ofMillis((long) Math.ceil(1_000 * missing / perSecond));
    if (wait.compareTo(FURTHEST_TURN) > 0) {
      return FURTHEST_TURN;
    }
    Duration own = wait.compareTo(NEAREST_TURN) < 0 ? NEAREST_TURN : wait;
    if (turns.get(urgency).size() < MOST_TURNS) {
      turns.get(urgency).add(now.plus(own));
    }
    return own;
  }

  /**
   * Gives a turn in each of these that has no room.
   *
   * @return how long until the last of the turns; empty when all have room
   */
  public static Optional<Duration> turn(Stream<Bucket> all, Urgency urgency, Instant now) {
    return all.filter(each -> !each.has(urgency, now))
        .map(each -> each.turn(urgency, now))
        .max(Comparator.naturalOrder());
  }

  /** Notes that there was less left than we thought: enough for one card, later. */
  public void shrink(Instant now) {
    refill(now);
    left = Math.min(left, 1 + kept(Urgency.CARD));
  }

  /** Returns how many calls the most urgent may make now. */
  public double left(Instant now) {
    refill(now);
    return left;
  }

  private void refill(Instant now) {
    if (now.isAfter(counted)) {
      double seconds = Duration.between(counted, now).toNanos() / 1e9;
      left = Math.min(size, left + seconds * perSecond);
      counted = now;
    } else if (now.isBefore(counted)) {
      startAfresh(now);
    }
    Instant over = now.minus(TURN_LASTS);
    for (Deque<Instant> each : turns.values()) {
      while (!each.isEmpty() && each.peek().isBefore(over)) {
        each.poll();
      }
    }
  }

  /** The clock was put back: what was noted in its future would hold us until it comes round. */
  private void startAfresh(Instant now) {
    if (Duration.between(now, counted).compareTo(TURN_LASTS) > 0) {
      turns.values().forEach(Deque::clear);
    }
    counted = now;
  }

  private double kept(Urgency urgency) {
    double share =
        switch (urgency) {
          case ANSWER, PAGE -> 0;
          case CARD -> size / 4;
          case NEWS -> size / 2;
        };
    return Math.min(share, size - 1);
  }

  /** Returns how many turns of the more urgent have come and may still be taken. */
  private long ahead(Urgency urgency, Instant now) {
    return turns.entrySet().stream()
        .filter(each -> each.getKey().isBefore(urgency))
        .flatMap(each -> each.getValue().stream())
        .filter(turn -> !turn.isAfter(now))
        .count();
  }

  /** Returns how many turns are given to calls that are not less urgent. */
  private long waiting(Urgency urgency) {
    return turns.entrySet().stream()
        .filter(each -> !urgency.isBefore(each.getKey()))
        .mapToLong(each -> each.getValue().size())
        .sum();
  }
}
