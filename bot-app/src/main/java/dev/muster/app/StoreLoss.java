// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.chat.UtcText;
import dev.muster.http.AlertsAside;
import dev.muster.http.HttpServer;
import dev.muster.store.spool.SpoolFile;
import dev.muster.store.sql.KeptBackups;
import dev.muster.store.sql.SqlStore;
import dev.muster.store.sql.StoreFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last quarter of an hour of a program whose store is damaged: nothing is stored, alerts are
 * kept aside, everybody else is told why not, operators have the command. Then the program ends, as
 * it does at once when the disk itself fails, when the file was taken away, or when nothing can be
 * kept aside either.
 *
 * <pre>
 * running ──damaged──► keeping alerts aside ──15 min, full, asked to stop──► ending
 *    └─────────────────disk failed, file gone────────────────────────────────►┘
 * </pre>
 */
final class StoreLoss implements AutoCloseable {

  /** Long enough to restore a backup, short enough that a dead store is not overlooked. */
  static final Duration LASTS = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(StoreLoss.class);
  private static final Set<String> STILL = Set.of("/alerts/{source}", "/livez", "/metrics");

  private final Surroundings around;
  private final ScheduledExecutorService thread;
  private volatile StoreFailure cause;
  private List<AutoCloseable> idle = List.of();

  /**
   * What it stands on.
   *
   * @param store the database file
   * @param broken completed with what operators are told when the program is to end
   */
  record Surroundings(
      Path store,
      HttpServer server,
      AlertsAside aside,
      InstantSource clock,
      CompletableFuture<String> broken) {}

  /**
   * Creates it; it waits for {@link #watch}.
   *
   * @param thread its own; it ends with this
   */
  StoreLoss(Surroundings around, ScheduledExecutorService thread) {
    this.around = around;
    this.thread = thread;
  }

  /**
   * Begins as soon as the store takes nothing more, or at once when it does not any more.
   *
   * @param parts what has nothing to do without a store, and is ended then
   */
  void watch(SqlStore store, List<AutoCloseable> parts) {
    synchronized (this) {
      idle = List.copyOf(parts);
    }
    if (!around.broken().isDone()) {
      store.onBroken(this::begin);
    }
  }

  /** The store takes nothing more. Any thread may call; on return alerts are kept aside. */
  private synchronized void begin(StoreFailure found) {
    if (cause != null) {
      return;
    }
    cause = found;
    if (!found.damaged()) {
      around.broken().complete(found.getMessage());
      return;
    }
    DiskRoom.giveUp(around.store().getParent());
    Optional<String> trouble = around.aside().begin(spool(), this::overSoon);
    if (trouble.isPresent()) {
      LOG.error("alerts_not_kept_aside because={}", trouble.get());
      overSoon();
      return;
    }
    String until = UtcText.minute(around.clock().instant().plus(LASTS));
    around.server().shut("store_damaged", plain(until), STILL);
    try {
      thread.execute(this::tell);
      thread.execute(this::endIdle);
      thread.schedule(this::over, LASTS.toSeconds(), TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      // The program is being stopped.
      over();
    }
  }

  private Path spool() {
    return SpoolFile.beside(around.store());
  }

  /** Everybody may read this, so it names no place. */
  private static String plain(String until) {
    return "Muster's database is damaged, so nothing can be stored. Alerts are kept aside until "
        + until
        + ". An operator has to put the database back; the log has the command.";
  }

  private void tell() {
    LOG.error(
        "store_unusable stop_first=\"kill {}\" alerts_go_to={} because={}",
        ProcessHandle.current().pid(),
        spool(),
        sentence());
  }

  private void endIdle() {
    for (AutoCloseable part : idle()) {
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("stop_incomplete part={}", part.getClass().getSimpleName(), e);
      }
    }
  }

  private synchronized List<AutoCloseable> idle() {
    return idle;
  }

  /** Whoever notices waits for nothing. */
  private void overSoon() {
    try {
      thread.execute(this::over);
    } catch (RejectedExecutionException e) {
      // The program is being stopped.
      over();
    }
  }

  /** Takes nothing more and lets the program end. */
  private void over() {
    int kept = around.aside().end();
    String before =
        kept == 0
            ? ""
            : "The alerts of %d calls are kept in %s; the next start takes them in. "
                .formatted(kept, spool());
    around.broken().complete(before + sentence());
  }

  private String sentence() {
    return sentence(around.store(), cause);
  }

  /** Says what is wrong with a store, with the command that mends it. */
  static String sentence(Path store, StoreFailure cause) {
    return cause.damaged()
        ? "%s is damaged: %s. %s".formatted(store, cause.getMessage(), KeptBackups.putBack(store))
        : cause.getMessage();
  }

  @Override
  public void close() {
    thread.shutdownNow();
    if (cause != null) {
      over();
    }
  }
}
