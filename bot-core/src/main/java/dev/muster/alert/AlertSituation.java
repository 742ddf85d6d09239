// SPDX-License-Identifier: Apache-2.0
package dev.muster.alert;

import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known when an alert comes in; read within the transaction that stores the verdict.
 *
 * @param known what the same key said before; empty for the first time
 * @param groupIncident the unclosed incident of the alert's group
 * @param umbrella the incident of this source's alert storm while it is neither resolved nor closed
 * @param declarations when alerts of this source declared incidents lately
 * @param near the unclosed incident of an alert that was stated by another road and is, or may be,
 *     about the same
 */
public record AlertSituation(
    Optional<Known> known,
    Optional<IncidentId> groupIncident,
    Optional<IncidentId> umbrella,
    List<Instant> declarations,
    Optional<Near> near) {

  /** Nothing has happened yet. */
  public static final AlertSituation NEW =
      new AlertSituation(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /** Keeps an unmodifiable copy. */
  public AlertSituation {
    declarations = List.copyOf(declarations);
  }

  /** Describes an alert that nothing else is like. */
  public AlertSituation(
      Optional<Known> known,
      Optional<IncidentId> groupIncident,
      Optional<IncidentId> umbrella,
      List<Instant> declarations) {
    this(known, groupIncident, umbrella, declarations, Optional.empty());
  }

  /**
   * An incident that has an alert like this one.
   *
   * @param incident which
   * @param reason what makes them alike
   */
  public record Near(IncidentId incident, VerdictReason reason) {}

  /**
   * What a key said before.
   *
   * @param status its last status
   * @param startsAt the beginning it gave
   * @param lastAt when it was last received
   * @param incident the incident it belongs or belonged to
   * @param unclosed whether that incident is not closed yet
   * @param snoozedUntil until when somebody wants to hear nothing of it
   */
  public record Known(
      Alert.Status status,
      Instant startsAt,
      Instant lastAt,
      Optional<IncidentId> incident,
      boolean unclosed,
      Optional<Instant> snoozedUntil) {

    /** Returns the incident it belongs to, unless that is closed. */
    public Optional<IncidentId> openIncident() {
      return unclosed ? incident : Optional.empty();
    }
  }
}
