// SPDX-License-Identifier: Apache-2.0
package dev.muster.command;

import dev.muster.incident.Rejection;
import java.util.function.Function;

/** What came of reading a part of a command: a value, or the reason why there is none. */
sealed interface Reading<T> {

  /** Goes on with the value, or keeps the refusal. */
  <R> Reading<R> then(Function<T, Reading<R>> next);

  /** Changes the value, or keeps the refusal. */
  default <R> Reading<R> map(Function<T, R> change) {
    return then(value -> new Read<>(change.apply(value)));
  }

  /** Ends the reading. */
  <R> R fold(Function<T, R> read, Function<Rejection, R> refused);

  static <T> Reading<T> of(T value) {
    return new Read<>(value);
  }

  static <T> Reading<T> refuse(Rejection rejection) {
    return new Refused<>(rejection);
  }

  record Read<T>(T value) implements Reading<T> {
    @Override
    public <R> Reading<R> then(Function<T, Reading<R>> next) {
      return next.apply(value);
    }

    @Override
    public <R> R fold(Function<T, R> read, Function<Rejection, R> refused) {
      return read.apply(value);
    }
  }

  record Refused<T>(Rejection rejection) implements Reading<T> {
    @Override
    public <R> Reading<R> then(Function<T, Reading<R>> next) {
      return new Refused<>(rejection);
    }

    @Override
    public <R> R fold(Function<T, R> read, Function<Rejection, R> refused) {
      return refused.apply(rejection);
    }
  }
}
