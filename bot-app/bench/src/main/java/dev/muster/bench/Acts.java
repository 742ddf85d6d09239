// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.Peer;
import dev.muster.bench.load.Load;
import dev.muster.bench.load.Shots;
import dev.muster.bench.load.Taken;
import dev.muster.bench.peer.OneRowPeer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a person waits until what they did is safe: a press and a slash command, stored and
 * acknowledged, by the start script and by its jar alone, beside the least that can be called
 * durable.
 */
final class Acts implements Benchmark {

  private static final int CONNECTIONS = 8;
  private static final int PER_SECOND = 50;

  /** So many that nobody does more than the thirty things in ten seconds that one person may. */
  private static final int PEOPLE = 40;

  private static final String ONE_ROW = "bare Jetty, one row, synchronous=FULL";

  private final AtomicLong acts = new AtomicLong();

  @Override
  public List<Row> run(Plan plan) throws IOException, InterruptedException {
    try (Office office = new Office(plan, "acts");
        Office scripted = new Office(plan.byScript(), "acts-by-script");
        Peer oneRow = new Peer(OneRowPeer.class, plan.work().resolve("acts"), "one-row.db")) {
      Side archived = side("tools/muster", scripted);
      Side plain = side("java -jar", office);
      for (int i = -1; i < plan.rounds(); i++) {
        round(plan, archived, oneRow, i < 0);
        round(plan, plain, oneRow, i < 0);
      }
      List<Row> rows = new ArrayList<>(archived.rows());
      rows.addAll(plain.rows());
      return rows;
    }
  }

  /** Muster, started one way. */
  private record Side(
      String way,
      Office office,
      Shots commands,
      Shots presses,
      Rounds<Taken> command,
      Rounds<Taken> press) {

    List<Row> rows() {
      List<Row> rows = new ArrayList<>(Acts.rows("slash command, " + way + ",", command));
      rows.addAll(Acts.rows("press, " + way + ",", press));
      return rows;
    }
  }

  private Side side(String way, Office office) {
    office.declare("Acts");
    return new Side(
        way,
        office,
        office.doing(people -> people.runs(somebody(), "incidents", "/incident list")),
        office.doing(people -> people.presses(somebody(), "incidents", "Join INC-1")),
        new Rounds<>(ONE_ROW),
        new Rounds<>(ONE_ROW));
  }

  private String somebody() {
    return "person" + acts.incrementAndGet() % PEOPLE;
  }

  private static void round(Plan plan, Side side, Peer oneRow, boolean warming) {
    Office office = side.office();
    round(plan, office, oneRow, warming ? new Rounds<>("") : side.command(), side.commands());
    round(plan, office, oneRow, warming ? new Rounds<>("") : side.press(), side.presses());
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
