// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

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
  private final Predicate<A> isTaken;
  private final Deque<Turn> next = new ArrayDeque<>();
  private final List<Held<P>> held = new ArrayList<>();
  private volatile boolean keeps;

  /**
   * @param road brings one, a few times if need be
   * @param nobody what its sender hears of one that is late
   * @param isTaken whether an answer says that it arrived
   */
  Postman(Function<P, A> road, A nobody, Predicate<A> isTaken) {
    this.road = road;
    this.nobody = nobody;
    this.isTaken = isTaken;
  }

  /** Says whether it keeps what is refused from now on, and brings it with what is late. */
  void keepRefused(boolean keep) {
    keeps = keep;
  }

  /** Returns whether it does. */
  boolean keepsRefused() {
    return keeps;
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
    A answer = taken(post);
    if (keeps && !isTaken.test(answer)) {
      return answer;
    }
    if (fault != null) {
      road.apply(post);
    }
    passed().forEach(this::taken);
    return answer;
  }

  /** Brings one, and keeps it for later when it is refused while that is to be kept. */
  private A taken(P post) {
    A answer = road.apply(post);
    if (keeps && !isTaken.test(answer)) {
      hold(new Held<>(post, Integer.MAX_VALUE));
    }
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

  /**
   * Brings what is late or was refused, and from now on everything as it comes; returns whether all
   * of it was taken.
   */
  boolean bringAll() {
    List<P> refused = all().stream().filter(post -> !isTaken.test(road.apply(post))).toList();
    refused.forEach(post -> hold(new Held<>(post, Integer.MAX_VALUE)));
    return refused.isEmpty();
  }
}
