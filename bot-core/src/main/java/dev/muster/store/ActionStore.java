// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.chat.UserRef;
import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What buttons and forms mean; within one transaction. */
public interface ActionStore {

  /** Stores the meaning of a token. */
  void put(ButtonAction action);

  /** Returns the meaning of a token, used up or not. */
  Optional<ButtonAction> find(String token);

  /**
   * Uses a token for one person.
   *
   * @return whether it was still to be had
   */
  boolean consume(String token, UserRef by, Instant at);

  /** Makes every token of a slot unknown to later presses, but for the given revision. */
  void retire(String slot, long exceptRevision);

  /**
   * The meaning of one button or form.
   *
   * @param token opaque, unguessable
   * @param action the stable name
   * @param incident about which incident, if any
   * @param arguments further values
   * @param use how often it may be used
   * @param slot the message it is on; empty for none
   * @param revision the message's revision
   * @param usedBy who used it up
   * @param usedAt when
   * @param retired whether a newer revision took its place
   */
  record ButtonAction(
      String token,
      String action,
      Optional<IncidentId> incident,
      Map<String, String> arguments,
      Use use,
      String slot,
      long revision,
      Optional<UserRef> usedBy,
      Optional<Instant> usedAt,
      boolean retired) {}

  /** How often a token may be used. */
  enum Use {
    /** By the first accepted press. */
    ONCE,
    /** Once by each person. */
    ONCE_PER_PERSON,
    /** As often as pressed; the action itself is harmless to repeat. */
    REPEATEDLY
  }
}
