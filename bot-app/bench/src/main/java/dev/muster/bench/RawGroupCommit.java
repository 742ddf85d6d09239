// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.sqlite.SQLiteConnection;

/**
 * The least that can be done: one thread that writes the same rows into the same tables, as many
 * per commit as wait, with ready-made values. What the store is measured against.
 */
final class RawGroupCommit implements AutoCloseable {

  private static final CompletableFuture<Boolean> END = new CompletableFuture<>();
  private static final byte[] HASH = new byte[32];
  private static final byte[] SALT = new byte[16];
  private static final long AT = 1_763_640_000_000_000L;

  private final BlockingQueue<CompletableFuture<Boolean>> waiting = new ArrayBlockingQueue<>(8192);
  private final Thread thread = new Thread(this::write, "raw-write");
  private final Connection connection;
  private final String text;
  private long seq;

  /**
   * @param file a store that was opened once, so that its tables are there
   * @param text what each row says
   */
  RawGroupCommit(Path file, String text) throws SQLException {
    connection =
        DriverManager.getConnection(
            "jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=FULL&recursive_triggers=true");
    // As the store does: the driver must not begin transactions of its own.
    connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
    this.text = text;
    thread.start();
  }

  void append() {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    waiting.add(done);
    done.join();
  }

  @Override
  public void close() throws Exception {
    waiting.add(END);
    thread.join();
    connection.close();
  }

  private void write() {
    try (Statement plain = connection.createStatement();
        PreparedStatement begin = connection.prepareStatement("BEGIN IMMEDIATE");
        PreparedStatement commit = connection.prepareStatement("COMMIT");
        PreparedStatement fact =
            connection.prepareStatement("INSERT INTO timeline VALUES (1,?,?,?,?,?,?,?,?,?)");
        PreparedStatement words =
            connection.prepareStatement("INSERT INTO timeline_words VALUES (1,?,?,?,?,?,?)")) {
      plain.execute("PRAGMA foreign_keys = ON");
      List<CompletableFuture<Boolean>> batch = new ArrayList<>();
      while (!batch.contains(END)) {
        batch.clear();
        batch.add(waiting.take());
        waiting.drainTo(batch, 511);
        begin.executeUpdate();
        for (int i = 0; i < batch.size(); i++) {
          insert(fact, words);
        }
        commit.executeUpdate();
        batch.forEach(done -> done.complete(true));
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void insert(PreparedStatement fact, PreparedStatement words) throws SQLException {
    seq++;
    fact.setLong(1, seq);
    fact.setLong(2, AT);
    fact.setLong(3, AT);
    fact.setString(4, "message_logged");
    fact.setString(5, "web:c-1/m-" + seq);
    fact.setString(6, "person");
    fact.setString(7, "web:u-ana");
    fact.setBytes(8, HASH);
    fact.setBytes(9, HASH);
    fact.executeUpdate();
    words.setLong(1, seq);
    words.setBytes(2, SALT);
    words.setString(3, text);
    words.setString(4, "");
    words.setString(5, "Ana");
    words.setString(6, "{\"thread\":\"m-1\"}");
    words.executeUpdate();
  }
}
