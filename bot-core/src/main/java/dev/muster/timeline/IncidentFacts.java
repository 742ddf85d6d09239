// SPDX-License-Identifier: Apache-2.0
package dev.muster.timeline;

import dev.muster.chat.Person;
import dev.muster.chat.UtcText;
import dev.muster.incident.Actor;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.Space;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes facts about an incident as timeline entries: kind, one sentence, and the values. */
public final class IncidentFacts {

  private final Actor actor;
  private final Instant at;

  private IncidentFacts(Actor actor, Instant at) {
    this.actor = actor;
    this.at = at;
  }

  /** Returns the entry of a fact; empty for facts that another entry already tells. */
  public static Optional<NewEntry> entry(IncidentEvent event, Actor actor, Instant at) {
    return new IncidentFacts(actor, at).write(event);
  }

  private Optional<NewEntry> write(IncidentEvent event) {
    if (event instanceof IncidentEvent.Declared e) {
      return Optional.of(declared(e));
    }
    if (event instanceof IncidentEvent.RoleAssigned e) {
      return Optional.of(assigned(e));
    }
    if (event instanceof IncidentEvent.RoleReleased e) {
      String text = e.person().name() + " is no longer " + e.role().word() + ".";
      Map<String, Object> data = person(e.person());
      data.put("role", e.role().word());
      return Optional.of(entry(EntryKind.ROLE_RELEASED, text, e.role().word(), data));
    }
    if (event instanceof IncidentEvent.SeverityChanged e) {
      String text = "Severity " + e.from() + " → " + e.to() + ".";
      return Optional.of(
          entry(
              EntryKind.SEVERITY_CHANGED,
              text,
              "",
              ordered("from", e.from().name(), "to", e.to().name())));
    }
    if (event instanceof IncidentEvent.StatusChanged e) {
      return Optional.of(moved(e));
    }
    return writeDetail(event);
  }

  private Optional<NewEntry> writeDetail(IncidentEvent event) {
    if (event instanceof IncidentEvent.FieldChanged e) {
      return Optional.of(described(e));
    }
    if (event instanceof IncidentEvent.NextUpdateSet e) {
      String text =
          e.at()
              .map(due -> "Next update by " + UtcText.minute(due) + ".")
              .orElse("No further update is planned.");
      String due = e.at().map(Instant::toString).orElse("");
      return Optional.of(entry(EntryKind.NEXT_UPDATE_SET, text, "", Map.of("due", due)));
    }
    if (event instanceof IncidentEvent.MemberAdded e) {
      String text = e.person().name() + " joined.";
      return Optional.of(entry(EntryKind.MEMBER_ADDED, text, "", person(e.person())));
    }
    if (event instanceof IncidentEvent.MemberRemoved e) {
      String text = e.person().name() + " is no longer a member.";
      return Optional.of(entry(EntryKind.MEMBER_REMOVED, text, "", person(e.person())));
    }
    if (event instanceof IncidentEvent.VisibilityChanged e) {
      String text = "The incident is " + (e.isPrivate() ? "private." : "public.");
      Map<String, Object> data = Map.of("private", e.isPrivate());
      return Optional.of(entry(EntryKind.VISIBILITY_CHANGED, text, "", data));
    }
    if (event instanceof IncidentEvent.SpaceOpened e) {
      String text =
          e.space().thread().isPresent()
              ? "The incident goes on in a thread of #" + e.space().name() + "."
              : "Channel #" + e.space().name() + " was opened.";
      return Optional.of(space(EntryKind.CHANNEL_OPENED, text, e.space()));
    }
    if (event instanceof IncidentEvent.SpaceChanged e) {
      String text = "The channel is #" + e.space().name() + " now.";
      return Optional.of(space(EntryKind.CHANNEL_CHANGED, text, e.space()));
    }
    return Optional.empty();
  }

  private NewEntry space(EntryKind kind, String text, Space space) {
    Map<String, Object> data =
        ordered("platform", space.platform(), "channel", space.channel().id());
    data.put("name", space.name());
    space.thread().ifPresent(root -> data.put("thread", root));
    return entry(kind, text, space.channel().toString(), data);
  }

  private NewEntry declared(IncidentEvent.Declared e) {
    Map<String, Object> data = ordered("title", e.title(), "severity", e.severity().name());
    data.put("services", e.services());
    data.put("private", e.isPrivate());
    data.put("drill", e.drill());
    e.startedAt().ifPresent(start -> data.put("startedAt", start.toString()));
    String text =
        e.id()
            + " was declared as "
            + e.severity()
            + (e.drill() ? " (drill)" : "")
            + ": "
            + e.title();
    return entry(EntryKind.INCIDENT_DECLARED, text, e.id().toString(), data);
  }

  private NewEntry assigned(IncidentEvent.RoleAssigned e) {
    Map<String, Object> data = person(e.person());
    data.put("role", e.role().word());
    e.before().ifPresent(before -> data.put("before", before.name()));
    String text =
        e.before()
            .map(before -> before.name() + " → " + e.person().name())
            .map(change -> capital(e.role().word()) + ": " + change + ".")
            .orElseGet(() -> e.person().name() + " is " + e.role().word() + ".");
    return entry(EntryKind.ROLE_ASSIGNED, text, e.role().word(), data);
  }

  private NewEntry moved(IncidentEvent.StatusChanged e) {
    Map<String, Object> data = ordered("from", e.from().word(), "to", e.to().word());
    e.closing().ifPresent(closing -> data.put("closing", closing.reason().word()));
    e.closing()
        .flatMap(closing -> closing.duplicateOf())
        .ifPresent(original -> data.put("duplicateOf", original.toString()));
    String why =
        e.closing()
            .map(
                c ->
                    " as "
                        + c.reason().word().replace('_', ' ')
                        + c.duplicateOf().map(original -> " of " + original).orElse(""))
            .orElse("");
    String text = "Status " + e.from().word() + " → " + e.to().word() + why + ".";
    return entry(EntryKind.STATUS_CHANGED, text, "", data);
  }

  private NewEntry described(IncidentEvent.FieldChanged e) {
    String field = e.field().name().toLowerCase(Locale.ROOT);
    Map<String, Object> data = ordered("field", field, "from", e.from());
    data.put("to", e.to());
    String text = capital(field) + ": " + (e.to().isEmpty() ? "(cleared)" : e.to());
    return entry(EntryKind.FIELD_CHANGED, text, field, data);
  }

  private NewEntry entry(EntryKind kind, String text, String ref, Map<String, Object> data) {
    return new NewEntry(at, kind, actor, text, "", ref, data);
  }

  private static Map<String, Object> person(Person person) {
    return ordered("user", person.ref().toString(), "name", person.name());
  }

  private static Map<String, Object> ordered(String a, Object av, String b, Object bv) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(a, av);
    map.put(b, bv);
    return map;
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
