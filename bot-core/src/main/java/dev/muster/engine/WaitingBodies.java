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

  /** Returns a body and those that go with it, in the order they came; for the writer alone. */
  List<ComingBody> with(ComingBody first) {
    List<ComingBody> some = new ArrayList<>();
    some.add(first);
    int alerts = first.alerts().size();
    for (ComingBody each : waiting) {
      boolean fits = alerts + each.alerts().size() <= MOST_ALERTS;
      if (fits && each != first && !each.isTaken() && isAlike(first, each)) {
        some.add(each);
        alerts += each.alerts().size();
      }
    }
    return some;
  }

  /** What a sender left out is told of each of its calls. */
  private static boolean isAlike(ComingBody one, ComingBody other) {
    return one.source().equals(other.source())
        && one.body().omitted() == 0
        && other.body().omitted() == 0;
  }
}
