// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.spi.Elapsed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads through the database every hour and looks for damage. Small files are looked through before
 * they are opened, large ones soon afterwards, because that takes seconds, for which nothing waits.
 * When the clock was put back it looks at once.
 */
final class FileCheck implements AutoCloseable {

  /** Up to this size a file is looked through before it is opened; about a quarter of a second. */
  static final long SMALL_BYTES = 64L << 20;

  /** Answers {@code ok}, or says in a line what is wrong. */
  static final String SQL = "PRAGMA quick_check(1)";

  /** As {@link #SQL}; compares each index with its table as well. */
  static final String DEEP_SQL = "PRAGMA integrity_check(1)";

  private static final Logger LOG = LoggerFactory.getLogger(FileCheck.class);
  private static final Duration EVERY = Duration.ofHours(1);

  private final SqlStore store;
  private final InstantSource clock;
  private final Consumer<StoreFailure> onDamage;
  private final Semaphore reminders = new Semaphore(0);
  private final Thread thread = new Thread(this::follow, "muster-store-look");
  private volatile boolean closing;
  private Instant last;

  /**
   * @param checked whether the file was looked through when it was opened
   * @param onDamage told what is wrong
   */
  FileCheck(SqlStore store, InstantSource clock, boolean checked, Consumer<StoreFailure> onDamage) {
    this.store = store;
    this.clock = clock;
    this.onDamage = onDamage;
    last = checked ? clock.instant() : Instant.MIN;
  }

  void start() {
    thread.start();
  }

  /** Has the file looked through beside the caller when that is due. Any thread; never waits. */
  void remind() {
    if (reminders.availablePermits() == 0) {
      reminders.release();
    }
  }

  /** Ends a look that has begun; through a large file it may take minutes. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    reminders.release();
    thread.join();
  }

  private void follow() {
    try {
      awaitReminder();
      while (!closing) {
        whenDue();
        awaitReminder();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes all reminders at once; the one that comes with closing may be among them. */
  private void awaitReminder() throws InterruptedException {
    reminders.acquire();
    reminders.drainPermits();
  }

  /** Looks through the file now when that is due. One thread. */
  void whenDue() {
    Instant now = clock.instant();
    if (!Elapsed.isOver(last, EVERY, now)) {
      return;
    }
    last = now;
    try {
      damage().ifPresent(onDamage);
    } catch (RuntimeException | Error e) {
      // A look that was ended says nothing about the file.
      if (!closing) {
        LOG.warn("the database file could not be looked through", e);
      }
    }
  }

  private Optional<StoreFailure> damage() {
    try {
      String found = store.readAnew(tx -> lookedThrough(((SqlTx) tx).statements()));
      return found.equals("ok")
          ? Optional.empty()
          : Optional.of(new StoreFailure(StoreFailure.Trouble.DAMAGED, found, null));
    } catch (StoreFailure e) {
      if (e.damaged()) {
        return Optional.of(e);
      }
      throw e;
    }
  }

  private String lookedThrough(Statements statements) {
    statements.endWhen(() -> closing);
    return statements.first(SQL, row -> row.getString(1)).orElse("no answer");
  }
}
