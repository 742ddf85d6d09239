// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the timeline with what is not needed at once: the search index and the signed heads of
 * chains. A stream's head is signed after every 100 facts, when its incident is closed, when the
 * store is closed, and at the latest some minutes after its last fact. Beside that it has the file
 * looked through from time to time.
 */
final class Follower implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);
  private static final long IDLE_LOOK_SECONDS = 60;

  /** At most a twentieth of the writer's time is ours. */
  private static final long REST_PER_WORK = 19;

  private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);

  private final SqlStore store;
  private final Checkpoints checkpoints;
  private final FileCheck fileCheck;
  private final InstantSource clock;
  private final Thread thread = new Thread(this::follow, "muster-store-follow");
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Long> behind = new HashMap<>();
  private final Set<Long> unsigned = new HashSet<>();
  private final Map<Long, Long> signedUpTo = new HashMap<>();
  private Instant lastSweep = Instant.MIN;
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
    grown(left);
    thread.start();
  }

  /** These streams now reach up to these places. */
  void grown(Map<Long, Long> streams) {
    lock.lock();
    try {
      streams.forEach((stream, seq) -> behind.merge(stream, seq, Math::max));
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
      while ((working || !behind.isEmpty()) && !closing) {
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
        next.forEach(this::catchUp);
        sweepWhenDue();
        fileCheck.whenDue();
        standBack(REST_PER_WORK * (System.nanoTime() - began));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    unsigned.addAll(behind.keySet());
    sweep();
  }

  /** Leaves the writer to the others for a while, unless somebody waits for us. */
  private void standBack(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (left > 0 && settlers == 0 && !closing) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean ended() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private Map<Long, Long> next() throws InterruptedException {
    lock.lock();
    try {
      working = false;
      changed.signalAll();
      boolean waits = true;
      while (behind.isEmpty() && !closing && waits) {
        waits = changed.await(IDLE_LOOK_SECONDS, TimeUnit.SECONDS);
      }
      working = true;
      Map<Long, Long> taken = closing ? Map.of() : Map.copyOf(behind);
      taken.keySet().forEach(behind::remove);
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Follows one stream a few facts further; what is left then comes round again. */
  private void catchUp(long stream, long seq) {
    try {
      SearchFeed.Fed fed = store.run(tx -> SearchFeed.feed(((SqlTx) tx).statements(), stream));
      unsigned.add(stream);
      if (fed.more()) {
        grown(Map.of(stream, seq));
      }
      long behindSignature = seq - signedUpTo.getOrDefault(stream, 0L);
      if (fed.closed() || behindSignature >= Checkpoints.EVERY) {
        sign(stream);
      }
    } catch (RuntimeException e) {
      LOG.warn("the search index is behind; it catches up at the next start", e);
    }
  }

  private void sweepWhenDue() {
    Instant now = clock.instant();
    if (Duration.between(lastSweep, now).compareTo(SWEEP_EVERY) >= 0) {
      lastSweep = now;
      sweep();
    }
  }

  private void sweep() {
    try {
      Set.copyOf(unsigned).forEach(this::sign);
    } catch (RuntimeException e) {
      LOG.warn("heads of chains could not be signed", e);
    }
  }

  private void sign(long stream) {
    Optional<Checkpoints.Draft> draft =
        store.read(tx -> checkpoints.sign(((SqlTx) tx).statements(), stream, clock.instant()));
    if (draft.isPresent()) {
      write(stream, draft.get());
    }
    unsigned.remove(stream);
  }

  private void write(long stream, Checkpoints.Draft draft) {
    store.run(
        tx -> {
          Checkpoints.write(((SqlTx) tx).statements(), draft);
          return true;
        });
    signedUpTo.put(stream, draft.head().seq());
    noteOutside(draft.head());
  }

  private void noteOutside(Checkpoints.Head head) {
    LOG.atInfo().addKeyValue("checkpoint", head.number()).log("chain signed");
    try {
      checkpoints.note(head);
    } catch (IOException e) {
      LOG.warn("the newest checkpoint could not be noted beside the database", e);
    }
  }
}
