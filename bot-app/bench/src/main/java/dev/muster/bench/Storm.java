// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import dev.muster.bench.load.Load;
import dev.muster.bench.load.Shots;
import dev.muster.bench.load.Taken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * S7: how long a person waits for the answer to a command while alerts pour in at the rate of
 * 10,000 a minute, each another and each critical, beside the same without them. A storm lasts
 * twelve times as long as a round.
 */
final class Storm implements Benchmark {

  private static final int PER_SECOND = 167;
  private static final int CONNECTIONS = 8;
  private static final int TIMES = 12;
  private static final int PEOPLE = 40;
  private static final long BETWEEN = TimeUnit.MILLISECONDS.toNanos(250);
  private static final String ALERT =
      """
      { "version": "4", "status": "firing", "alerts": [ { "status": "firing",
        "labels": { "alertname": "DiskFull", "instance": "db-%1$d", "severity": "critical" },
        "annotations": { "summary": "The disk of db-%1$d is nearly full" },
        "startsAt": "2026-01-05T09:00:00Z", "fingerprint": "%1$016x" } ] }
      """;

  private final AtomicLong alerts = new AtomicLong();
  private int commands;

  @Override
  public List<Row> run(Plan plan) {
    Duration time = plan.round().multipliedBy(TIMES);
    Rounds<Histogram> rounds = new Rounds<>("without the storm");
    long refused = 0;
    try (Office office = new Office(plan, "storm")) {
      answered(office, plan.round());
      for (int i = 0; i < plan.rounds(); i++) {
        rounds.theirs(answered(office, time));
        Load load = new Load(office.muster().port(), CONNECTIONS, shots());
        CompletableFuture<Taken> storm =
            CompletableFuture.supplyAsync(() -> load.open(PER_SECOND, time));
        rounds.ours(answered(office, time));
        refused += storm.join().refused();
        office.muster().settle();
      }
    }
    String what =
        "a command answered while alerts pour in, 10,000 a minute for "
            + time.toSeconds()
            + " s (refused alerts: "
            + refused
            + ")";
    return List.of(
        rounds.row("", what + ", p50", "ms", r -> r.getValueAtPercentile(50) / 1e3, ""),
        rounds.row(
            "S7", "the same, p95", "ms", r -> r.getValueAtPercentile(95) / 1e3, "≤ 2 ×, ≤ 2 s"));
  }

  private Shots shots() {
    return into -> {
      byte[] body = ALERT.formatted(alerts.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
      String head =
          "POST /alerts/bench HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length
              + "\r\n\r\n";
      into.put(head.getBytes(StandardCharsets.US_ASCII)).put(body);
    };
  }

  /** Sends commands one after another and waits for each answer to be there. */
  private Histogram answered(Office office, Duration time) {
    Histogram latencies = new Histogram(1, TimeUnit.MINUTES.toMicros(2), 3);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      int before = office.slack().calls("response_url").size();
      String person = "person" + commands++ % PEOPLE;
      long begin = System.nanoTime();
      office.people().runs(person, "incidents", "/incident oncall");
      Office.await(
          "the answer to a command", () -> office.slack().calls("response_url").size() > before);
      latencies.recordValue((System.nanoTime() - begin) / 1_000);
      LockSupport.parkNanos(BETWEEN);
    }
    return latencies;
  }
}
