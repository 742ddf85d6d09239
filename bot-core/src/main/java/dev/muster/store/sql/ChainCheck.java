// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import dev.muster.incident.IncidentId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Checks a whole store: every chain from its first fact to its last, every signed head, and the
 * note of the newest one beside the database. Only reads; may run beside a running bot.
 */
public final class ChainCheck {

  private static final String STREAMS = "SELECT DISTINCT stream FROM timeline ORDER BY stream";
  private static final String CHECKPOINTS =
      """
      SELECT c.number, c.stream, c.seq, c.hash, c.at, c.signature, t.hash
      FROM chain_checkpoint c LEFT JOIN timeline t ON t.stream = c.stream AND t.seq = c.seq
      WHERE c.number > ? ORDER BY c.number LIMIT 1000
      """;
  private static final String STRAY_WORDS =
      """
      SELECT count(*) FROM timeline_words w WHERE NOT EXISTS (
        SELECT 1 FROM timeline t WHERE t.stream = w.stream AND t.seq = w.seq)
      """;

  private final Statements statements;
  private final StoreUrl url;
  private final List<String> problems = new ArrayList<>();

  private ChainCheck(Statements statements, StoreUrl url) {
    this.statements = statements;
    this.url = url;
  }

  /** A signed head as stored, and the hash that its fact has now. */
  private record Stored(
      long number, long stream, long seq, byte[] hash, long at, byte[] signature, byte[] now) {}

  /**
   * Checks the store at an address.
   *
   * @param jdbcUrl as in {@code jdbc:sqlite:data/muster.db}
   * @throws IOException when it cannot be read; the message is a sentence for an operator
   */
  public static ChainReport check(String jdbcUrl) throws IOException {
    try {
      StoreUrl url = StoreUrl.parse(jdbcUrl);
      if (!Files.exists(url.file())) {
        throw new IOException("there is no store at " + url.file());
      }
      try (Connection connection = Connections.reader(url);
          Statements statements = new Statements(connection)) {
        return new ChainCheck(statements, url).report();
      }
    } catch (StoreUrl.Unusable | SQLException | StoreFailure e) {
      throw new IOException("the store cannot be read: " + e.getMessage(), e);
    }
  }

  private ChainReport report() throws IOException {
    for (long stream : statements.list(STREAMS, row -> row.getLong(1))) {
      new ChainWalk(statements)
          .firstBroken(stream)
          .ifPresent(seq -> problems.add(named(stream, seq) + " does not fit its chain."));
    }
    if (statements.number(STRAY_WORDS) > 0) {
      problems.add("There are words that belong to no entry.");
    }
    checkHeads();
    return new ChainReport(
        statements.number("SELECT count(*) FROM timeline"),
        statements.number(
            "SELECT (SELECT count(*) FROM timeline) - (SELECT count(*) FROM timeline_words)"),
        statements.number("SELECT count(*) FROM chain_checkpoint"),
        problems);
  }

  private void checkHeads() throws IOException {
    Path keyFile = url.key();
    Optional<Checkpoints.Head> noted = Checkpoints.noted(url.head());
    boolean any = statements.number("SELECT count(*) FROM chain_checkpoint") > 0;
    if (!any && noted.isEmpty()) {
      return;
    }
    if (!Files.exists(keyFile)) {
      problems.add("The key " + keyFile + " is missing, so no signature can be checked.");
      return;
    }
    byte[] notedSignature = walk(ChainKey.read(keyFile).publicKey(), noted);
    if (noted.isPresent() && !Arrays.equals(notedSignature, noted.get().signature())) {
      problems.add(
          "Checkpoint "
              + noted.get().number()
              + " was signed once and is not in this file: the end was cut off, or this is an old"
              + " copy. If you restored a backup on purpose, remove "
              + url.head()
              + ".");
    }
  }

  /** Returns the signature stored under the noted number, null when there is none. */
  private byte[] walk(PublicKey key, Optional<Checkpoints.Head> noted) {
    long wanted = noted.map(Checkpoints.Head::number).orElse(0L);
    byte[] found = null;
    byte[] before = new byte[0];
    long number = 0;
    List<Stored> page = page(number);
    while (!page.isEmpty()) {
      for (Stored head : page) {
        number++;
        check(key, head, number, before);
        before = head.signature();
        found = head.number() == wanted ? head.signature() : found;
      }
      page = page(number);
    }
    return found;
  }

  private void check(PublicKey key, Stored head, long number, byte[] before) {
    ChainKey.Signed signed =
        new ChainKey.Signed(
            head.number(), head.stream(), head.seq(), head.hash(), head.at(), before);
    if (head.number() != number || !ChainKey.verifies(key, signed, head.signature())) {
      problems.add("Checkpoint " + number + " is not signed by the key of this store.");
    } else if (!Arrays.equals(head.hash(), head.now())) {
      problems.add(named(head.stream(), head.seq()) + " is not the one that was signed.");
    }
  }

  private List<Stored> page(long after) {
    return statements.list(
        CHECKPOINTS,
        row ->
            new Stored(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getBytes(4),
                row.getLong(5),
                row.getBytes(6),
                row.getBytes(7)),
        after);
  }

  private static String named(long stream, long seq) {
    return "Entry " + seq + " of " + (stream == 0 ? "the journal" : new IncidentId(stream));
  }
}
