// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The newest entry of each stream, remembered by the writer so that appending reads nothing. Must
 * be forgotten whenever work is rolled back. One thread.
 */
final class ChainHeads {

  private static final int MOST_REMEMBERED = 5_000;
  private static final String NEWEST =
      "SELECT seq, hash FROM timeline WHERE stream = ? ORDER BY seq DESC LIMIT 1";
  private static final Head EMPTY = new Head(0, ChainHash.NOTHING);

  private final boolean remembers;
  private final Map<Long, Head> heads = new HashMap<>();
  private Map<Long, Long> grown = new HashMap<>();

  private ChainHeads(boolean remembers) {
    this.remembers = remembers;
  }

  /** For the one connection that writes. */
  static ChainHeads ofWriter() {
    return new ChainHeads(true);
  }

  /** For a connection beside the writer, where heads move unseen. */
  static ChainHeads ofReader() {
    return new ChainHeads(false);
  }

  /** Returns whether what was read once may be remembered, because nobody else writes. */
  boolean remembers() {
    return remembers;
  }

  /** The newest entry's place and hash. */
  record Head(long seq, byte[] hash, String hex) {
    Head(long seq, byte[] hash) {
      this(seq, hash, HexFormat.of().formatHex(hash));
    }
  }

  Head of(long stream, Statements statements) {
    Head known = heads.get(stream);
    if (known != null) {
      return known;
    }
    Head stored =
        statements
            .first(NEWEST, row -> new Head(row.getLong(1), row.getBytes(2)), stream)
            .orElse(EMPTY);
    remember(stream, stored);
    return stored;
  }

  void moved(long stream, Head head) {
    remember(stream, head);
    grown.put(stream, head.seq());
  }

  /** Returns which streams have grown since the last call, and up to which place. */
  Map<Long, Long> takeGrown() {
    if (grown.isEmpty()) {
      return Map.of();
    }
    Map<Long, Long> taken = grown;
    grown = new HashMap<>();
    return taken;
  }

  private void remember(long stream, Head head) {
    if (!remembers) {
      return;
    }
    if (heads.size() >= MOST_REMEMBERED) {
      heads.clear();
    }
    heads.put(stream, head);
  }

  /**
   * Forgets what may have been undone. What has grown is kept: units of the same commit that are
   * not undone have grown it, and whoever follows a stream looks how far it really reaches.
   */
  void forget() {
    heads.clear();
  }
}
