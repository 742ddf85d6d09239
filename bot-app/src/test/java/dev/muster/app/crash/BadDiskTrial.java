// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import dev.muster.app.crash.DiskWindow.Order;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A bot whose disk fails one sync or one write with an I/O error while people work with it. It ends
 * at once and plainly; the next start finds everything that was acknowledged. SQLite alone looks
 * after a failure while it copies its log into the file: nothing was promised by that, so the bot
 * goes on.
 */
final class BadDiskTrial implements AutoCloseable {

  /** So many fail between two looks at everything, each of which reads all there is. */
  private static final int FAILURES_PER_LOOK = 5;

  private static final int WORKERS = 2;
  private static final int LATEST = 60;

  private final DiskWindow disk;
  private final CrashTrial trial;
  private final Actions.Place place;
  private int ended;

  BadDiskTrial(Path folder) {
    disk = new DiskWindow(folder.resolve("bot/data"), folder.resolve("disk"));
    trial = new CrashTrial(folder.resolve("bot"), "bad", null);
    trial.bot().environment(disk.failing());
    trial.bot().start();
    place = trial.actions().placeOf(trial.actions().declare("ada"));
  }

  /** Lets so many syncs and writes fail, one after another, and says what went wrong first. */
  List<String> fail(int times, Random random) {
    List<String> problems = new ArrayList<>();
    for (int time = 1; time <= times && problems.isEmpty(); time++) {
      fail(random).ifPresent(problems::add);
      if (time % FAILURES_PER_LOOK == 0 || time == times || !problems.isEmpty()) {
        problems.addAll(trial.problems());
      }
    }
    return problems;
  }

  /** Lets one fail and starts the bot again if it ended; returns how it ended if that is wrong. */
  private Optional<String> fail(Random random) {
    boolean sync = random.nextBoolean();
    Order fails = sync ? Order.SYNC_FAILS_AT : Order.WRITE_FAILS_AT;
    Order counts = sync ? Order.SYNCS : Order.WRITES;
    long at = disk.get(counts) + 5 + random.nextInt(sync ? LATEST : 5 * LATEST);
    disk.set(fails, at);
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      Random own = new Random(random.nextLong());
      workers.add(CrashTrial.meanwhile(() -> work(over, own)));
    }
    Sender.await(
        "the disk failed",
        CrashBot.PATIENCE_SECONDS,
        () -> Sender.when(disk.get(counts) >= at || !trial.bot().isAlive()));
    Optional<Integer> code = awaitEnd();
    over.set(true);
    if (code.isPresent()) {
      ended++;
      trial.bot().start();
    }
    workers.forEach(CrashTrial::finish);
    return code.filter(ended -> ended != CrashChild.STORE_BROKE)
        .map(ended -> "the process ended with " + ended);
  }

  /** It has stopped when two more syncs of its went well, or it has ended. */
  private Optional<Integer> awaitEnd() {
    long went = disk.get(Order.SYNCS) + 20;
    Sender.await(
        "the bot ended or went on",
        CrashBot.PATIENCE_SECONDS,
        () -> Sender.when(!trial.bot().isAlive() || disk.get(Order.SYNCS) >= went));
    return trial.bot().exitCode();
  }

  /** Lets every sync take longer while people work, and says what is wrong. */
  List<String> slow(long millis, int messages) {
    disk.set(Order.SYNC_DELAY_MICROS, TimeUnit.MILLISECONDS.toMicros(millis));
    for (int message = 0; message < messages; message++) {
      trial.actions().say("u" + message, place);
    }
    trial.actions().placeOf(trial.actions().alert());
    List<String> problems = trial.problems();
    disk.set(Order.SYNC_DELAY_MICROS, 0);
    return problems;
  }

  /** Returns after how many failures the process ended. */
  int ended() {
    return ended;
  }

  /** Returns how many inputs were acknowledged. */
  int acknowledged() {
    return trial.ledger().size();
  }

  private void work(AtomicBoolean over, Random random) {
    Actions actions = trial.actions();
    while (!over.get()) {
      switch (random.nextInt(12)) {
        case 0 -> actions.declare("u" + random.nextInt(30));
        case 1 -> actions.alert();
        default -> actions.say("u" + random.nextInt(30), place);
      }
    }
  }

  @Override
  public void close() {
    trial.close();
  }
}
