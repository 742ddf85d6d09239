// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.PlainWords;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentTask;
import dev.muster.store.Aggregates;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Names what is still to be done in an incident, where there is little room to say it. */
final class OpenTasks {

  /** More than this is said as a number. */
  private static final int LISTED = 3;

  private static final int LONGEST = 60;

  private OpenTasks() {}

  /** Returns the tasks of all incidents. */
  static Aggregates<IncidentTask> all(Moment moment) {
    return moment.tx().all(IncidentTask.class);
  }

  /** Returns the few first ones and how many more there are; empty when nothing is to be done. */
  static Optional<String> named(Moment moment, Incident incident) {
    List<IncidentTask> open = all(moment).openOf(incident.id());
    if (open.isEmpty()) {
      return Optional.empty();
    }
    String first =
        open.stream().limit(LISTED).map(OpenTasks::brief).collect(Collectors.joining("; "));
    int more = open.size() - LISTED;
    return Optional.of(first + (more > 0 ? " and " + more + " more" : ""));
  }

  /** Returns the number of the first one; 1 when nothing is to be done. */
  static int first(Moment moment, Incident incident) {
    return all(moment).openOf(incident.id()).stream()
        .map(IncidentTask::number)
        .findFirst()
        .orElse(1);
  }

  private static String brief(IncidentTask task) {
    String line = task.text().replaceAll("\\s+", " ").strip();
    String text = PlainWords.shortened(line, LONGEST);
    return "#"
        + task.number()
        + " "
        + text
        + task.owner().map(owner -> " (" + owner.name() + ")").orElse(" (nobody)");
  }
}
