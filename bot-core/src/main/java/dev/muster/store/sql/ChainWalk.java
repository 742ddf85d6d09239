// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Walks along one chain and computes every hash anew. */
final class ChainWalk {

  private static final int AT_ONCE = 1_000;
  private static final String ROWS =
      """
      SELECT t.seq, t.at, t.occurred_at, t.kind, t.ref, t.actor_type, t.actor_id, t.commitment,
        t.hash, w.salt, w.text, w.reason, w.actor_name, w.details
      FROM timeline t LEFT JOIN timeline_words w ON w.stream = t.stream AND w.seq = t.seq
      WHERE t.stream = ? AND t.seq > ? ORDER BY t.seq LIMIT ?
      """;

  private final Statements statements;
  private final ChainHash chain = new ChainHash();

  ChainWalk(Statements statements) {
    this.statements = statements;
  }

  /** An entry as stored; the salt is null when its words were erased. */
  private record Link(
      ChainHash.Place place, byte[] commitment, byte[] hash, byte[] salt, ChainHash.Words words) {}

  /** Returns the place of the first entry that does not fit; empty when all fit. */
  Optional<Long> firstBroken(long stream) {
    byte[] previous = ChainHash.NOTHING;
    long seq = 0;
    List<Link> links = next(stream, seq);
    while (!links.isEmpty()) {
      for (Link link : links) {
        seq++;
        if (link.place().seq() != seq || !fits(previous, link)) {
          return Optional.of(seq);
        }
        previous = link.hash();
      }
      links = next(stream, seq);
    }
    return Optional.empty();
  }

  private boolean fits(byte[] previous, Link link) {
    boolean wordsFit =
        link.salt() == null
            || Arrays.equals(chain.commitment(link.salt(), link.words()), link.commitment());
    return wordsFit
        && Arrays.equals(chain.entry(previous, link.place(), link.commitment()), link.hash());
  }

  private List<Link> next(long stream, long after) {
    return statements.list(
        ROWS,
        row ->
            new Link(
                new ChainHash.Place(
                    stream,
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7)),
                row.getBytes(8),
                row.getBytes(9),
                row.getBytes(10),
                new ChainHash.Words(
                    row.getString(11), row.getString(12), row.getString(13), row.getString(14))),
        stream,
        after,
        AT_ONCE);
  }
}
