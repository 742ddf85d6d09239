// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.telemetry.Telemetry;
import dev.muster.testkit.ManualClock;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/**
 * Prints how many facts a second the store appends, beside a raw group commit of the same rows, in
 * turns. Arguments: seconds per round, rounds.
 */
final class StoreThroughput {

  private static final int[] PRODUCERS = {1, 8, 32, 128};
  private static final int WARMING_ROUNDS = 5;
  private static final String TEXT =
      "The checkout answers with 503 since the deployment of 14:02; looking at the load balancer.";

  private final long nanos;
  private final int rounds;
  private final PrintStream out;

  private StoreThroughput(double seconds, int rounds, PrintStream out) {
    this.nanos = (long) (seconds * 1e9);
    this.rounds = rounds;
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1.5;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    new StoreThroughput(seconds, rounds, System.out).run();
  }

  private void run() throws Exception {
    for (int i = 0; i < WARMING_ROUNDS; i++) {
      raw(32);
      store(32);
    }
    out.println("medians of " + rounds + " rounds in turns; cpu is the writing thread's, per row");
    for (int producers : PRODUCERS) {
      List<Rate> raw = new ArrayList<>();
      List<Rate> store = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        raw.add(raw(producers));
        store.add(store(producers));
      }
      out.printf("%4d producers  raw %s  store %s", producers, spread(raw), spread(store));
      out.printf(
          "  ratio %.2f rows/s, %.2f cpu%n",
          median(store, Rate::perSecond) / median(raw, Rate::perSecond),
          median(raw, Rate::cpuMicros) / median(store, Rate::cpuMicros));
    }
  }

  /** What one round came to. */
  private record Rate(double perSecond, double cpuMicros) {}

  private static double median(List<Rate> rates, ToDoubleFunction<Rate> of) {
    return rates.stream().mapToDouble(of).sorted().toArray()[rates.size() / 2];
  }

  private static String spread(List<Rate> rates) {
    double[] sorted = rates.stream().mapToDouble(Rate::perSecond).sorted().toArray();
    return "%,.0f rows/s (%,.0f-%,.0f), cpu %.1f us"
        .formatted(
            median(rates, Rate::perSecond),
            sorted[0],
            sorted[sorted.length - 1],
            median(rates, Rate::cpuMicros));
  }

  private Rate raw(int producers) throws Exception {
    Path file = newFile();
    try (RawGroupCommit raw = new RawGroupCommit(Connections.writer(new StoreUrl(file)), TEXT)) {
      return rate(producers, "raw-write", raw::append);
    }
  }

  private Rate store(int producers) throws IOException, InterruptedException {
    Path file = newFile();
    Instant now = ManualClock.atNoon().instant();
    Actor ana = new Actor.Human(new Person(new UserRef("web", "u-ana"), "Ana"));
    LongAdder number = new LongAdder();
    StoreOpening opening =
        SqlStore.open("jdbc:sqlite:" + file, ManualClock.atNoon(), () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      return rate(
          producers,
          "muster-store-write",
          () -> {
            number.increment();
            NewEntry entry =
                new NewEntry(
                    now,
                    EntryKind.MESSAGE_LOGGED,
                    ana,
                    TEXT,
                    "",
                    "web:c-1/m-" + number,
                    Map.of("thread", "m-1"));
            store.run(tx -> tx.timeline().append(new Stream(1), entry, now));
          });
    }
  }

  private Rate rate(int producers, String writer, Runnable append) throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    LongAdder done = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    long began = System.nanoTime();
    for (int i = 0; i < producers; i++) {
      Thread thread =
          new Thread(
              () -> {
                while (!stop.get()) {
                  append.run();
                  done.increment();
                }
              });
      threads.add(thread);
      thread.start();
    }
    long until = began + nanos;
    while (System.nanoTime() < until) {
      threads.get(0).join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
    }
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Rate(done.sum() / seconds, cpuOf(writer) / 1e3 / done.sum());
  }

  /** Nanoseconds since the thread began; it lives as long as one round. */
  private static long cpuOf(String thread) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo found = threads.getThreadInfo(id);
      if (found != null && found.getThreadName().equals(thread)) {
        return threads.getThreadCpuTime(id);
      }
    }
    throw new IllegalStateException("no thread " + thread);
  }

  private static Path newFile() throws IOException {
    Path file = Files.createTempDirectory("throughput").resolve("muster.db");
    EmptyStore.copyTo(file);
    file.toFile().deleteOnExit();
    return file;
  }
}
