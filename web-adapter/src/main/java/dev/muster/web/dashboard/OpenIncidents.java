// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.readmodel.IncidentViews;
import dev.muster.readmodel.Viewer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The incidents that people work on, worst first, then newest. */
final class OpenIncidents {

  /** More are counted by nobody at a glance; the list has the rest. */
  static final int MOST = 100;

  static final Set<IncidentStatus> STATUSES =
      Arrays.stream(IncidentStatus.values())
          .filter(IncidentStatus::isOpen)
          .collect(Collectors.toUnmodifiableSet());

  private OpenIncidents() {}

  static List<Incident> of(IncidentViews views, Viewer viewer) {
    return views.open(viewer, MOST);
  }

  /** Returns for example {@code 2 incidents are open}. */
  static String count(List<Incident> open) {
    return switch (open.size()) {
      case 0 -> "No incident is open";
      case 1 -> "One incident is open";
      case MOST -> "At least " + MOST + " incidents are open";
      default -> open.size() + " incidents are open";
    };
  }
}
