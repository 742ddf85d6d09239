// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

import dev.muster.incident.Actor;
import java.time.Instant;
import java.util.Map;

/**
 * A fact about to be written.
 *
 * @param occurredAt when it happened, by the platform's clock where there is one
 * @param kind what kind of fact
 * @param actor who caused it
 * @param text what people read; personal, so it is kept apart and can be erased
 * @param reason why, in the actor's words or as an enumerated reason; empty for none
 * @param ref what it is about (a message, a step, an alert); empty for none
 * @param data further values: strings, numbers, booleans, lists and maps of these
 */
public record NewEntry(
    Instant occurredAt,
    EntryKind kind,
    Actor actor,
    String text,
    String reason,
    String ref,
    Map<String, Object> data) {

  /** Returns a fact that happened when it is recorded, with nothing beside its text. */
  public static NewEntry of(Instant at, EntryKind kind, Actor actor, String text) {
    return new NewEntry(at, kind, actor, text, "", "", Map.of());
  }

  /** Returns this fact with a reason. */
  public NewEntry because(String why) {
    return new NewEntry(occurredAt, kind, actor, text, why, ref, data);
  }

  /** Returns this fact about something. */
  public NewEntry about(String what) {
    return new NewEntry(occurredAt, kind, actor, text, reason, what, data);
  }

  /** Returns this fact with further values. */
  public NewEntry with(Map<String, Object> values) {
    return new NewEntry(occurredAt, kind, actor, text, reason, ref, values);
  }
}
