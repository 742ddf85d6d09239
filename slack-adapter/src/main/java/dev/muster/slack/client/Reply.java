// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.client;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.chat.spi.ChatOutcome.Nothing;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one call to Slack brought.
 *
 * @param <R> the SDK's answer
 */
public sealed interface Reply<R> {

  /**
   * Slack did it and said so.
   *
   * @param body the answer
   */
  record Got<R>(R body) implements Reply<R> {}

  /**
   * It did not work, or nobody knows.
   *
   * @param why what happened
   */
  record Failed<R>(Failure why) implements Reply<R> {}

  /** Applies the function that fits. */
  default <T> T match(Function<R, T> got, Function<Failure, T> failed) {
    return this instanceof Got<R> g ? got.apply(g.body()) : failed.apply(((Failed<R>) this).why());
  }

  /** Returns why it failed, if it did. */
  default Optional<Failure> failure() {
    return match(body -> Optional.empty(), Optional::of);
  }

  /** Returns whether it failed with that code. */
  default boolean failedWith(String code) {
    return failure().filter(f -> f.code().equals(code)).isPresent();
  }

  /** Returns the outcome, its value made from the answer. */
  default <T> ChatOutcome<T> outcome(Function<R, T> value) {
    return match(body -> new ChatOutcome.Done<>(value.apply(body)), Failure::outcome);
  }

  /** Returns the outcome of a call that hands nothing back; what is already so counts as done. */
  default ChatOutcome<Nothing> done() {
    return match(
        body -> ChatOutcome.done(),
        failure -> failure.kind() == ErrorClass.CONVERGED ? ChatOutcome.done() : failure.outcome());
  }
}
