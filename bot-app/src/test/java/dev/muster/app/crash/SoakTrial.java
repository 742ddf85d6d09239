// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The packaged program under a load that stays the same: alerts open incidents, people talk in
 * them, roll back, resolve and close. What it holds is read at even distances; at the end
 * everything is accounted for.
 */
final class SoakTrial implements AutoCloseable {

  private static final int WORKERS = 3;
  private static final long MILLIS_BETWEEN_INPUTS = 200;
  private static final int MESSAGES = 20;
  private static final int PEOPLE = 30;

  private final Receiver receiver = new Receiver();
  private final Ledger ledger = new Ledger();
  private final Semaphore turns = new Semaphore(0);
  private final AtomicBoolean over = new AtomicBoolean();
  private final PackagedBot bot;
  private final Sender sender;
  private final Actions actions;

  SoakTrial(Path jar, Path folder) {
    bot = new PackagedBot(jar, folder, receiver.url());
    sender = new Sender(bot);
    actions = new Actions(sender, ledger, "soak");
  }

  /** Lets it work for so long, and returns what is wrong. */
  List<String> run(Duration time) {
    List<SoakReading> readings = new ArrayList<>();
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    try {
      pace.scheduleAtFixedRate(this::nextTurn, 0, MILLIS_BETWEEN_INPUTS, TimeUnit.MILLISECONDS);
      for (int worker = 0; worker < WORKERS; worker++) {
        workers.add(CrashTrial.meanwhile(this::work));
      }
      CompletableFuture<Object> failed =
          CompletableFuture.anyOf(workers.toArray(CompletableFuture<?>[]::new));
      for (int reading = 0; reading < SoakReadings.WANTED; reading++) {
        pass(time.dividedBy(SoakReadings.WANTED), failed);
        readings.add(SoakReading.of(bot, ledger.size()));
      }
    } finally {
      over.set(true);
      turns.release(Integer.MAX_VALUE / 2);
      pace.shutdownNow();
    }
    workers.forEach(CrashTrial::finish);
    SoakReadings all = new SoakReadings(readings);
    System.out.println(ledger.size() + " inputs" + all);
    List<String> problems = new ArrayList<>(all.grown());
    if (sender.unanswered() > 0) {
      problems.add(sender.unanswered() + " times an input was sent and not acknowledged");
    }
    problems.addAll(CrashTrial.problems(bot, sender, ledger, receiver));
    return problems;
  }

  /** Returns how many inputs were acknowledged. */
  int acknowledged() {
    return ledger.size();
  }

  /** Turns that nobody took are lost, so that there is no rush after a pause. */
  private void nextTurn() {
    if (turns.availablePermits() == 0) {
      turns.release();
    }
  }

  /** Workers end when it is over; one that ends before has failed, and that is thrown. */
  private static void pass(Duration time, CompletableFuture<Object> failed) {
    CompletableFuture<Object> passed =
        new CompletableFuture<>().completeOnTimeout(time, time.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture.anyOf(passed, failed).join();
  }

  private void work() {
    for (int round = 0; !over.get(); round++) {
      turn();
      Actions.Place place = actions.placeOf(actions.alert());
      turn();
      actions.command("ada", place, "take");
      for (int message = 0; message < MESSAGES && !over.get(); message++) {
        turn();
        actions.say("u" + (round + message) % PEOPLE, place);
      }
      turn();
      actions.rollBack("ada", place);
      turn();
      actions.press("li", place, "approve");
      turn();
      actions.command("ada", place, "resolve it was rolled back");
      turn();
      actions.command("ada", place, "close");
    }
  }

  private void turn() {
    turns.acquireUninterruptibly();
  }

  @Override
  public void close() {
    bot.close();
    receiver.close();
  }
}
