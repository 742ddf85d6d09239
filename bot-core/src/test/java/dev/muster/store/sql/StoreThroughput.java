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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

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
    out.println("producers   raw rows/s (min-max)   store rows/s (min-max)   ratio of medians");
    for (int producers : PRODUCERS) {
      double[] raw = new double[rounds];
      double[] store = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        raw[round] = raw(producers);
        store[round] = store(producers);
      }
      Arrays.sort(raw);
      Arrays.sort(store);
      out.printf(
          "%9d   %,8.0f (%,.0f-%,.0f)   %,8.0f (%,.0f-%,.0f)   %.2f%n",
          producers,
          raw[rounds / 2],
          raw[0],
          raw[rounds - 1],
          store[rounds / 2],
          store[0],
          store[rounds - 1],
          store[rounds / 2] / raw[rounds / 2]);
    }
  }

  private double raw(int producers) throws Exception {
    Path file = newFile();
    try (RawGroupCommit raw = new RawGroupCommit(Connections.writer(new StoreUrl(file)), TEXT)) {
      return rate(producers, raw::append);
    }
  }

  private double store(int producers) throws IOException, InterruptedException {
    Path file = newFile();
    Instant now = ManualClock.atNoon().instant();
    Actor ana = new Actor.Human(new Person(new UserRef("web", "u-ana"), "Ana"));
    LongAdder number = new LongAdder();
    StoreOpening opening =
        SqlStore.open("jdbc:sqlite:" + file, ManualClock.atNoon(), () -> "id", new Telemetry());
    try (SqlStore store = ((StoreOpening.Opened) opening).store()) {
      return rate(
          producers,
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

  private double rate(int producers, Runnable append) throws InterruptedException {
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
    return done.sum() / ((System.nanoTime() - began) / 1e9);
  }

  private static Path newFile() throws IOException {
    Path file = Files.createTempDirectory("throughput").resolve("muster.db");
    EmptyStore.copyTo(file);
    file.toFile().deleteOnExit();
    return file;
  }
}
