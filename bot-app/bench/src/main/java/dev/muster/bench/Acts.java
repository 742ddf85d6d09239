// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.Peer;
import dev.muster.bench.load.Load;
import dev.muster.bench.load.Shots;
import dev.muster.bench.load.Taken;
import dev.muster.bench.peer.OneRowPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a person waits until what they did is safe: a press and a slash command, stored and
 * acknowledged, beside the least that can be called durable.
 */
final class Acts implements Benchmark {

  private static final int CONNECTIONS = 8;
  private static final int PER_SECOND = 50;

  /** So many that nobody does more than the thirty things in ten seconds that one person may. */
  private static final int PEOPLE = 40;

  private static final String ONE_ROW = "bare Jetty, one row, synchronous=FULL";

  private final AtomicLong acts = new AtomicLong();

  @Override
  public List<Row> run(Plan plan) {
    try (Office office = new Office(plan, "acts");
        Peer oneRow = new Peer(OneRowPeer.class, plan.work().resolve("acts"), "one-row.db")) {
      office.declare("Acts");
      Shots commands =
          office.doing(people -> people.runs(somebody(), "incidents", "/incident list"));
      Shots presses = office.doing(people -> people.presses(somebody(), "incidents", "Join INC-1"));
      Rounds<Taken> command = new Rounds<>(ONE_ROW);
      Rounds<Taken> press = new Rounds<>(ONE_ROW);
      for (int i = -1; i < plan.rounds(); i++) {
        round(plan, office, oneRow, i < 0 ? new Rounds<>("") : command, commands);
        round(plan, office, oneRow, i < 0 ? new Rounds<>("") : press, presses);
      }
      List<Row> rows = new ArrayList<>();
      rows.addAll(rows("slash command", command));
      rows.addAll(rows("press", press));
      return rows;
    }
  }

  private String somebody() {
    return "person" + acts.incrementAndGet() % PEOPLE;
  }

  private static void round(
      Plan plan, Office office, Peer oneRow, Rounds<Taken> rounds, Shots shots) {
    rounds.theirs(load(oneRow.port(), shots).open(PER_SECOND, plan.round()));
    rounds.ours(load(office.muster().port(), shots).open(PER_SECOND, plan.round()));
    office.muster().settle();
  }

  private static Load load(int port, Shots shots) {
    return new Load(port, CONNECTIONS, shots);
  }

  private static List<Row> rows(String what, Rounds<Taken> rounds) {
    return List.of(
        rounds.row("", what + " stored and acknowledged, 50/s, p50", "ms", r -> r.millis(50), ""),
        rounds.row("", "the same, p99", "ms", r -> r.millis(99), ""),
        rounds.row("", "the same, not answered with 2xx", "", Taken::refused, "0"));
  }
}
