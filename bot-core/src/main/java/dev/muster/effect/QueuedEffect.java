// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.util.Optional;

/**
 * An order as stored.
 *
 * @param id unique and ordered by time of writing; also the key by which it is never done twice
 * @param effect what
 * @param lane its order key
 * @param priority who goes first
 * @param incident about which incident, if any
 * @param state where it is
 * @param unsure whether it was UNKNOWN when it was claimed: an earlier attempt may have been done
 * @param attempt how often it was begun; 0 before the first time
 * @param firstTriedAt when attempt 1 began
 * @param dueAt not before
 */
public record QueuedEffect(
    String id,
    Effect effect,
    String lane,
    Priority priority,
    Optional<IncidentId> incident,
    State state,
    boolean unsure,
    int attempt,
    Optional<Instant> firstTriedAt,
    Instant dueAt) {

  /** Returns the order as it is once its next attempt was written down. */
  public QueuedEffect begun(Instant now) {
    return new QueuedEffect(
        id,
        effect,
        lane,
        priority,
        incident,
        State.SENDING,
        unsure,
        attempt + 1,
        Optional.of(firstTriedAt.orElse(now)),
        dueAt);
  }

  /** Returns the same order to do something else. */
  public QueuedEffect with(Effect other) {
    return new QueuedEffect(
        id, other, lane, priority, incident, state, unsure, attempt, firstTriedAt, dueAt);
  }

  /** Where an order is. */
  public enum State {
    /** Not begun, or begun and certainly not done. */
    PENDING,
    /** An attempt was written and has no result yet. */
    SENDING,
    /** An attempt may have been carried out. */
    UNKNOWN,
    /** Carried out. */
    DONE,
    /** Will not be carried out; told to people. */
    FAILED,
    /** Another order took its place. */
    SUPERSEDED
  }
}
