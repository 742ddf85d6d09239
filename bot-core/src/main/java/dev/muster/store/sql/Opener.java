// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.store.sql.SqlStore.Opened;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the store step by step, and says in a sentence why it cannot. */
final class Opener {

  /**
   * Older ones can leave pages unwritten when a write races a checkpoint (sqlite.org, WAL-reset).
   */
  private static final int[] OLDEST_SQLITE = {3, 51, 3};

  private static final Logger LOG = LoggerFactory.getLogger(Opener.class);

  private final InstantSource clock;
  private final Supplier<String> ids;
  private final Telemetry telemetry;

  Opener(InstantSource clock, Supplier<String> ids, Telemetry telemetry) {
    this.clock = clock;
    this.ids = ids;
    this.telemetry = telemetry;
  }

  StoreOpening open(String jdbcUrl) {
    StoreUrl url;
    try {
      url = StoreUrl.parse(jdbcUrl);
    } catch (StoreUrl.Unusable e) {
      return new StoreOpening.Refused(e.getMessage());
    }
    try {
      if (isLost(url)) {
        return lost(url);
      }
      makeFile(url.file());
      Path lockFile = url.beside(".lock");
      Optional<StoreLock> lock = StoreLock.take(lockFile, clock.instant());
      if (lock.isEmpty()) {
        return new StoreOpening.Refused(
            "%s is in use by %s. %s, or give this one another store.url."
                .formatted(url.file(), StoreLock.holder(lockFile), StoreLock.stopping(lockFile)));
      }
      NativeLibrary.keepBeside(url.file());
      StoreOpening opening = openLocked(url, lock.get());
      if (opening instanceof StoreOpening.Refused) {
        lock.get().close();
      }
      return opening;
    } catch (IOException e) {
      return cannotOpen(url, e);
    }
  }

  private StoreOpening openLocked(StoreUrl url, StoreLock lock) {
    try {
      return openFile(url, lock);
    } catch (SQLException e) {
      return StoreFailure.of(e).damaged() ? damaged(url, FileTrouble.said(e)) : cannotOpen(url, e);
    } catch (StoreFailure e) {
      return e.damaged() ? damaged(url, FileTrouble.said(e)) : cannotOpen(url, e);
    } catch (FlywayException e) {
      return new StoreOpening.Refused(
          "The tables of %s cannot be brought up to date: %s. %s"
              .formatted(url.file(), FileTrouble.said(e), KeptBackups.putBack(url.file())));
    } catch (IOException e) {
      return cannotOpen(url, e);
    }
  }

  private StoreOpening openFile(StoreUrl url, StoreLock lock) throws SQLException, IOException {
    Connection connection = Connections.writer(url);
    boolean opened = false;
    try {
      Optional<StoreOpening> trouble = prepare(url, connection);
      if (trouble.isPresent()) {
        return trouble.get();
      }
      Checkpoints checkpoints = new Checkpoints(ChainKey.readOrMake(url.key()), url.head());
      boolean checked = isSmall(url.file());
      Readers readers = new Readers(url);
      SqlStore store =
          new SqlStore(
              new Opened(
                  lock, StorePlace.of(url.file()), connection, readers, checkpoints, checked),
              clock,
              ids,
              telemetry);
      store.start();
      opened = true;
      return new StoreOpening.Opened(store);
    } finally {
      if (!opened) {
        connection.close();
      }
    }
  }

  /** Returns why the file cannot be used; empty when it is ready. */
  private Optional<StoreOpening> prepare(StoreUrl url, Connection connection)
      throws SQLException, IOException {
    String version = Connections.text(connection, "SELECT sqlite_version()");
    if (Arrays.compare(numbers(version), OLDEST_SQLITE) < 0) {
      return refused(
          "SQLite %s has a known fault that loses data; Muster needs 3.51.3 or newer."
              .formatted(version));
    }
    String damage = isSmall(url.file()) ? Connections.text(connection, FileCheck.SQL) : "ok";
    if (!damage.equals("ok")) {
      return Optional.of(damaged(url, damage));
    }
    int schema = Schema.versionOf(connection);
    if (schema > Schema.VERSION) {
      return refused(
          ("%s was written by a newer Muster: its tables have version %d, this program knows %d."
                  + " Nothing was changed. Start the newer program; or go back to what this one"
                  + " wrote, java -jar muster.jar restore %s --replace-newer")
              .formatted(url.file(), schema, Schema.VERSION, KeptBackups.nameOf(url)));
    }
    if (schema < Schema.VERSION) {
      if (schema > 0) {
        keepAsItIs(url);
      }
      Schema.migrate(url);
    }
    return Optional.empty();
  }

  /** Without room for a copy the tables are changed all the same: each step is done or undone. */
  private void keepAsItIs(StoreUrl url) {
    try {
      LOG.info("store_kept_before_new_tables file={}", KeptBackups.beforeMigration(url, clock));
    } catch (IOException e) {
      LOG.warn("store_not_kept_before_new_tables", e);
    }
  }

  private static boolean isSmall(Path file) throws IOException {
    return Files.size(file) <= FileCheck.SMALL_BYTES;
  }

  /** Beginning anew where a store was would hide that everything is gone. */
  private static boolean isLost(StoreUrl url) {
    return !Files.exists(url.file())
        && (Files.exists(url.head()) || Files.exists(url.beside("-wal")));
  }

  private static StoreOpening lost(StoreUrl url) {
    String command =
        StorePlace.puttingBack(url.file())
            .orElseGet(() -> "java -jar muster.jar restore " + KeptBackups.nameOf(url));
    return new StoreOpening.Refused(
        "%s is gone: %s is still there. Nothing was changed. To begin with an empty store all the same, move everything of the old one out of %s. To put back what there is: %s"
            .formatted(
                url.file(),
                Files.exists(url.head()) ? url.head() : url.beside("-wal"),
                url.file().getParent(),
                command));
  }

  private static Optional<StoreOpening> refused(String reason) {
    return Optional.of(new StoreOpening.Refused(reason));
  }

  private static StoreOpening damaged(StoreUrl url, String what) {
    return new StoreOpening.Refused(
        "%s is damaged: %s. It was left as it is. %s"
            .formatted(url.file(), what, KeptBackups.putBack(url.file())));
  }

  private static StoreOpening cannotOpen(StoreUrl url, Exception e) {
    if (isFull(e)) {
      return new StoreOpening.Refused(
          "The disk is full, so %s cannot be opened. Nothing was lost. Make room, then start again; what takes it: du -xah %s | sort -h | tail"
              .formatted(url.file(), url.file().getParent()));
    }
    return new StoreOpening.Refused(
        "%s cannot be opened: %s. Check that this user may write to the file and its folder."
            .formatted(url.file(), FileTrouble.said(e)));
  }

  private static boolean isFull(Exception e) {
    StoreFailure failure =
        e instanceof StoreFailure told
            ? told
            : e instanceof SQLException sql ? StoreFailure.of(sql) : null;
    return failure != null && failure.trouble() == StoreFailure.Trouble.FULL
        || String.valueOf(e.getMessage()).contains("No space left");
  }

  /** The log and the index beside the database get its permissions from SQLite. */
  private static void makeFile(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file)) {
      return;
    }
    OwnerFiles.create(file);
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }
}
