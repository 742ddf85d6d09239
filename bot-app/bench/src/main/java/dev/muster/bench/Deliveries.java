// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.Peer;
import dev.muster.bench.load.Load;
import dev.muster.bench.load.SignedShots;
import dev.muster.bench.load.Taken;
import dev.muster.bench.peer.BoltPeer;
import dev.muster.bench.peer.GroupCommitPeer;
import dev.muster.slack.fake.FakeSlack;
import dev.muster.slack.fake.Signed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * S1 and S2: messages of an incident's channel, as Slack delivers them. Muster verifies, stores and
 * answers, then writes each to the timeline; Bolt for Java verifies, answers and keeps nothing. The
 * least that is durable stands beside both: no bot on this server and database can be quicker.
 */
final class Deliveries implements Benchmark {

  private static final int CONNECTIONS = 64;
  private static final int PER_SECOND = 1_000;
  private static final String BOLT = "Bolt for Java, stores nothing";
  private static final String LEAST = "bare Jetty, one row, group commit: reads nothing";

  /** One round with the processor time that the server took. */
  private record Round(Taken taken, double cpuSeconds) {

    double cpuMicros() {
      return cpuSeconds * 1e6 / taken.answered();
    }
  }

  @Override
  public List<Row> run(Plan plan) {
    try (Office office = new Office(plan, "deliveries");
        Peer bolt =
            new Peer(
                BoltPeer.class,
                plan.work().resolve("deliveries"),
                FakeSlack.BOT_TOKEN,
                Signed.SECRET,
                office.slack().apiUrl());
        Peer least =
            new Peer(GroupCommitPeer.class, plan.work().resolve("deliveries"), "one-row.db")) {
      SignedShots shots = office.messages(office.declare("Deliveries"), 0);
      Side muster =
          new Side(office.muster().port(), office.muster()::cpuSeconds, shots, CONNECTIONS);
      return measure(plan, office, muster, side(bolt, shots), side(least, shots));
    }
  }

  private static Side side(Peer peer, SignedShots shots) {
    return new Side(peer.port(), peer::cpuSeconds, shots, CONNECTIONS);
  }

  /** A server and what is sent to it. */
  private record Side(int port, DoubleSupplier cpu, SignedShots shots, int connections) {

    Round round(Function<Load, Taken> load) {
      double before = cpu.getAsDouble();
      Taken taken = load.apply(new Load(port, connections, shots));
      return new Round(taken, cpu.getAsDouble() - before);
    }
  }

  private static List<Row> measure(Plan plan, Office office, Side muster, Side bolt, Side least) {
    Rounds<Round> flatOut = new Rounds<>(BOLT);
    Rounds<Round> steady = new Rounds<>(BOLT);
    Rounds<Round> flatOutAtLeast = new Rounds<>(LEAST);
    Rounds<Round> steadyAtLeast = new Rounds<>(LEAST);
    Function<Load, Taken> flat = load -> load.closed(plan.round());
    Function<Load, Taken> even = load -> load.open(PER_SECOND, plan.round());
    bolt.round(plan::warm);
    least.round(plan::warm);
    settled(office, muster, plan::warm);
    for (int i = 0; i < plan.rounds(); i++) {
      flatOut.theirs(bolt.round(flat));
      flatOutAtLeast.theirs(least.round(flat));
      both(settled(office, muster, flat), flatOut, flatOutAtLeast);
      steady.theirs(bolt.round(even));
      steadyAtLeast.theirs(least.round(even));
      both(settled(office, muster, even), steady, steadyAtLeast);
    }
    List<Row> rows = new ArrayList<>(rows(flatOut, steady));
    rows.addAll(rowsBesideTheLeast(flatOutAtLeast, steadyAtLeast));
    return rows;
  }

  private static void both(Round ours, Rounds<Round> one, Rounds<Round> other) {
    one.ours(ours);
    other.ours(ours);
  }

  /** What is left to do after the answers is done before the other side's turn, and counted. */
  private static Round settled(Office office, Side muster, Function<Load, Taken> load) {
    double before = office.muster().cpuSeconds();
    Taken taken = muster.round(load).taken();
    office.muster().settle();
    return new Round(taken, office.muster().cpuSeconds() - before);
  }

  private static List<Row> rows(Rounds<Round> flatOut, Rounds<Round> steady) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        flatOut.row(
            "S1",
            "chat deliveries stored and answered, 64 connections flat out",
            "/s",
            r -> r.taken().perSecond(),
            "≥ 2.0 ×"));
    rows.add(flatOut.row("", "the same, p99", "ms", r -> r.taken().millis(99), ""));
    rows.add(
        flatOut.row("", "the same, processor time of one, all told", "µs", Round::cpuMicros, ""));
    rows.add(steady.row("", "1,000/s open loop, p50", "ms", r -> r.taken().millis(50), ""));
    rows.add(
        steady.row("S2", "the same, p99", "ms", r -> r.taken().millis(99), "≤ 2 × and ≤ 20 ms"));
    rows.add(steady.row("S2", "the same, p99.9", "ms", r -> r.taken().millis(99.9), "≤ 100 ms"));
    rows.add(
        steady.row(
            "S2",
            "the same, not answered with 2xx or slower than 3 s",
            "",
            r -> r.taken().refused() + r.taken().slowerThan(3),
            "0"));
    return rows;
  }

  private static List<Row> rowsBesideTheLeast(Rounds<Round> flatOut, Rounds<Round> steady) {
    return List.of(
        flatOut.row(
            "",
            "deliveries beside the least that is durable, flat out",
            "/s",
            r -> r.taken().perSecond(),
            ""),
        flatOut.row("", "the same, processor time of one, all told", "µs", Round::cpuMicros, ""),
        steady.row("", "the same at 1,000/s, p99", "ms", r -> r.taken().millis(99), ""));
  }
}
