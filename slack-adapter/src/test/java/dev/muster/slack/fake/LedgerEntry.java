// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.fake;

import java.time.Instant;

/**
 * One line of the ledger: a call, what it changed, and whether the caller could know.
 *
 * @param sequence counts calls from 1, in the order they were carried out
 * @param at when, by the stand-in's clock
 * @param call the call
 * @param effect what it changed, in words; empty when nothing
 * @param error Slack's error code; empty when the answer was {@code ok}
 * @param delivered whether the true answer was written out whole
 */
public record LedgerEntry(
    int sequence, Instant at, Call call, String effect, String error, boolean delivered) {

  LedgerEntry wasDelivered(boolean whole) {
    return new LedgerEntry(sequence, at, call, effect, error, whole);
  }

  /** Returns whether it changed something. */
  public boolean hasEffect() {
    return !effect.isEmpty();
  }
}
