// SPDX-License-Identifier: Apache-2.0
package dev.muster.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Throws generated input at a parser, case after case, each from a seed of its own. A case that
 * throws, or takes longer than {@link #LONGEST}, fails and says the seed that repeats it:
 *
 * <pre>-Dmuster.seed=N            begins with that seed
 * -Dmuster.fuzz.seconds=30   how long {@link #forLong} goes on</pre>
 */
public final class GeneratedCases {

  /** One case; a machine under load does none in this time that the parser would do at once. */
  public static final Duration LONGEST = Duration.ofSeconds(15);

  private static final long EVERYDAY_SEED = 20_261_122;
  private static final int SECONDS = 30;

  /** What is done with the input of one case. */
  @FunctionalInterface
  public interface Case {
    /** Makes its input, gives it to the parser and checks what comes out. */
    void run(Garble garble) throws Exception;
  }

  private final String parser;
  private final Case one;
  private final AtomicLong current = new AtomicLong();
  private final AtomicLong began = new AtomicLong(System.nanoTime());
  private final AtomicReference<AssertionError> failure = new AtomicReference<>();

  private volatile String slowest = "none";
  private long most;

  private GeneratedCases(String parser, Case one) {
    this.parser = parser;
    this.one = one;
  }

  /** Runs so many cases, the same ones every day. */
  public static void some(String parser, int cases, Case one) {
    new GeneratedCases(parser, one)
        .run(Long.getLong("muster.seed", EVERYDAY_SEED), cases, Long.MAX_VALUE);
  }

  /**
   * Runs cases for half a minute, the same ones each time, so that whoever changes something else
   * is not told of an old fault. With {@code muster.fuzz.seconds} it looks for new ones: for as
   * long as was asked for, others every time unless a seed is given.
   *
   * @param seed of the first case
   * @param cases how many at most
   */
  public static void forLong(String parser, long seed, long cases, Case one) {
    Integer wanted = Integer.getInteger("muster.fuzz.seconds");
    boolean searching = wanted != null;
    new GeneratedCases(parser, one)
        .run(
            Long.getLong("muster.seed", searching ? System.nanoTime() >>> 8 : seed),
            searching ? Long.MAX_VALUE : cases,
            System.nanoTime() + Duration.ofSeconds(searching ? wanted : SECONDS).toNanos());
  }

  private void run(long seed, long cases, long until) {
    long start = System.nanoTime();
    Thread worker = new Thread(() -> work(seed, cases, until), "generated-" + parser);
    worker.setDaemon(true);
    worker.start();
    try {
      while (worker.isAlive()) {
        worker.join(200);
        if (System.nanoTime() - began.get() > LONGEST.toNanos() && worker.isAlive()) {
          throw stuck(worker);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    System.out.println(
        "generated "
            + parser
            + " seed="
            + seed
            + " cases="
            + (current.get() - seed + 1)
            + " millis="
            + (System.nanoTime() - start) / 1_000_000
            + " slowest="
            + slowest);
  }

  private AssertionError stuck(Thread worker) {
    AssertionError stuck =
        new AssertionError(
            parser + " takes longer than " + LONGEST + ": -Dmuster.seed=" + current.get());
    stuck.setStackTrace(worker.getStackTrace());
    return stuck;
  }

  private void work(long seed, long cases, long until) {
    for (long i = 0; i < cases && System.nanoTime() < until && failure.get() == null; i++) {
      current.set(seed + i);
      began.set(System.nanoTime());
      Garble garble = new Garble(seed + i);
      try {
        one.run(garble);
      } catch (Exception | Error e) {
        failure.set(
            new AssertionError(
                parser + " failed: -Dmuster.seed=" + (seed + i) + "\n" + garble.last(), e));
      }
      remember(seed + i, System.nanoTime() - began.get());
    }
  }

  private void remember(long seed, long nanos) {
    if (nanos > most) {
      most = nanos;
      slowest = seed + " in " + nanos / 1_000_000 + " ms";
    }
  }
}
