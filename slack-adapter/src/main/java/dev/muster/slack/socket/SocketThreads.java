// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one set of connections, all ended by {@link #close()}.
 *
 * @param loop looks after the connections; everything about them is decided on it
 * @param readers one for each connection
 * @param workers answer what people do by hand, which may take two seconds
 */
record SocketThreads(
    ScheduledExecutorService loop, ExecutorService readers, ExecutorService workers)
    implements AutoCloseable {

  private static final int MOST_WORKERS = 16;
  private static final long LAST_ANSWERS_MS = 2_500;

  static SocketThreads make() {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            0,
            MOST_WORKERS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            named("slack-socket-worker"),
            // Whoever reads does it himself then, and so reads no more than can be answered.
            new ThreadPoolExecutor.CallerRunsPolicy());
    return new SocketThreads(
        Executors.newSingleThreadScheduledExecutor(named("slack-socket-loop")),
        Executors.newCachedThreadPool(named("slack-socket-reader")),
        workers);
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Waits a moment for answers under way. */
  void finishAnswers() {
    workers.shutdown();
    await(workers, LAST_ANSWERS_MS);
  }

  /** Waits a moment until the readers have ended by themselves. */
  void finishReading(long millis) {
    readers.shutdown();
    await(readers, millis);
  }

  private static void await(ExecutorService executor, long millis) {
    try {
      executor.awaitTermination(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    loop.shutdownNow();
    workers.shutdownNow();
    readers.shutdownNow();
  }
}
