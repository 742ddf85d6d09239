// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

/** Who goes first when not everything can go at once; the first is served first. */
public enum Priority {
  /** Approvals and answers to people. */
  PEOPLE,
  /** Asking somebody to come. */
  PAGING,
  /** Channels and cards of incidents. */
  CARDS,
  /** Bookkeeping about alerts. */
  ALERTS,
  /** Summaries, drafts and exports. */
  BACKGROUND
}
