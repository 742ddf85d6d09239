// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Waits for what comes of its own accord, with a bot and with those outside that talk to it. Chats
 * take only so many messages a second, so the clock moves on while something waits for its turn.
 */
final class Waiting {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final BotHarness bot;
  private final BooleanSupplier others;

  /**
   * @param others lets everybody else do what they can do by now; whether they have come to rest
   */
  Waiting(BotHarness bot, BooleanSupplier others) {
    this.bot = bot;
    this.others = others;
  }

  /** Waits until all that was stored and all that is due has been handled and carried out. */
  void settle() {
    inTime("nothing waits", bot::isDone);
    others.getAsBoolean();
  }

  /** Looks until something is so; time passes while everybody waits for it, see the harness. */
  void inTime(String what, BooleanSupplier question) {
    find(what, () -> question.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Looks until something is there; time passes while everybody waits for it, see the harness. */
  <T> T find(String what, Supplier<Optional<T>> look) {
    return bot.inTime(what, SECOND, others, look);
  }

  /** Looks until the first that fits is there, and says what there is when it does not come. */
  <T> T first(String what, Supplier<Stream<T>> all, Predicate<T> wanted) {
    try {
      return find(what, () -> all.get().filter(wanted).findFirst());
    } catch (AssertionError late) {
      throw new AssertionError(late.getMessage() + "; there is " + all.get().toList(), late);
    }
  }
}
