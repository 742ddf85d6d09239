// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import java.time.Instant;

/** One inbound call on its way through the SDK: what the SDK does not carry, and how it went. */
final class Turn {

  /** Under this name the turn lies in the SDK's turn state. */
  static final String KEY = "muster.turn";

  private final Instant at;
  private final Instant ours;
  private final byte[] raw;
  private Ending ending = Ending.TAKEN;
  private boolean stored;

  /**
   * Creates a turn.
   *
   * @param at platform time
   * @param ours what the machine's clock showed then
   */
  Turn(Instant at, Instant ours, byte[] raw) {
    this.at = at;
    this.ours = ours;
    this.raw = raw;
  }

  /** How the call ended. */
  enum Ending {
    /** Everything in it was stored, or there was nothing to store. */
    TAKEN,
    /** It could not be stored; Teams must deliver it again. */
    NOT_STORED,
    /** It lacks what every activity has. */
    INCOMPLETE
  }

  Instant at() {
    return at;
  }

  Instant ours() {
    return ours;
  }

  byte[] raw() {
    return raw;
  }

  /** Notes that something of it was stored, so that Teams need not deliver it again. */
  void stored() {
    stored = true;
  }

  boolean isStored() {
    return stored;
  }

  void ended(Ending how) {
    ending = how;
  }

  Ending ending() {
    return ending;
  }
}
