// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

import java.time.Duration;
import java.util.function.Function;

/**
 * What became of one call to a chat platform.
 *
 * @param <T> what a finished call hands back
 */
public sealed interface ChatOutcome<T> {

  /**
   * It is done.
   *
   * @param value what the platform handed back
   */
  record Done<T>(T value) implements ChatOutcome<T> {}

  /**
   * It was not done and may be asked again.
   *
   * @param reason for log and timeline; free of secrets and people's words
   * @param after how long to wait first
   */
  record RetryLater<T>(String reason, Duration after) implements ChatOutcome<T> {}

  /**
   * It was not done and asking again will not help.
   *
   * @param reason for log, timeline and people; free of secrets
   */
  record Refused<T>(String reason) implements ChatOutcome<T> {}

  /**
   * It may have been done. Ask again with the same key: the adapter looks first.
   *
   * @param reason for log and timeline; free of secrets
   */
  record Unknown<T>(String reason) implements ChatOutcome<T> {}

  /** Returns a finished outcome without a value worth naming. */
  static ChatOutcome<Nothing> done() {
    return new Done<>(Nothing.NOTHING);
  }

  /** The absence of a value. */
  enum Nothing {
    /** The only one. */
    NOTHING
  }

  /** Applies the function that fits this outcome. */
  default <R> R match(
      Function<T, R> done,
      Function<RetryLater<T>, R> later,
      Function<String, R> refused,
      Function<String, R> unknown) {
    if (this instanceof Done<T> d) {
      return done.apply(d.value());
    }
    if (this instanceof RetryLater<T> r) {
      return later.apply(r);
    }
    if (this instanceof Refused<T> r) {
      return refused.apply(r.reason());
    }
    return unknown.apply(((Unknown<T>) this).reason());
  }

  /** Returns this outcome with its value changed by {@code change}. */
  default <R> ChatOutcome<R> map(Function<T, R> change) {
    return match(
        value -> new Done<>(change.apply(value)),
        later -> new RetryLater<>(later.reason(), later.after()),
        Refused::new,
        Unknown::new);
  }
}
