// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Appointments that survive a restart; within one transaction. */
public interface Timers {

  /** Sets a timer; one of the same kind and subject is replaced. */
  void set(Timer timer);

  /** Cancels a timer; absent ones are fine. */
  void cancel(String kind, String subject);

  /** Cancels every timer of an incident. */
  void cancelAll(IncidentId incident);

  /** Returns timers that are due, the earliest first. */
  List<Timer> due(Instant now, int limit);

  /** Returns one timer. */
  Optional<Timer> find(String kind, String subject);

  /** Returns when the next timer falls due. */
  Optional<Instant> nextDue();

  /**
   * An appointment.
   *
   * @param kind what for, an enumerated word
   * @param subject about what; unique with the kind
   * @param incident about which incident, if any
   * @param due when
   * @param details further values; {@link #UNREADABLE} alone when they cannot be read
   */
  record Timer(
      String kind,
      String subject,
      Optional<IncidentId> incident,
      Instant due,
      Map<String, String> details) {

    /** Stands for details that a newer version wrote or that are damaged. */
    public static final Map<String, String> UNREADABLE = Map.of("unreadable", "true");
  }
}
