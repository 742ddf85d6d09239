// SPDX-License-Identifier: Apache-2.0
package dev.muster.store.sql;

import java.util.Arrays;
import java.util.Optional;

/**
 * An entry with everything its hash is made of.
 *
 * @param salt null when its words were erased; empty when others took their place
 * @param words meaningless when the salt is null
 */
record ChainLink(
    ChainHash.Place place, byte[] commitment, byte[] hash, byte[] salt, ChainHash.Words words) {

  /** Follows one chain from its first entry and says what is wrong with the first that is. */
  static final class Follow {

    private final ChainHash chain = new ChainHash();
    private final Redactions redactions = new Redactions();
    private byte[] previous = ChainHash.NOTHING;
    private long seq;

    /** The place of the entry that must come next. */
    long wanted() {
      return seq + 1;
    }

    /** The place of the entry that came last. */
    long last() {
      return seq;
    }

    /** What came cannot even be read. */
    void skip() {
      seq++;
    }

    /** The hash of the last entry that fitted. */
    byte[] head() {
      return previous;
    }

    /** Returns what is wrong with the next entry; empty when it fits. */
    Optional<String> next(ChainLink link) {
      seq++;
      if (link.place().seq() != seq) {
        return Optional.of(
            link.place().seq() > seq
                ? "it is missing, entry " + link.place().seq() + " comes instead"
                : "entry " + link.place().seq() + " comes instead");
      }
      boolean committed = link.salt() != null && !Redactions.isReplaced(link);
      if (committed
          && !Arrays.equals(chain.commitment(link.salt(), link.words()), link.commitment())) {
        return Optional.of("its words were changed");
      }
      if (!Arrays.equals(chain.entry(previous, link.place(), link.commitment()), link.hash())) {
        return Optional.of("it was changed, or put here from elsewhere");
      }
      previous = link.hash();
      redactions.next(link);
      return Optional.empty();
    }

    /** Returns the first entry with other words than any redaction gave it; at the end. */
    Optional<Long> firstUntold() {
      return redactions.firstUntold();
    }
  }
}
