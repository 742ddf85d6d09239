// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A backup, opened for reading: a store of its own with two more tables. {@code backup_about} says
 * when it was made and whose it is, {@code backup_file} holds what people uploaded. One thread.
 */
final class BackupFile implements AutoCloseable {

  static final String MADE_AT = "made_at";
  static final String PUBLIC_KEY = "public_key";
  static final List<String> TABLES =
      List.of(
          "CREATE TABLE backup_about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
          "CREATE TABLE backup_file (path TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT");

  private final Path file;
  private final Connection connection;
  private final Statements statements;

  private BackupFile(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
    statements = new Statements(connection);
  }

  /**
   * Opens a backup and looks through all of it.
   *
   * @throws IOException when it is none, is damaged, or comes from a newer program; the message is
   *     a sentence for an operator
   */
  static BackupFile open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("There is no file " + file + ". Name a backup.");
    }
    try {
      Connection connection = CopyFile.reading(file);
      try {
        check(file, connection);
        return new BackupFile(file, connection);
      } catch (SQLException | IOException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException(
          file + " is damaged or no backup: " + FileTrouble.said(e) + ". Name another backup.", e);
    }
  }

  private static void check(Path file, Connection connection) throws SQLException, IOException {
    int schema = Schema.versionOf(connection);
    if (schema > Schema.VERSION) {
      throw new IOException(
          "%s was written by a newer Muster: its tables have version %d, this program knows %d. Use the newer program."
              .formatted(file, schema, Schema.VERSION));
    }
    String about =
        Connections.text(connection, "SELECT name FROM sqlite_schema WHERE name = 'backup_about'");
    if (schema == 0 || about.isEmpty()) {
      throw new IOException(
          file + " is no backup. Make one with: java -jar muster.jar backup FILE");
    }
    String damage = Connections.text(connection, FileCheck.SQL);
    if (!damage.equals("ok")) {
      throw new IOException(file + " is damaged: " + damage + ". Name another backup.");
    }
  }

  /** When it was made. */
  Instant madeAt() throws IOException {
    return about(MADE_AT)
        .map(text -> Micros.read(Long.parseLong(text)))
        .orElseThrow(() -> new IOException(file + " does not say when it was made."));
  }

  /** The public part of the key that signed its chains, as text; empty when there was none. */
  Optional<String> publicKey() {
    return about(PUBLIC_KEY);
  }

  private Optional<String> about(String name) {
    return statements.first(
        "SELECT value FROM backup_about WHERE name = ?", row -> row.getString(1), name);
  }

  StoreContents contents() {
    return StoreContents.of(statements);
  }

  /** Checks its chains by the key that it names itself. */
  ChainReport chains() throws IOException {
    return ChainCheck.ofCopy(statements, file, keys());
  }

  private List<PublicKey> keys() throws IOException {
    try {
      Optional<String> text = publicKey();
      return text.isEmpty() ? List.of() : List.of(ChainKey.publicKey(text.get()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " names a key that is none.", e);
    }
  }

  /** The newest signed head; empty when none was signed yet. */
  Optional<Checkpoints.Head> newestHead() {
    return statements.first(
        Checkpoints.LAST,
        row -> new Checkpoints.Head(row.getLong(1), row.getLong(2), row.getBytes(3)));
  }

  /** The names of the uploaded files, relative to their folder. */
  List<String> uploads() {
    return statements.list("SELECT path FROM backup_file ORDER BY path", row -> row.getString(1));
  }

  /** The content of an uploaded file. */
  byte[] upload(String path) {
    return statements
        .first("SELECT content FROM backup_file WHERE path = ?", row -> row.getBytes(1), path)
        .orElseThrow();
  }

  Statements statements() {
    return statements;
  }

  @Override
  public void close() throws IOException {
    try {
      statements.close();
      connection.close();
    } catch (SQLException e) {
      throw new IOException(file + " did not close after reading", e);
    }
  }
}
