// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.child.Alertmanager;
import dev.muster.bench.load.AlertShots;
import dev.muster.bench.load.AlertShots.Wording;
import dev.muster.bench.load.Load;
import dev.muster.bench.load.Taken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/**
 * S4: a storm of 100,000 alerts, nineteen of twenty of them stated before, fifty in a call. Muster
 * stores each call, answers, and connects every alert with an incident; Alertmanager keeps them in
 * memory and puts them in groups. Muster is started as operators are told to, by its start script,
 * and once more by its jar alone. Each is charged until it is done.
 */
final class Alerts implements Benchmark {

  private static final int STATEMENTS = 100_000;
  private static final int REQUESTS = STATEMENTS / AlertShots.IN_ONE;
  private static final int CONNECTIONS = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(20);
  private static final String BESIDE = "Alertmanager, in memory";
  private static final String RULES =
      ", rules: [ { match: {}, group-by: [alertname], severity: SEV3, do: declare } ]";

  private final int open;
  private final String goal;

  /**
   * @param open how many alerts fire before the first storm
   * @param goal the ratio that is wanted
   */
  Alerts(int open, String goal) {
    this.open = open;
    this.goal = goal;
  }

  /** One storm: what the answers took, and until when and with what it was all done. */
  private record Round(Taken taken, double seconds, double cpuSeconds) {

    double perSecond() {
      return STATEMENTS / seconds;
    }

    double cpuMicros() {
      return cpuSeconds * 1e6 / STATEMENTS;
    }
  }

  /** A server, the words it is told alerts in, and how one knows that it took them all. */
  private record Side(int port, DoubleSupplier cpu, Wording wording, DoubleSupplier handled) {

    Round storm(int requests, AlertShots shots) {
      double handledBefore = handled.getAsDouble();
      double cpuBefore = cpu.getAsDouble();
      long begin = System.nanoTime();
      Taken taken = new Load(port, CONNECTIONS, shots).warm(requests, PATIENCE);
      if (taken.answered() != requests) {
        throw new IllegalStateException(taken.refused() + " calls were refused");
      }
      double wanted = handledBefore + (double) requests * AlertShots.IN_ONE;
      awaitHandled(wanted);
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Round(taken, seconds, cpu.getAsDouble() - cpuBefore);
    }

    private void awaitHandled(double wanted) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (handled.getAsDouble() < wanted) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException("the storm was not handled in " + PATIENCE);
        }
        LockSupport.parkNanos(BETWEEN);
      }
    }
  }

  @Override
  public List<Row> run(Plan plan) throws IOException, InterruptedException {
    String name = "alerts-" + open;
    String beside = Alertmanager.isThere() ? BESIDE : "no Alertmanager here";
    Rounds<Round> plain = new Rounds<>(beside);
    Rounds<Round> archived = new Rounds<>(beside);
    try (Office office = new Office(plan, name, RULES);
        Office scripted = new Office(plan.byScript(), name + "-by-script", RULES);
        Alertmanager peer = Alertmanager.start(plan.work().resolve(name))) {
      List<Side> ours = List.of(side(office), side(scripted));
      Optional<Side> theirs =
          peer.port()
              .map(
                  port ->
                      new Side(
                          port, peer::cpuSeconds, Wording.API, () -> Double.POSITIVE_INFINITY));
      ours.forEach(this::fill);
      theirs.ifPresent(this::fill);
      for (int i = 0; i < plan.rounds() + 1; i++) {
        int number = i;
        Optional<Round> their = theirs.map(side -> storm(side, number));
        Round our = storm(ours.get(0), i);
        office.muster().settle();
        Round byScript = storm(ours.get(1), i);
        scripted.muster().settle();
        // The first one is for coming up to speed.
        if (i > 0) {
          their.ifPresent(plain::theirs);
          their.ifPresent(archived::theirs);
          plain.ours(our);
          archived.ours(byScript);
        }
      }
    }
    return rows(archived, plain);
  }

  private static Side side(Office office) {
    return new Side(
        office.muster().port(),
        office.muster()::cpuSeconds,
        Wording.WEBHOOK,
        () -> office.muster().metric("muster_alerts_total"));
  }

  private static Round storm(Side side, int number) {
    long first = 10_000_000L + (long) number * STATEMENTS;
    return side.storm(REQUESTS, AlertShots.storm(side.wording(), first));
  }

  private void fill(Side side) {
    if (open > 0) {
      side.storm(open / AlertShots.IN_ONE, AlertShots.distinct(side.wording(), 1_000_000));
    }
  }

  private List<Row> rows(Rounds<Round> archived, Rounds<Round> plain) {
    String what = "100,000 alerts, 95 % repeats, 50 a call, " + open + " open before";
    String end = ", until all are handled";
    List<Row> rows = new ArrayList<>();
    rows.add(archived.row("S4", what + ", tools/muster" + end, "/s", Round::perSecond, goal));
    rows.addAll(rows(archived));
    rows.add(plain.row("S4", what + ", java -jar" + end, "/s", Round::perSecond, goal));
    rows.addAll(rows(plain));
    return rows;
  }

  private static List<Row> rows(Rounds<Round> rounds) {
    return List.of(
        rounds.row("", "the same, p99 of an answer", "ms", r -> r.taken().millis(99), ""),
        rounds.row("", "the same, processor time of one alert", "µs", Round::cpuMicros, ""));
  }
}
