// SPDX-License-Identifier: Apache-2.0
package dev.muster.app;

import dev.muster.config.BackupSettings;
import dev.muster.store.Tx;
import dev.muster.store.sql.KeptBackups;
import dev.muster.store.sql.StoreBackup;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the backups that stay, when they are due. What fails becomes a notice and is tried again at
 * the next look. One thread.
 */
final class BackupRounds {

  /** What the notice is about. */
  static final String TOPIC = "backup";

  private static final Logger LOG = LoggerFactory.getLogger(BackupRounds.class);

  /** After a start there is better to do. */
  private static final Duration AFTER_START = Duration.ofMinutes(5);

  /** Looks come every few minutes; so much early is better than a whole look late. */
  private static final Duration EARLY = Duration.ofMinutes(5);

  private final StoreWatch.Surroundings around;
  private final BackupSettings settings;
  private final Path folder;
  private Instant started;
  private volatile Optional<Instant> last = Optional.empty();

  BackupRounds(StoreWatch.Surroundings around, Telemetry telemetry) {
    this.around = around;
    settings = around.backups();
    folder =
        settings.folder().isBlank()
            ? around.folder().resolve("backups")
            : Path.of(settings.folder()).toAbsolutePath();
    started = around.clock().instant();
    telemetry.gauge("muster_backup_age_seconds", this::age);
  }

  private double age() {
    return last.map(at -> Duration.between(at, around.clock().instant()).toSeconds())
        .filter(seconds -> seconds >= 0)
        .map(Long::doubleValue)
        .orElse(-1.0);
  }

  /** Makes one if it is due. */
  void whenDue() {
    if (!settings.enabled()) {
      around.notices().accept(TOPIC, Optional.empty());
      return;
    }
    try {
      Instant now = around.clock().instant();
      started = now.isBefore(started) ? now : started;
      last = KeptBackups.newest(around.url(), folder, now);
      Instant due = last.map(at -> at.plus(settings.every()).minus(EARLY)).orElse(started);
      if (!now.isBefore(due) && !now.isBefore(started.plus(AFTER_START))) {
        make(now);
      }
    } catch (IOException e) {
      failed(e.getMessage());
    }
  }

  private void make(Instant now) throws IOException {
    StoreBackup.Written written =
        KeptBackups.write(
            around.url(),
            folder,
            new KeptBackups.Keep(settings.hourly(), settings.daily(), settings.weekly()),
            now);
    if (!written.problems().isEmpty()) {
      failed(
          written.problems().get(0) + " The copy is " + written.file() + ", as far as it is good.");
      return;
    }
    last = Optional.of(now);
    LOG.info("backup_made bytes={}", written.bytes());
    around
        .store()
        .run(
            tx -> {
              tx.keepNote(Tx.NEWEST_BACKUP, now + " " + written.file());
              return true;
            });
    around.notices().accept(TOPIC, Optional.empty());
  }

  private void failed(String why) {
    LOG.warn("backup_failed");
    around
        .notices()
        .accept(
            TOPIC,
            Optional.of(
                "No good backup of the store could be made in %s: %s It is tried again every ten minutes. To make one by hand: java -jar muster.jar backup FILE"
                    .formatted(folder, why)));
  }
}
