// SPDX-License-Identifier: Apache-2.0
package dev.muster.incident;

import java.util.function.Function;

/**
 * What came of something a person asked for: the value, or why there is none.
 *
 * @param <T> what was wanted
 */
public sealed interface Verdict<T> {

  /** Applies the function that fits. */
  <R> R match(Function<T, R> accepted, Function<Rejection, R> rejected);

  /** Returns a value. */
  static <T> Verdict<T> accept(T value) {
    return new Accepted<>(value);
  }

  /** Returns a refusal. */
  static <T> Verdict<T> reject(Rejection rejection) {
    return new Rejected<>(rejection);
  }

  /** Returns a refusal with a hint. */
  static <T> Verdict<T> reject(String reason, String sentence, String hint) {
    return new Rejected<>(new Rejection(reason, sentence, hint));
  }

  /**
   * It works.
   *
   * @param value what was wanted
   */
  record Accepted<T>(T value) implements Verdict<T> {
    @Override
    public <R> R match(Function<T, R> accepted, Function<Rejection, R> rejected) {
      return accepted.apply(value);
    }
  }

  /**
   * It does not, and this is why.
   *
   * @param rejection for the person who asked
   */
  record Rejected<T>(Rejection rejection) implements Verdict<T> {
    @Override
    public <R> R match(Function<T, R> accepted, Function<Rejection, R> rejected) {
      return rejected.apply(rejection);
    }
  }
}
