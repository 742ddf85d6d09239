// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.app.MovedOn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One bot, those who talk to it, and what they remember. */
final class CrashTrial implements AutoCloseable {

  private final Receiver receiver = new Receiver();
  private final Ledger ledger = new Ledger();
  private final CrashBot bot;
  private final Sender sender;
  private final Actions actions;

  CrashTrial(Path folder, String name, Path classesInFront) {
    bot = new CrashBot(folder, receiver.url(), "", classesInFront, new MovedOn(Duration.ZERO));
    sender = new Sender(bot);
    actions = new Actions(sender, ledger, name);
  }

  CrashBot bot() {
    return bot;
  }

  Sender sender() {
    return sender;
  }

  Actions actions() {
    return actions;
  }

  Receiver receiver() {
    return receiver;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Returns what is wrong, once nothing is pending. */
  List<String> problems() {
    return problems(bot, sender, ledger, receiver);
  }

  /** Returns what is wrong with any bot, once nothing is pending. */
  static List<String> problems(Bot bot, Sender sender, Ledger ledger, Receiver receiver) {
    List<String> problems = new ArrayList<>(Checker.problems(sender, ledger, receiver));
    WebSight sight = new WebSight(sender);
    Evidence evidence =
        new Evidence(
            bot.now(),
            ledger.heard(),
            StoreNow.read(bot.store()).at(bot::reallyAt),
            sight.rooms(),
            sight.announcements(),
            receiver.keys(),
            bot.sinks(),
            Evidence.Rules.USUAL);
    problems.addAll(Invariant.allBroken(evidence));
    return problems;
  }

  /** Fails when anything was lost, doubled or left lying. */
  void check() {
    assertEquals(List.of(), problems());
  }

  /** As {@link CrashBot#dieAt}. */
  void killAt(String pattern, Runnable stimulus) {
    bot.dieAt(pattern, stimulus);
  }

  /** As {@link CrashBot#dieTwice}. */
  void killTwice(String pattern, String inRecovery, Runnable stimulus) {
    bot.dieTwice(pattern, inRecovery, stimulus);
  }

  /** Does something on a thread of its own, which may wait for long. */
  static CompletableFuture<Void> meanwhile(Runnable stimulus) {
    return CompletableFuture.runAsync(
        stimulus,
        task -> {
          Thread thread = new Thread(task, "stimulus");
          thread.setDaemon(true);
          thread.start();
        });
  }

  /** Waits until everything is acknowledged. */
  static void finish(CompletableFuture<?> sent) {
    try {
      sent.get(CrashBot.DOWN_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("not everything was acknowledged", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    bot.close();
    receiver.close();
  }
}
