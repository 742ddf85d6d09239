// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.crash.DiskWindow.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bot on a disk that fills up at any point of its work and is cleared again. While it is full,
 * nothing is acknowledged that is not stored, and reading goes on; afterwards everything does.
 */
final class DiskFullTrial implements AutoCloseable {

  /** Until it must take everything again once there is room. */
  private static final long GREEN_WITHIN_SECONDS = 30;

  /**
   * While the log of the database is written over from its beginning nothing grows: that is 16 MB
   * of work, which a busy machine takes its time for.
   */
  private static final long FULL_WITHIN_SECONDS = 4 * CrashBot.PATIENCE_SECONDS;

  private static final long PLENTY = 1L << 30;
  private static final int WORKERS = 3;
  private static final int LEAST_REFUSED = 3;
  private static final int MOST_BYTES_LEFT = 60_000;

  private final DiskWindow disk;
  private final CrashTrial trial;
  private final Actions.Place place;
  private final AtomicBoolean full = new AtomicBoolean();
  private long longestUntilGreen;

  DiskFullTrial(Path folder) {
    disk = new DiskWindow(folder.resolve("bot/data"), folder.resolve("disk"));
    disk.set(Order.SIZE, 4 * PLENTY);
    disk.set(Order.ROOM, PLENTY);
    disk.set(Order.ROOM_ON, 1);
    trial = new CrashTrial(folder.resolve("bot"), "full", null);
    trial.bot().environment(disk.failing());
    trial.bot().start();
    place = trial.actions().placeOf(trial.actions().declare("ada"));
  }

  /** Fills the disk while people work, clears it, and returns what is wrong. */
  List<String> fill(Random random) {
    List<String> problems = new ArrayList<>();
    long refused = disk.get(Order.REFUSED);
    full.set(false);
    disk.set(Order.ROOM, random.nextInt(MOST_BYTES_LEFT));
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      Random own = new Random(random.nextLong());
      workers.add(CrashTrial.meanwhile(() -> work(own)));
    }
    Sender.await(
        "the disk is full",
        FULL_WITHIN_SECONDS,
        () -> Sender.when(disk.get(Order.REFUSED) >= refused + LEAST_REFUSED));
    if (trial.sender().get("/api/v1/incidents/" + place.incident()).path("id").isMissingNode()) {
      problems.add("an incident could not be read while the disk was full");
    }
    full.set(true);
    disk.set(Order.ROOM, PLENTY);
    long began = System.nanoTime();
    workers.forEach(CrashTrial::finish);
    trial.sender().settle();
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    longestUntilGreen = Math.max(longestUntilGreen, seconds);
    if (seconds > GREEN_WITHIN_SECONDS) {
      problems.add("it took " + seconds + " s until everything was taken again");
    }
    if (!trial.bot().isAlive()) {
      problems.add("the process ended");
    }
    problems.addAll(trial.problems());
    return problems;
  }

  /** Returns how many writes the disk refused. */
  long refused() {
    return disk.get(Order.REFUSED);
  }

  /** Returns how long it took at most until everything was taken again, in seconds. */
  long longestUntilGreen() {
    return longestUntilGreen;
  }

  /** Returns how many inputs were acknowledged. */
  int acknowledged() {
    return trial.ledger().size();
  }

  private void work(Random random) {
    Actions actions = trial.actions();
    while (!full.get()) {
      switch (random.nextInt(20)) {
        case 0 -> actions.declare("u" + random.nextInt(30));
        case 1 -> actions.alert();
        case 2 -> actions.rollBack("ada", place);
        default -> actions.say("u" + random.nextInt(30), place);
      }
    }
  }

  @Override
  public void close() {
    trial.close();
  }
}
