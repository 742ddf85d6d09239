// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import dev.muster.incident.IncidentId;
import dev.muster.incident.Severity;
import java.util.Optional;
import java.util.function.Function;

/** What is to be done about an alert. */
public sealed interface AlertVerdict {

  /** Returns why. */
  VerdictReason reason();

  /** Applies the function that fits. */
  default <R> R match(
      Function<Declare, R> declare,
      Function<Attach, R> attach,
      Function<RecordResolved, R> resolved,
      Function<Repeat, R> repeat,
      Function<Ignore, R> ignore) {
    if (this instanceof Declare d) {
      return declare.apply(d);
    }
    if (this instanceof Attach a) {
      return attach.apply(a);
    }
    if (this instanceof RecordResolved r) {
      return resolved.apply(r);
    }
    return this instanceof Repeat r ? repeat.apply(r) : ignore.apply((Ignore) this);
  }

  /**
   * Declare an incident for it.
   *
   * @param title of the incident: one clean line of at most 250 characters
   * @param severity of the incident
   * @param service affected, if known
   * @param groupKey under which further alerts find the incident
   * @param reason why
   */
  record Declare(
      String title,
      Severity severity,
      Optional<String> service,
      String groupKey,
      VerdictReason reason)
      implements AlertVerdict {}

  /**
   * Put it to an incident that is there.
   *
   * @param incident which
   * @param groupKey its group
   * @param reason why
   */
  record Attach(IncidentId incident, String groupKey, VerdictReason reason)
      implements AlertVerdict {}

  /**
   * Note that it no longer fires; closing is proposed at most.
   *
   * @param incident where it was attached, if that is not closed
   * @param reason why
   */
  record RecordResolved(Optional<IncidentId> incident, VerdictReason reason)
      implements AlertVerdict {}

  /**
   * Count it; it says nothing new.
   *
   * @param incident where it is attached, if that is not closed
   * @param reason why
   */
  record Repeat(Optional<IncidentId> incident, VerdictReason reason) implements AlertVerdict {}

  /**
   * Store and list it, no more.
   *
   * @param reason why
   */
  record Ignore(VerdictReason reason) implements AlertVerdict {}
}
