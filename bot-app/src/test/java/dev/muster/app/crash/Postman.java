// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/**
 * Brings deliveries to the bot, and may bring them twice, or later than others. Any thread may
 * call.
 *
 * @param <P> what is brought
 * @param <A> what is answered
 */
final class Postman<P, A> {

  /** What can go wrong with a delivery that nevertheless arrives. */
  enum Fault {
    /** It is brought once more. */
    AGAIN,
    /** It is brought after some others. */
    LATE
  }

  private record Held<P>(P post, int after) {}

  private final Function<P, A> road;
  private final A nobody;
  private final Deque<Turn> next = new ArrayDeque<>();
  private final List<Held<P>> held = new ArrayList<>();

  /**
   * @param road brings one, until it is taken
   * @param nobody what its sender hears of one that is late
   */
  Postman(Function<P, A> road, A nobody) {
    this.road = road;
    this.nobody = nobody;
  }

  /** Lets the next one go wrong. */
  synchronized void arm(Turn turn) {
    next.add(turn);
  }

  private synchronized Turn fault() {
    return next.poll();
  }

  A bring(P post) {
    Turn fault = fault();
    if (fault != null && Fault.valueOf(fault.of()) == Fault.LATE) {
      hold(new Held<>(post, fault.number()));
      return nobody;
    }
    A answer = road.apply(post);
    if (fault != null) {
      road.apply(post);
    }
    passed().forEach(road::apply);
    return answer;
  }

  private synchronized void hold(Held<P> one) {
    held.add(one);
  }

  private synchronized List<P> passed() {
    held.replaceAll(one -> new Held<>(one.post(), one.after() - 1));
    List<P> due = held.stream().filter(one -> one.after() <= 0).map(Held::post).toList();
    held.removeIf(one -> one.after() <= 0);
    return due;
  }

  private synchronized List<P> all() {
    List<P> all = held.stream().map(Held::post).toList();
    held.clear();
    next.clear();
    return all;
  }

  /** Brings what is late, and from now on everything as it comes. */
  void bringAll() {
    all().forEach(road::apply);
  }
}
