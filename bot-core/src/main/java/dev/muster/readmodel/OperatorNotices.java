// SPDX-License-Identifier: Apache-2.0
package dev.muster.readmodel;

import dev.muster.store.NoticeBoard;
import dev.muster.store.UnitOfWork;
import java.time.Instant;
import java.util.List;

/** What only an operator can mend now. Any thread may call. */
public final class OperatorNotices {

  private final UnitOfWork store;

  /** Reads from a store. */
  public OperatorNotices(UnitOfWork store) {
    this.store = store;
  }

  /**
   * A notice.
   *
   * @param platform which platform it is about
   * @param topic what it is about, a short stable word
   * @param since since when
   * @param sentence what is wrong and how to mend it
   */
  public record Shown(String platform, String topic, Instant since, String sentence) {}

  /** Returns the open notices, the oldest first. */
  public List<Shown> open() {
    return store.read(
        tx ->
            new NoticeBoard(tx)
                .open().stream()
                    .map(n -> new Shown(n.platform(), n.topic(), n.since(), n.sentence()))
                    .toList());
  }
}
