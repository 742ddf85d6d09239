// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import com.zaxxer.hikari.HikariDataSource;
import dev.muster.store.sql.SqlStore.Opened;
import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;

/** Opens the store step by step, and says in a sentence why it cannot. */
final class Opener {

  /**
   * Older ones can leave pages unwritten when a write races a checkpoint (sqlite.org, WAL-reset).
   */
  private static final int[] OLDEST_SQLITE = {3, 51, 3};

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
      makeFile(url.file());
      Path lockFile = url.beside(".lock");
      Optional<StoreLock> lock = StoreLock.take(lockFile, clock.instant());
      if (lock.isEmpty()) {
        return new StoreOpening.Refused(
            "%s is in use by %s. Stop that one first, or give this one another store.url."
                .formatted(url.file(), StoreLock.holder(lockFile)));
      }
      return openLocked(url, lock.get());
    } catch (IOException e) {
      return new StoreOpening.Refused(
          "%s cannot be opened: %s. Check that the folder exists and that this user may write to it."
              .formatted(url.file(), said(e)));
    }
  }

  private StoreOpening openLocked(StoreUrl url, StoreLock lock) throws IOException {
    StoreOpening opening;
    try {
      opening = openFile(url, lock);
    } catch (SQLException | FlywayException | StoreFailure e) {
      opening =
          new StoreOpening.Refused(
              "%s cannot be used: %s. Nothing was changed; restore the newest good backup."
                  .formatted(url.file(), said(e)));
    }
    if (opening instanceof StoreOpening.Refused) {
      lock.close();
    }
    return opening;
  }

  private StoreOpening openFile(StoreUrl url, StoreLock lock) throws SQLException {
    Connection connection = Connections.writer(url);
    Optional<String> trouble = Optional.of("");
    try {
      trouble = prepare(url, connection);
    } finally {
      if (trouble.isPresent()) {
        connection.close();
      }
    }
    if (trouble.isPresent()) {
      return new StoreOpening.Refused(trouble.get());
    }
    HikariDataSource readers = Connections.readers(url);
    SqlStore store = new SqlStore(new Opened(lock, connection, readers), ids, telemetry);
    store.start();
    return new StoreOpening.Opened(store);
  }

  /** Returns why the file cannot be used; empty when it is ready. */
  private static Optional<String> prepare(StoreUrl url, Connection connection) throws SQLException {
    String version = Connections.text(connection, "SELECT sqlite_version()");
    if (Arrays.compare(numbers(version), OLDEST_SQLITE) < 0) {
      return Optional.of(
          "SQLite %s has a known fault that loses data; Muster needs 3.51.3 or newer."
              .formatted(version));
    }
    String damage = Connections.text(connection, "PRAGMA quick_check(1)");
    if (!damage.equals("ok")) {
      return Optional.of(
          "%s is damaged: %s. It was left as it is; restore the newest good backup."
              .formatted(url.file(), damage));
    }
    int schema = Schema.versionOf(connection);
    if (schema > Schema.VERSION) {
      return Optional.of(
          "%s was written by a newer Muster: its tables have version %d, this program knows %d. Start the newer program."
              .formatted(url.file(), schema, Schema.VERSION));
    }
    if (schema < Schema.VERSION) {
      Schema.migrate(url);
    }
    return Optional.empty();
  }

  /** The log and the index beside the database get its permissions from SQLite. */
  private static void makeFile(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    if (Files.exists(file)) {
      return;
    }
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var ownerOnly = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(ownerOnly));
    } else {
      Files.createFile(file);
    }
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }

  private static String said(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
