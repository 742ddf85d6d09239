// SPDX-License-Identifier: Apache-2.0
package dev.muster.chat.spi;

/**
 * Who goes first when a platform takes less than there is to say; the first is served first. An
 * adapter that paces its calls keeps a share of what it may send for the more urgent ones.
 */
public enum Urgency {
  /** A person waits for it: an answer, an approval. */
  ANSWER,
  /** Somebody is asked to come. */
  PAGE,
  /** Channels and cards of incidents. */
  CARD,
  /** Everything that may come late: lists of alerts, summaries, decoration. */
  NEWS;

  /** Returns whether this goes before {@code other}. */
  public boolean isBefore(Urgency other) {
    return ordinal() < other.ordinal();
  }
}
