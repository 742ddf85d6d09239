// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.spi.Elapsed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the timeline with what is not needed at once: the search index and the signed heads of
 * chains. A stream's head is signed after every 100 facts, when its incident is closed, when the
 * store is closed, and at the latest some minutes after its last fact. Beside that it reminds of
 * looking through the file.
 */
final class Follower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final long IDLE_LOOK_SECONDS = 60;

  /** At most a twentieth of the writer's time is ours while others want it. */
  private static final long REST_PER_WORK = 19;

  /** A quarter while nobody does, so that what was left behind does not take hours. */
  private static final long IDLE_REST_PER_WORK = 3;

  /** What comes close together is followed in one commit; searching waits for it that long. */
  private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Signing takes a good part of a millisecond; a reading must not last long. */
  private static final int SIGNED_AT_ONCE = 100;

  private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);
  private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(1);

  private final SqlStore store;
  private final Checkpoints checkpoints;
  private final FileCheck fileCheck;
  private final InstantSource clock;
  private final Thread thread = new Thread(this::follow, "muster-store-follow");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Long> fresh = new LinkedHashMap<>();
  private final Map<Long, Long> backlog = new LinkedHashMap<>();
  private final Map<Long, Long> failed = new LinkedHashMap<>();
  private final Set<Long> unsigned = new HashSet<>();
  private final Map<Long, Long> signedUpTo = new HashMap<>();
  private Instant lastSweep = Instant.MIN;
  private Instant lastFailure = Instant.MIN;
  private int settlers;
  private boolean working;
  private boolean closing;

  Follower(SqlStore store, Checkpoints checkpoints, FileCheck fileCheck, InstantSource clock) {
    this.fileCheck = fileCheck;
    this.store = store;
    this.checkpoints = checkpoints;
    this.clock = clock;
  }

  /** Begins with everything that was left behind when the store was closed. */
  void start(Map<Long, Long> left) {
    lastSweep = clock.instant();
    backlog.putAll(left);
    thread.start();
  }

  /** These streams now reach up to these places. */
  void grown(Map<Long, Long> streams) {
    lock.lock();
    try {
      streams.forEach((stream, seq) -> fresh.merge(stream, seq, Math::max));
      if (!working) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until everything that has been told of is followed. */
  void settle() throws InterruptedException {
    lock.lock();
    settlers++;
    changed.signalAll();
    try {
      while ((working || isBehind()) && !closing) {
        changed.await();
      }
    } finally {
      settlers--;
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
      while (!ended()) {
        Map<Long, Long> next = next();
        long began = System.nanoTime();
        catchUp(next);
        sweepWhenDue();
        fileCheck.remind();
        standBack(System.nanoTime() - began);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    unsigned.addAll(fresh.keySet());
    unsigned.addAll(backlog.keySet());
    unsigned.addAll(failed.keySet());
    sweep();
  }

  /** Leaves the writer to the others for a while, unless somebody waits for us. */
  private void standBack(long worked) throws InterruptedException {
    long rest = worked * (store.isIdle() ? IDLE_REST_PER_WORK : REST_PER_WORK);
    lock.lock();
    try {
      long left = Math.max(rest, SHORTEST_REST_NANOS);
      while (left > 0 && settlers == 0 && !closing) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isBehind() {
    return !fresh.isEmpty() || !backlog.isEmpty();
  }

  private boolean ended() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /** What was said just now is found before what was left behind. */
  private Map<Long, Long> next() throws InterruptedException {
    lock.lock();
    try {
      working = false;
      changed.signalAll();
      boolean waits = true;
      while (!isBehind() && !closing && waits) {
        waits = changed.await(IDLE_LOOK_SECONDS, TimeUnit.SECONDS);
      }
      working = true;
      tryAgainWhenDue();
      Map<Long, Long> taken = new LinkedHashMap<>();
      if (!closing) {
        take(fresh, taken);
        take(backlog, taken);
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void tryAgainWhenDue() {
    Instant now = clock.instant();
    if (Elapsed.isOver(lastFailure, TRIED_AGAIN_AFTER, now)) {
      failed.forEach((stream, seq) -> backlog.merge(stream, seq, Math::max));
      failed.clear();
    }
  }

  private static void take(Map<Long, Long> from, Map<Long, Long> into) {
    Iterator<Map.Entry<Long, Long>> each = from.entrySet().iterator();
    while (each.hasNext() && into.size() < SearchFeed.AT_ONCE) {
      Map.Entry<Long, Long> stream = each.next();
      into.merge(stream.getKey(), stream.getValue(), Math::max);
      each.remove();
    }
  }

  /** Follows some streams a few facts further; what is left then comes round again. */
  private void catchUp(Map<Long, Long> streams) {
    if (streams.isEmpty()) {
      return;
    }
    try {
      Map<Long, SearchFeed.Fed> fed =
          store.run(tx -> SearchFeed.feed(((SqlTx) tx).statements(), streams.keySet()));
      leave(streams, fed);
      unsigned.addAll(fed.keySet());
      List<Long> due =
          fed.keySet().stream()
              .filter(stream -> fed.get(stream).closed() || isSignedLongAgo(stream, streams))
              .toList();
      sign(due);
    } catch (RuntimeException | Error e) {
      LOG.warn("the search index is behind; it is tried again in a minute", e);
      putBack(streams);
    }
  }

  private void putBack(Map<Long, Long> streams) {
    lock.lock();
    try {
      lastFailure = clock.instant();
      streams.forEach((stream, seq) -> failed.merge(stream, seq, Math::max));
    } finally {
      lock.unlock();
    }
  }

  private boolean isSignedLongAgo(long stream, Map<Long, Long> streams) {
    return streams.get(stream) - signedUpTo.getOrDefault(stream, 0L) >= Checkpoints.EVERY;
  }

  private void leave(Map<Long, Long> streams, Map<Long, SearchFeed.Fed> fed) {
    lock.lock();
    try {
      streams.forEach(
          (stream, seq) -> {
            if (!fed.containsKey(stream) || fed.get(stream).more()) {
              backlog.merge(stream, seq, Math::max);
            }
          });
    } finally {
      lock.unlock();
    }
  }

  private void sweepWhenDue() {
    Instant now = clock.instant();
    if (Elapsed.isOver(lastSweep, SWEEP_EVERY, now)) {
      lastSweep = now;
      sweep();
    }
  }

  private void sweep() {
    try {
      sign(List.copyOf(unsigned));
    } catch (RuntimeException | Error e) {
      LOG.warn("heads of chains could not be signed", e);
    }
  }

  private void sign(List<Long> streams) {
    for (int from = 0; from < streams.size(); from += SIGNED_AT_ONCE) {
      signSome(streams.subList(from, Math.min(streams.size(), from + SIGNED_AT_ONCE)));
    }
  }

  private void signSome(List<Long> streams) {
    List<Checkpoints.Draft> drafts =
        store.read(tx -> checkpoints.sign(((SqlTx) tx).statements(), streams, clock.instant()));
    if (!drafts.isEmpty()) {
      write(drafts);
    }
    unsigned.removeAll(streams);
  }

  private void write(List<Checkpoints.Draft> drafts) {
    store.run(
        tx -> {
          drafts.forEach(draft -> Checkpoints.write(((SqlTx) tx).statements(), draft));
          return true;
        });
    drafts.forEach(draft -> signedUpTo.put(draft.signed().stream(), draft.head().seq()));
    noteOutside(drafts.get(drafts.size() - 1).head());
  }

  private void noteOutside(Checkpoints.Head head) {
    LOG.atDebug().addKeyValue("checkpoint", head.number()).log("chain signed");
    try {
      checkpoints.note(head);
    } catch (IOException e) {
      LOG.warn("the newest checkpoint could not be noted beside the database", e);
    }
  }
}
