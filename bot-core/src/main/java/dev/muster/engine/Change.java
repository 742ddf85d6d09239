// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.UtcText;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.Role;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.util.Locale;

/**
 * A change of an incident that its channel is told in one line.
 *
 * @param kind the kind of its fact
 * @param about what changed: the role, the field; empty where the kind says it
 * @param now the value it has now; empty for none
 * @param by who changed it
 * @param reason why; empty for none
 */
record Change(EntryKind kind, String about, String now, String by, String reason) {

  static Change of(IncidentEvent.SeverityChanged e, Actor actor, String reason) {
    return new Change(EntryKind.SEVERITY_CHANGED, "", e.to().name(), actor.name(), reason);
  }

  static Change of(IncidentEvent.RoleAssigned e, Actor actor, String reason) {
    return new Change(
        EntryKind.ROLE_ASSIGNED, e.role().word(), e.person().name(), actor.name(), reason);
  }

  static Change of(IncidentEvent.RoleReleased e, Actor actor, String reason) {
    return new Change(EntryKind.ROLE_RELEASED, e.role().word(), "", actor.name(), reason);
  }

  static Change of(IncidentEvent.FieldChanged e, Actor actor, String reason) {
    String field = e.field().name().toLowerCase(Locale.ROOT);
    return new Change(EntryKind.FIELD_CHANGED, field, e.to(), actor.name(), reason);
  }

  static Change of(IncidentEvent.NextUpdateSet e, Actor actor) {
    String due = e.at().map(UtcText::clock).orElse("");
    return new Change(EntryKind.NEXT_UPDATE_SET, "", due, actor.name(), "");
  }

  /** Returns what two changes share that are told in one line. */
  String sameKind() {
    return switch (kind) {
      case SEVERITY_CHANGED -> "severity";
      case NEXT_UPDATE_SET -> "next";
      case FIELD_CHANGED -> "field/" + about;
      default -> "role/" + about;
    };
  }

  /** Returns whether everybody in the channel has to know at once. */
  boolean matters() {
    return kind == EntryKind.SEVERITY_CHANGED || about.equals(Role.COMMANDER.word());
  }

  /** Returns the value before a fact of this kind; empty for none or for one not kept. */
  static String before(TimelineEntry entry) {
    String key =
        switch (entry.kind()) {
          case ROLE_ASSIGNED -> "before";
          case ROLE_RELEASED -> "name";
          default -> "from";
        };
    return String.valueOf(entry.data().getOrDefault(key, ""));
  }

  /** Returns the line, told from the value before the first change it stands for. */
  String line(String before) {
    return switch (kind) {
      case SEVERITY_CHANGED -> severity(before);
      case NEXT_UPDATE_SET -> promise();
      case FIELD_CHANGED -> field(before);
      default -> role(before);
    };
  }

  private String severity(String before) {
    String what =
        before.equals(now)
            ? "Severity is " + now + " again, by " + by
            : "Severity " + before + " → " + now + " by " + by;
    return what + because();
  }

  private String promise() {
    return now.isEmpty()
        ? by + " took back the promise of a next update."
        : by + " promised the next update by " + now + ".";
  }

  private String field(String before) {
    String what = capital(about) + (before.equals(now) ? " as before, by " : " by ") + by;
    return what + ": " + (now.isEmpty() ? "none" : now);
  }

  private String role(String before) {
    if (now.isEmpty()) {
      String what =
          before.isEmpty()
              ? capital(about) + " is vacant again"
              : before + " is no longer " + about;
      return what + because();
    }
    if (before.equals(now)) {
      return now + " is " + about + " again.";
    }
    return before.isEmpty()
        ? now + " is now " + about + "."
        : capital(about) + ": " + before + " → " + now + ".";
  }

  private String because() {
    return reason.isBlank() ? "." : " – " + reason;
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
