// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.chat.spi.Memory;
import dev.muster.store.Tx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/**
 * Reads a store beside a running bot, for exports, checks and copies; cannot write to it. One
 * thread at a time.
 */
public final class StoreReader implements AutoCloseable {

  private final StoreUrl url;
  private final ReadUnit unit;

  private StoreReader(StoreUrl url, ReadUnit unit) {
    this.url = url;
    this.unit = unit;
  }

  /**
   * Opens the store at an address.
   *
   * @param jdbcUrl as in {@code jdbc:sqlite:data/muster.db}
   * @throws IOException when there is none, or it is of another version; the message is a sentence
   *     for an operator
   */
  public static StoreReader open(String jdbcUrl) throws IOException {
    return open(jdbcUrl, Schema.VERSION);
  }

  /** As {@link #open}; the store may have older tables too, so only copying it is safe. */
  static StoreReader openToCopy(String jdbcUrl) throws IOException {
    return open(jdbcUrl, 1);
  }

  private static StoreReader open(String jdbcUrl, int oldest) throws IOException {
    try {
      StoreUrl url = StoreUrl.parse(jdbcUrl);
      if (!Files.exists(url.file())) {
        throw new IOException("There is no store at " + url.file() + ". Check store.url.");
      }
      Connection connection = Connections.reader(url);
      int version = Schema.versionOf(connection);
      if (version < oldest || version > Schema.VERSION) {
        connection.close();
        throw new IOException(
            "%s has tables of version %d, this program knows %d. Use the program that runs on it."
                .formatted(url.file(), version, Schema.VERSION));
      }
      return new StoreReader(url, ReadUnit.of(Jdbi.create(connection).open(), StoreJson.mapper()));
    } catch (SQLException e) {
      throw new IOException("The store cannot be read: " + FileTrouble.said(e) + ".", e);
    }
  }

  /** Reads, seeing one state of the store from beginning to end; writing inside fails. */
  public <T> T read(Function<Tx, T> reading) {
    return unit.run(reading);
  }

  /** Looks through the whole file and says what is damaged; empty when nothing is. */
  public Optional<String> damage() {
    return damage(FileCheck.SQL);
  }

  /** As {@link #damage}, and compares each index with its table; takes a few times as long. */
  Optional<String> deepDamage() {
    return damage(FileCheck.DEEP_SQL);
  }

  private Optional<String> damage(String sql) {
    try {
      return read(tx -> ((SqlTx) tx).statements().first(sql, row -> row.getString(1)))
          .filter(found -> !found.equals("ok"));
    } catch (StoreFailure e) {
      if (e.damaged()) {
        return Optional.of(e.getMessage());
      }
      throw e;
    }
  }

  /**
   * Returns the records of one adapter as they are. What is written to them is seen by this object
   * alone and forgotten with it.
   *
   * @param store empty for an adapter without any records yet
   */
  public static Memory memory(Optional<StoreReader> store, String platform) {
    return new SketchMemory(store, platform);
  }

  /**
   * Returns the database file that an address names.
   *
   * @throws IOException when it names none; the message is a sentence for an operator
   */
  public static Path file(String jdbcUrl) throws IOException {
    return StoreUrl.parse(jdbcUrl).file();
  }

  /**
   * Writes a complete copy of the store as it is now into a new file; the bot goes on meanwhile.
   *
   * @throws IOException when the file exists or cannot be written
   */
  public void copyTo(Path target) throws IOException {
    if (Files.exists(target)) {
      throw new IOException(target + " exists already. Name a new file.");
    }
    OwnerFiles.create(target);
    try (Connection connection = DriverManager.getConnection(url.forReading());
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, target.toString());
      copy.execute();
    } catch (SQLException e) {
      Files.deleteIfExists(target);
      throw new IOException("The copy could not be written: " + FileTrouble.said(e) + ".", e);
    }
  }

  @Override
  public void close() {
    unit.close();
  }
}
