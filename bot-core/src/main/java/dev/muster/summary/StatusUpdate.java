// SPDX-License-Identifier: Apache-2.0
package dev.muster.summary;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people outside read: where the incident is, what changed since they read last, and when they
 * hear again.
 *
 * @param sentence where the incident is, one or two sentences
 * @param changes what changed since the last one, oldest first, each citing its timeline entry
 * @param left how many further changes are not listed
 * @param since when the last one went out; empty for the first
 * @param next when the next one comes; empty when none is planned
 * @param uptoSeq the newest timeline entry that was read
 */
public record StatusUpdate(
    String sentence,
    List<Change> changes,
    int left,
    Optional<Instant> since,
    Optional<Instant> next,
    long uptoSeq) {

  /** Keeps an unmodifiable copy. */
  public StatusUpdate {
    changes = List.copyOf(changes);
  }

  /**
   * One change.
   *
   * @param at when it happened
   * @param text what happened, one line
   * @param seq the timeline entry that tells it
   */
  public record Change(Instant at, String text, long seq) {}
}
