// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows a commit: senders that wait are released at once by the writer; futures with
 * followers and actions after the commit are looked after on a thread of their own, in the order of
 * the commits, so that nobody's code ever runs on the writer's thread.
 */
final class Aftermath implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
  private static final long LONGEST_END_SECONDS = 5;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "muster-store-after"));
  private final Consumer<Map<Long, Long>> grown;

  /**
   * @param grown told which streams have grown, and up to which place; must be quick
   */
  Aftermath(Consumer<Map<Long, Long>> grown) {
    this.grown = grown;
  }

  void tell(List<Job<?>> batch, Map<Long, Long> streams) {
    if (!streams.isEmpty()) {
      grown.accept(streams);
    }
    List<Job<?>> rest = new ArrayList<>();
    for (Job<?> job : batch) {
      if (!job.waitedFor() || !job.afterwards().isEmpty()) {
        rest.add(job);
      }
      if (job.waitedFor()) {
        job.complete();
      }
    }
    if (!rest.isEmpty()) {
      thread.execute(() -> rest.forEach(Aftermath::lookAfter));
    }
  }

  @Override
  public void close() throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("an action after a commit did not end");
      thread.shutdownNow();
    }
  }

  private static void lookAfter(Job<?> job) {
    if (!job.waitedFor()) {
      job.complete();
    }
    for (Runnable action : job.afterwards()) {
      try {
        action.run();
      } catch (RuntimeException e) {
        LOG.error("an action after a commit threw", e);
      }
    }
  }
}
