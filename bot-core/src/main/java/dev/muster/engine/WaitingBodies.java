// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Bodies of alerts that wait for the writer at the same time. Whichever has its turn first takes
 * some of the others along, as if they had come in one call: what follows from them, like the list
 * of an incident's alerts, is then worked out once. Safe for threads.
 */
final class WaitingBodies {

  /** What people wait for comes behind no more of them than this. */
  private static final int MOST_ALERTS = 250;

  private final Queue<ComingBody> waiting = new ConcurrentLinkedQueue<>();

  void join(ComingBody body) {
    waiting.add(body);
  }

  void leave(ComingBody body) {
    waiting.remove(body);
  }

  /**
   * Returns a body and those that go with it, in the order they came; for the writer alone. Where
   * one of the same source cannot go along, what came behind it waits as well: it may say that
   * something is over of which the one before says that it is on.
   */
  List<ComingBody> with(ComingBody first) {
    List<ComingBody> some = new ArrayList<>();
    some.add(first);
    int alerts = first.alerts().size();
    for (ComingBody each : waiting) {
      boolean waits = each != first && !each.isTaken() && each.source().equals(first.source());
      boolean fits = alerts + each.alerts().size() <= MOST_ALERTS && isWhole(first, each);
      if (waits && !fits) {
        return some;
      }
      if (waits) {
        some.add(each);
        alerts += each.alerts().size();
      }
    }
    return some;
  }

  /** What a sender left out is told of each of its calls. */
  private static boolean isWhole(ComingBody one, ComingBody other) {
    return one.body().omitted() == 0 && other.body().omitted() == 0;
  }
}
