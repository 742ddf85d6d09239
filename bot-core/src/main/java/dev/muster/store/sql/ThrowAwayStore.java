// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A store beside the real one, with the same tables and the same writer, for rows that nobody will
 * ask for: it waits for no disk, and closing it deletes it. What a process left behind that was
 * killed is deleted by the next. Whoever opens it holds the real store, so there is only one.
 */
public final class ThrowAwayStore implements AutoCloseable {

  private final Path folder;
  private final SqlStore store;

  private ThrowAwayStore(Path folder, SqlStore store) {
    this.folder = folder;
    this.store = store;
  }

  /**
   * Opens an empty one.
   *
   * @param jdbcUrl the real store, as in {@code jdbc:sqlite:data/muster.db}, which is not touched
   */
  public static ThrowAwayStore beside(
      String jdbcUrl, InstantSource clock, Supplier<String> ids, Telemetry telemetry)
      throws IOException {
    Path folder = folder(jdbcUrl);
    clear(folder);
    try {
      OwnerFiles.folder(folder);
      StoreUrl url = new StoreUrl(folder.resolve("muster.db"));
      return new ThrowAwayStore(folder, opened(url, clock, ids, telemetry));
    } catch (SQLException | IOException | RuntimeException e) {
      clear(folder);
      throw e instanceof IOException plain ? plain : new IOException(e);
    }
  }

  private static Path folder(String jdbcUrl) throws IOException {
    return StoreUrl.parse(jdbcUrl).beside(".thrown-away");
  }

  private static SqlStore opened(
      StoreUrl url, InstantSource clock, Supplier<String> ids, Telemetry telemetry)
      throws SQLException, IOException {
    OwnerFiles.create(url.file());
    StoreLock lock = StoreLock.take(url.beside(".lock"), clock.instant()).orElseThrow();
    Connection connection = Connections.writer(url);
    boolean opened = false;
    try {
      doNotWaitForTheDisk(connection);
      Schema.lay(connection);
      Checkpoints checkpoints = new Checkpoints(ChainKey.readOrMake(url.key()), url.head());
      SqlStore store =
          new SqlStore(
              new SqlStore.Opened(
                  lock, StorePlace.of(url.file()), connection, new Readers(url), checkpoints, true),
              clock,
              ids,
              telemetry);
      store.start();
      opened = true;
      return store;
    } finally {
      if (!opened) {
        connection.close();
        lock.close();
      }
    }
  }

  private static void doNotWaitForTheDisk(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
    }
  }

  /** Returns the store. */
  public SqlStore store() {
    return store;
  }

  /** Ends its threads and deletes it. */
  @Override
  public void close() throws IOException {
    try {
      store.close();
    } finally {
      clear(folder);
    }
  }

  private static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
