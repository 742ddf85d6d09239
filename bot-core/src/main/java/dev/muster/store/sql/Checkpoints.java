// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Signed heads of chains. Each names the one before it, and the newest one is noted in a file
 * beside the database, so that cutting off the end of a table, or putting back an old file, shows.
 */
final class Checkpoints {

  /** After so many facts a stream gets a signed head. */
  static final long EVERY = 100;

  static final String LAST =
      "SELECT number, seq, signature FROM chain_checkpoint ORDER BY number DESC LIMIT 1";
  private static final String HEAD =
      "SELECT seq, hash FROM timeline WHERE stream = ? ORDER BY seq DESC LIMIT 1";
  private static final String INSERT =
      """
      INSERT INTO chain_checkpoint (number, stream, seq, hash, at, signature)
      VALUES (?, ?, ?, ?, ?, ?)
      """;
  private final ChainKey key;
  private final Path headFile;

  Checkpoints(ChainKey key, Path headFile) {
    this.key = key;
    this.headFile = headFile;
  }

  /** A checkpoint: its number, up to which place of its stream it reaches, its signature. */
  record Head(long number, long seq, byte[] signature) {}

  /** Returns how many facts of a stream are behind its last signed head. */
  private static long unsigned(Statements statements, long stream) {
    return statements.number("SELECT max(seq) FROM timeline WHERE stream = ?", stream)
        - statements.number("SELECT max(seq) FROM chain_checkpoint WHERE stream = ?", stream);
  }

  /** A checkpoint about to be written. */
  record Draft(ChainKey.Signed signed, byte[] signature) {

    Head head() {
      return new Head(signed.number(), signed.seq(), signature);
    }
  }

  /**
   * Signs the heads of some streams, beside the writer because that is dear; those that are signed
   * are left out. Each names the one before it.
   */
  List<Draft> sign(Statements statements, Collection<Long> streams, Instant now) {
    List<Draft> drafts = new ArrayList<>();
    Head last =
        statements
            .first(LAST, row -> new Head(row.getLong(1), row.getLong(2), row.getBytes(3)))
            .orElse(new Head(0, 0, new byte[0]));
    for (long stream : streams) {
      if (unsigned(statements, stream) > 0) {
        Draft draft = sign(statements, stream, last, now);
        drafts.add(draft);
        last = draft.head();
      }
    }
    return drafts;
  }

  private Draft sign(Statements statements, long stream, Head last, Instant now) {
    ChainHeads.Head head =
        statements
            .first(HEAD, row -> new ChainHeads.Head(row.getLong(1), row.getBytes(2)), stream)
            .orElseThrow();
    ChainKey.Signed signed =
        new ChainKey.Signed(
            last.number() + 1, stream, head.seq(), head.hash(), Micros.of(now), last.signature());
    return new Draft(signed, key.sign(signed));
  }

  /** Writes a checkpoint; fails when another took its number. */
  static void write(Statements statements, Draft draft) {
    ChainKey.Signed signed = draft.signed();
    statements.update(
        INSERT,
        signed.number(),
        signed.stream(),
        signed.seq(),
        signed.hash(),
        signed.at(),
        draft.signature());
  }

  /** Notes the newest checkpoint outside the database, once it is durable. */
  void note(Head head) throws IOException {
    note(headFile, head);
  }

  /** Notes the newest checkpoint of a store that is not open. */
  static void note(Path headFile, Head head) throws IOException {
    OwnerFiles.put(
        headFile,
        head.number() + " " + Base64.getEncoder().encodeToString(head.signature()) + "\n");
  }

  /** Reads what {@link #note} wrote; empty when nothing was noted yet. */
  static Optional<Head> noted(Path headFile) throws IOException {
    if (!Files.exists(headFile)) {
      return Optional.empty();
    }
    List<String> parts =
        List.of(Files.readString(headFile, StandardCharsets.US_ASCII).strip().split(" "));
    try {
      return Optional.of(
          new Head(Long.parseLong(parts.get(0)), 0, Base64.getDecoder().decode(parts.get(1))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IOException(headFile + " holds no note of a checkpoint", e);
    }
  }
}
