// SPDX-License-Identifier: Apache-2.0
package dev.muster.bench.peer;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.sqlite.SQLiteConnection;

/**
 * The quickest way to keep what is brought, on the server and the database that Muster uses too:
 * one row with the whole body per request, as many in a commit as wait, synchronized to the disk
 * before the answers, which no thread waits for. It verifies and reads nothing, knows no repeats,
 * and writes no timeline. Arguments: the file.
 */
public final class GroupCommitPeer {

  private static final int MOST_IN_A_COMMIT = 512;

  private record Brought(String body, CompletableFuture<JettyPeer.Answer> answer) {}

  private final BlockingQueue<Brought> waiting = new LinkedBlockingQueue<>();
  private final Connection connection;

  private GroupCommitPeer(Connection connection) {
    this.connection = connection;
  }

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws Exception {
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:sqlite:" + arguments[0] + "?journal_mode=WAL&synchronous=FULL")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE delivery (id INTEGER PRIMARY KEY, raw TEXT NOT NULL)");
      }
      // The driver must not begin transactions of its own.
      connection.unwrap(SQLiteConnection.class).getConnectionConfig().setAutoCommit(false);
      GroupCommitPeer peer = new GroupCommitPeer(connection);
      PrintStream out = System.out;
      new Thread(() -> peer.write(out), "write").start();
      JettyPeer.serveLater(peer::answer, out);
    }
  }

  private CompletableFuture<JettyPeer.Answer> answer(JettyPeer.Asked asked) {
    Brought brought = new Brought(asked.body(), new CompletableFuture<>());
    waiting.add(brought);
    return brought.answer();
  }

  /** A failed write ends the process: the measurement is worth nothing then. */
  private void write(PrintStream out) {
    try (PreparedStatement begin = connection.prepareStatement("BEGIN IMMEDIATE");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO delivery (raw) VALUES (?)");
        PreparedStatement commit = connection.prepareStatement("COMMIT")) {
      List<Brought> batch = new ArrayList<>();
      while (true) {
        batch.clear();
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST_IN_A_COMMIT - 1);
        begin.executeUpdate();
        for (Brought brought : batch) {
          insert.setString(1, brought.body());
          insert.executeUpdate();
        }
        commit.executeUpdate();
        JettyPeer.Answer done = new JettyPeer.Answer(200, "");
        batch.forEach(brought -> brought.answer().complete(done));
      }
    } catch (SQLException | InterruptedException e) {
      out.println("cannot write: " + e);
      Runtime.getRuntime().halt(1);
    }
  }
}
