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
  private final Path keyFile;
  private final List<PublicKey> keys;
  private final List<String> problems = new ArrayList<>();

  private ChainCheck(Statements statements, Path keyFile, List<PublicKey> keys) {
    this.statements = statements;
    this.keyFile = keyFile;
    this.keys = keys;
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
        throw new IOException("There is no store at " + url.file() + ". Check store.url.");
      }
      try (Connection connection = Connections.reader(url);
          Statements statements = new Statements(connection)) {
        List<PublicKey> keys =
            Files.exists(url.key()) ? ChainKey.read(url.key()).trusted() : List.of();
        return new ChainCheck(statements, url.key(), keys)
            .report(Checkpoints.noted(url.head()), url.head());
      }
    } catch (SQLException | StoreFailure e) {
      throw new IOException("The store cannot be read: " + FileTrouble.said(e) + ".", e);
    }
  }

  /**
   * Checks a backup by the key that it names itself.
   *
   * @throws IOException when it is no sound backup; the message is a sentence for an operator
   */
  public static ChainReport checkBackup(Path file) throws IOException {
    try (BackupFile backup = BackupFile.open(file)) {
      return backup.chains();
    } catch (StoreFailure e) {
      throw new IOException(file + " cannot be read: " + FileTrouble.said(e) + ".", e);
    }
  }

  /**
   * Checks a copy of a store by keys that are known from elsewhere.
   *
   * @param copy for messages
   */
  static ChainReport ofCopy(Statements statements, Path copy, List<PublicKey> keys) {
    return new ChainCheck(statements, copy, keys).report(Optional.empty(), copy);
  }

  private ChainReport report(Optional<Checkpoints.Head> noted, Path headFile) {
    for (long stream : statements.list(STREAMS, row -> row.getLong(1))) {
      new ChainWalk(statements)
          .broken(stream)
          .ifPresent(
              broken ->
                  problems.add(
                      named(stream, broken.seq())
                          + " does not fit its chain: "
                          + broken.why()
                          + "."));
    }
    if (statements.number(STRAY_WORDS) > 0) {
      problems.add("There are words that belong to no entry.");
    }
    checkHeads(noted, headFile);
    return new ChainReport(
        statements.number("SELECT count(*) FROM timeline"),
        statements.number(
            "SELECT (SELECT count(*) FROM timeline)"
                + " - (SELECT count(*) FROM timeline_words WHERE length(salt) > 0)"),
        statements.number("SELECT count(*) FROM chain_checkpoint"),
        keys.stream().findFirst().map(ChainKey::fingerprint).orElse("none"),
        problems);
  }

  private void checkHeads(Optional<Checkpoints.Head> noted, Path headFile) {
    boolean any = statements.number("SELECT count(*) FROM chain_checkpoint") > 0;
    if (!any && noted.isEmpty()) {
      return;
    }
    if (keys.isEmpty()) {
      problems.add("The key " + keyFile + " is missing, so no signature can be checked.");
      return;
    }
    byte[] notedSignature = walk(noted);
    if (noted.isPresent() && !Arrays.equals(notedSignature, noted.get().signature())) {
      problems.add(
          "Checkpoint "
              + noted.get().number()
              + " was signed once and is not in this file: the end was cut off, or this is an old"
              + " copy. If you put back a copy on purpose, remove "
              + headFile
              + ".");
    }
  }

  /** Returns the signature stored under the noted number, null when there is none. */
  private byte[] walk(Optional<Checkpoints.Head> noted) {
    long wanted = noted.map(Checkpoints.Head::number).orElse(0L);
    byte[] found = null;
    byte[] before = new byte[0];
    long number = 0;
    List<Stored> page = page(number);
    while (!page.isEmpty()) {
      for (Stored head : page) {
        number++;
        check(head, number, before);
        before = head.signature();
        found = head.number() == wanted ? head.signature() : found;
      }
      page = page(number);
    }
    return found;
  }

  private void check(Stored head, long number, byte[] before) {
    ChainKey.Signed signed =
        new ChainKey.Signed(
            head.number(), head.stream(), head.seq(), head.hash(), head.at(), before);
    boolean ours = keys.stream().anyMatch(key -> ChainKey.verifies(key, signed, head.signature()));
    if (head.number() != number || !ours) {
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
