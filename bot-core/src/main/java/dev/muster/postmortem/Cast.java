// SPDX-License-Identifier: Apache-2.0
package dev.muster.postmortem;

import dev.muster.incident.Incident;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Names people by the hat they wore, so that the text is about work and not about persons. */
final class Cast {

  private final Map<String, String> hats = new HashMap<>();

  /** Learns the hats from the timeline; the first one somebody wore counts. */
  Cast(Incident incident, List<TimelineEntry> entries) {
    for (TimelineEntry entry : entries) {
      Object user = entry.data().get("user");
      Object role = entry.data().get("role");
      if (entry.kind() == EntryKind.ROLE_ASSIGNED && user != null && role != null) {
        hats.putIfAbsent(user.toString(), "the " + role);
      }
    }
    incident
        .roles()
        .forEach((role, person) -> hats.putIfAbsent(person.ref().toString(), "the " + role.word()));
  }

  /** Returns who caused an entry, in the middle of a sentence. */
  String who(TimelineEntry entry) {
    return switch (entry.actor().type()) {
      case "person" -> hats.getOrDefault(entry.actor().id(), "a responder");
      case "alert" -> "monitoring (" + entry.actor().name() + ")";
      case "schedule" -> "the schedule";
      default -> "Muster";
    };
  }

  /** Returns who caused an entry, at the beginning of a sentence. */
  String subject(TimelineEntry entry) {
    String who = who(entry);
    return Character.toUpperCase(who.charAt(0)) + who.substring(1);
  }

  /** Returns the hat of a person named in an entry's values. */
  String hat(Object user) {
    return hats.getOrDefault(String.valueOf(user), "a responder");
  }
}
