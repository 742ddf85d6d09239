// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.timeline.Stream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the timeline with what is not needed at once: the search index. */
final class Follower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  private final SqlStore store;
  private final Thread thread = new Thread(this::follow, "muster-store-follow");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Long> behind = new HashMap<>();
  private boolean working;
  private boolean closing;

  Follower(SqlStore store) {
    this.store = store;
  }

  /** Begins with everything that was left behind when the store was closed. */
  void start(Map<Long, Long> left) {
    grown(left);
    thread.start();
  }

  /** These streams now reach up to these places. */
  void grown(Map<Long, Long> streams) {
    lock.lock();
    try {
      streams.forEach((stream, seq) -> behind.merge(stream, seq, Math::max));
      behind.remove(Stream.JOURNAL.number());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything that has been told of is followed. */
  void settle() throws InterruptedException {
    lock.lock();
    try {
      while ((working || !behind.isEmpty()) && !closing) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws InterruptedException {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.join();
  }

  private void follow() {
    try {
      for (Map<Long, Long> next = next(); !next.isEmpty(); next = next()) {
        catchUp(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<Long, Long> next() throws InterruptedException {
    lock.lock();
    try {
      working = false;
      changed.signalAll();
      while (behind.isEmpty() && !closing) {
        changed.await();
      }
      if (closing) {
        return Map.of();
      }
      working = true;
      Map<Long, Long> taken = Map.copyOf(behind);
      behind.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void catchUp(Map<Long, Long> streams) {
    try {
      for (long stream : streams.keySet()) {
        boolean more = true;
        while (more) {
          more = store.run(tx -> SearchFeed.feed(((SqlTx) tx).statements(), stream));
        }
      }
    } catch (RuntimeException e) {
      LOG.warn("the search index is behind; it catches up at the next start", e);
    }
  }
}
