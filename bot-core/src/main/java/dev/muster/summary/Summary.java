// SPDX-License-Identifier: Apache-2.0
package dev.muster.summary;

import dev.muster.chat.PlainWords;
import dev.muster.incident.Incident;
import dev.muster.incident.Severity;
import dev.muster.summary.StatusUpdate.Change;
import dev.muster.timeline.Discussion;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Builds a status update from an incident and what its timeline gained. Pure, and it invents
 * nothing: every change is an entry.
 */
public final class Summary {

  /** More changes than this are counted, not listed. */
  public static final int MAX_CHANGES = 6;

  /** The kinds of facts that people outside want to hear of. */
  public static final Set<EntryKind> NEWS =
      EnumSet.of(
          EntryKind.ROLE_ASSIGNED,
          EntryKind.ROLE_RELEASED,
          EntryKind.SEVERITY_CHANGED,
          EntryKind.STATUS_CHANGED,
          EntryKind.FIELD_CHANGED,
          EntryKind.NOTE_ADDED,
          EntryKind.HIGHLIGHTED,
          EntryKind.ALERT_ATTACHED,
          EntryKind.ALERT_RESOLVED,
          EntryKind.ESCALATION_STARTED,
          EntryKind.ESCALATION_ACKNOWLEDGED,
          EntryKind.STATUS_UPDATE_POSTED,
          EntryKind.STEP_APPROVED,
          EntryKind.STEP_REFUSED,
          EntryKind.STEP_SUCCEEDED,
          EntryKind.STEP_FAILED,
          EntryKind.STEP_OUTCOME_UNKNOWN,
          EntryKind.INCIDENT_MERGED,
          EntryKind.INCIDENT_SEPARATED,
          EntryKind.TASK_DONE,
          EntryKind.ACTION_ADDED);

  private static final int LONGEST_LINE = 160;

  private Summary() {}

  /**
   * Returns the update.
   *
   * @param entries the timeline since the last update, in order
   * @param since when the last update went out
   * @param next when the next one comes
   * @param uptoSeq the newest entry there is
   */
  public static StatusUpdate of(
      Incident incident,
      List<TimelineEntry> entries,
      Optional<Instant> since,
      Optional<Instant> next,
      long uptoSeq) {
    List<Change> all = new ArrayList<>();
    for (TimelineEntry entry : Discussion.settled(entries)) {
      boolean own = !entry.data().containsKey("origin");
      if (NEWS.contains(entry.kind()) && own && !entry.text().isBlank()) {
        all.add(new Change(entry.occurredAt(), line(entry), entry.seq()));
      }
    }
    int left = Math.max(0, all.size() - MAX_CHANGES);
    List<Change> newest = all.subList(left, all.size());
    return new StatusUpdate(sentence(incident), newest, left, since, next, uptoSeq);
  }

  /** Some reasons are names for programs; what they mean, the sentence says already. */
  private static boolean isCode(String reason) {
    return reason.equals("acknowledged") || reason.matches("[a-z]+(_[a-z]+)+");
  }

  private static String line(TimelineEntry entry) {
    String text = entry.text().replaceAll("\\s+", " ").strip();
    String cut = PlainWords.shortened(text, LONGEST_LINE);
    boolean quoted =
        entry.kind() == EntryKind.NOTE_ADDED
            || entry.kind() == EntryKind.HIGHLIGHTED
            || entry.kind() == EntryKind.STATUS_UPDATE_POSTED;
    if (entry.kind() == EntryKind.ALERT_ATTACHED || entry.kind() == EntryKind.ALERT_RESOLVED) {
      boolean over = entry.kind() == EntryKind.ALERT_RESOLVED;
      return (over ? "Alert no longer fires: “" : "Alert: “") + cut + "”";
    }
    String said = quoted ? speaker(entry) + ": “" + cut + "”" : cut;
    return entry.reason().isBlank() || quoted || isCode(entry.reason())
        ? said
        : said + " (" + entry.reason() + ")";
  }

  /** Whoever marks a message did not say it. */
  private static String speaker(TimelineEntry entry) {
    return entry.kind() == EntryKind.HIGHLIGHTED
        ? String.valueOf(entry.data().getOrDefault("author", entry.actor().name()))
        : entry.actor().name();
  }

  private static String sentence(Incident incident) {
    Severity severity = incident.severity();
    String who =
        incident
            .commander()
            .map(person -> "Commander is " + person.name() + ".")
            .orElse("Nobody is in command.");
    String impact =
        incident.impact().isEmpty()
            ? "Impact: unknown so far."
            : "Impact: " + incident.impact().replaceFirst("[.]$", "") + ".";
    return (incident.drill() ? "Drill: " : "")
        + severity
        + " "
        + incident.id()
        + " “"
        + incident.title()
        + "” is "
        + incident.status().word()
        + ". "
        + who
        + " "
        + impact;
  }
}
