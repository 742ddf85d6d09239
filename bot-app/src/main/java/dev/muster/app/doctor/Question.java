// SPDX-License-Identifier: Apache-2.0
package dev.muster.app.doctor;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks something that may take long or break, and waits for the answer half a minute at most. */
final class Question {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Question() {}

  /** Returns the answer; empty when there is none in time, which says nothing of what was asked. */
  static <T> Optional<T> ask(ExecutorService executor, Callable<T> question) {
    Future<T> asked = executor.submit(question);
    try {
      return Optional.of(asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (TimeoutException | ExecutionException e) {
      asked.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
