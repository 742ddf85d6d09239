// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.config.BackupSettings;
import dev.muster.store.UnitOfWork;
import dev.muster.store.sql.RestoreTrial;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the store while the bot runs: every two seconds at the room on its disk, and once a
 * day tries out whether it could be restored. What an operator has to mend becomes a notice, with
 * the command. It has threads of its own, so that nobody waits for it; one is for the room alone,
 * because a backup or a trial may take minutes.
 */
final class StoreWatch implements AutoCloseable {

  static final String TRIAL = "restore-trial";

  private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final Duration ROOM_EVERY = Duration.ofSeconds(2);
  private static final Duration TRIAL_EVERY = Duration.ofDays(1);

  /** After a start there is better to do than to write a reserve, or to try a restore. */
  private static final Duration FIRST_ROOM = Duration.ofSeconds(30);

  private static final Duration FIRST_TRIAL = Duration.ofHours(1);

  private final Surroundings around;
  private Instant started;
  private final ScheduledExecutorService thread;
  private final ScheduledExecutorService roomThread;
  private final DiskRoom room;
  private final BackupRounds backups;
  private volatile Optional<Instant> lastFine = Optional.empty();

  /**
   * What it stands on.
   *
   * @param url the store's address
   * @param folder where the store lies
   * @param backups which are made of it
   * @param reserve how many bytes to hold back for a full disk
   * @param store where it keeps when it last tried
   * @param notices told what an operator has to mend, by topic; empty when nothing is
   */
  record Surroundings(
      String url,
      Path folder,
      BackupSettings backups,
      long reserve,
      UnitOfWork store,
      InstantSource clock,
      BiConsumer<String, Optional<String>> notices) {}

  /**
   * Creates it; {@link #start} begins.
   *
   * @param thread its own, for backups and trials; it ends with this
   * @param roomThread its own, for the room on the disk; it ends with this
   */
  StoreWatch(
      Surroundings around,
      ScheduledExecutorService thread,
      ScheduledExecutorService roomThread,
      Telemetry telemetry) {
    this.around = around;
    this.thread = thread;
    this.roomThread = roomThread;
    started = around.clock().instant();
    room = new DiskRoom(around.folder(), around.reserve(), around.notices(), telemetry);
    backups = new BackupRounds(around, telemetry);
    telemetry.gauge("muster_restore_trial_age_seconds", this::age);
  }

  /** Seconds since a restore was last tried out and worked; -1 when none did yet. */
  private double age() {
    return lastFine
        .map(at -> Duration.between(at, around.clock().instant()).toSeconds())
        .filter(seconds -> seconds >= 0)
        .map(Long::doubleValue)
        .orElse(-1.0);
  }

  void start() {
    lastFine = around.store().read(tx -> tx.note(RestoreTrial.FINE_NOTE)).map(Instant::parse);
    thread.scheduleWithFixedDelay(this::look, 0, EVERY.toSeconds(), TimeUnit.SECONDS);
    roomThread.scheduleWithFixedDelay(
        this::lookAtRoom, FIRST_ROOM.toSeconds(), ROOM_EVERY.toSeconds(), TimeUnit.SECONDS);
  }

  /** Looks once, at whatever is due. */
  void look() {
    try {
      room.tellAgain();
      backups.whenDue();
      if (isTrialDue(around.clock().instant())) {
        tryOut();
      }
    } catch (RuntimeException e) {
      LOG.warn("store_watch_failed", e);
    }
  }

  private void lookAtRoom() {
    try {
      room.look();
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().addKeyValue("because", e.getMessage()).log("disk_room_unknown");
    }
  }

  private boolean isTrialDue(Instant now) {
    started = now.isBefore(started) ? now : started;
    Optional<String> last = around.store().read(tx -> tx.note(RestoreTrial.NOTE));
    Instant due =
        last.map(text -> Instant.parse(text.split(" ", 2)[0]))
            .filter(tried -> !tried.isAfter(now))
            .map(tried -> tried.plus(TRIAL_EVERY))
            .orElse(started.plus(FIRST_TRIAL));
    return !now.isBefore(due);
  }

  private void tryOut() {
    Instant began = around.clock().instant();
    Optional<String> trouble = RestoreTrial.run(around.url(), around.clock());
    if (thread.isShutdown()) {
      // A trial that was interrupted says nothing about the store.
      return;
    }
    LOG.info("restore_trial fine={}", trouble.isEmpty());
    lastFine = trouble.isEmpty() ? Optional.of(began) : lastFine;
    around
        .store()
        .run(
            tx -> {
              tx.keepNote(RestoreTrial.NOTE, began + " " + trouble.orElse("fine"));
              lastFine.ifPresent(at -> tx.keepNote(RestoreTrial.FINE_NOTE, at.toString()));
              return true;
            });
    around
        .notices()
        .accept(
            TRIAL,
            trouble.map(
                why ->
                    "The store could not be restored when it was tried out: "
                        + why
                        + " What is wrong: java -jar muster.jar verify --store; then try a backup:"
                        + " java -jar muster.jar backup FILE"));
  }

  @Override
  public void close() throws InterruptedException {
    thread.shutdownNow();
    roomThread.shutdownNow();
    if (!thread.awaitTermination(10, TimeUnit.SECONDS)
        || !roomThread.awaitTermination(1, TimeUnit.SECONDS)) {
      LOG.warn("store_watch_does_not_end");
    }
  }
}
