// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.util.List;
import java.util.Optional;

/** Walks along one chain and computes every hash anew. */
final class ChainWalk {

  /** What is wrong with words that took the place of others. */
  static final String UNTOLD = "its words were replaced, and no redaction says so";

  private static final int AT_ONCE = 1_000;
  private static final String ROWS =
      """
      SELECT t.seq, t.at, t.occurred_at, t.kind, t.ref, t.actor_type, t.actor_id, t.commitment,
        t.hash, w.salt, w.text, w.reason, w.actor_name, w.details
      FROM timeline t LEFT JOIN timeline_words w ON w.stream = t.stream AND w.seq = t.seq
      WHERE t.stream = ? AND t.seq > ? ORDER BY t.seq LIMIT ?
      """;

  private final Statements statements;

  ChainWalk(Statements statements) {
    this.statements = statements;
  }

  /** The first entry that does not fit, and why. */
  record Broken(long seq, String why) {}

  /** Returns the place of the first entry that does not fit; empty when all fit. */
  Optional<Long> firstBroken(long stream) {
    return broken(stream).map(Broken::seq);
  }

  /** Returns the first entry that does not fit; empty when all fit. */
  Optional<Broken> broken(long stream) {
    ChainLink.Follow follow = new ChainLink.Follow();
    List<ChainLink> links = next(stream, 0);
    while (!links.isEmpty()) {
      for (ChainLink link : links) {
        long seq = follow.wanted();
        Optional<String> wrong = follow.next(link);
        if (wrong.isPresent()) {
          return Optional.of(new Broken(seq, wrong.get()));
        }
      }
      links = next(stream, follow.wanted() - 1);
    }
    return follow.firstUntold().map(seq -> new Broken(seq, UNTOLD));
  }

  /**
   * Returns entries of a stream in their order.
   *
   * @param after exclusive
   * @return at most 1,000; none at the end
   */
  List<ChainLink> next(long stream, long after) {
    return statements.list(
        ROWS,
        row ->
            new ChainLink(
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
