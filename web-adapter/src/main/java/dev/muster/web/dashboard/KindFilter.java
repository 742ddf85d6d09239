// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.timeline.EntryKind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which facts of a timeline a visitor wants to see. */
enum KindFilter {
  /** Everything there is. */
  EVERYTHING("Everything"),
  /** What people decided and found out. */
  DECISIONS(
      "Decisions",
      EntryKind.INCIDENT_DECLARED,
      EntryKind.ROLE_ASSIGNED,
      EntryKind.ROLE_RELEASED,
      EntryKind.SEVERITY_CHANGED,
      EntryKind.SEVERITY_CONFIRMED,
      EntryKind.COMMUNICATIONS_SETTLED,
      EntryKind.STATUS_CHANGED,
      EntryKind.FIELD_CHANGED,
      EntryKind.VISIBILITY_CHANGED,
      EntryKind.NOTE_ADDED,
      EntryKind.HIGHLIGHTED,
      EntryKind.ESCALATION_STARTED,
      EntryKind.ESCALATION_ACKNOWLEDGED,
      EntryKind.ESCALATION_EXHAUSTED,
      EntryKind.INCIDENT_MERGED,
      EntryKind.INCIDENT_SEPARATED,
      EntryKind.ITEM_MOVED,
      EntryKind.TASK_ADDED,
      EntryKind.TASK_ASSIGNED,
      EntryKind.TASK_RELEASED,
      EntryKind.TASK_DONE,
      EntryKind.ACTION_ADDED,
      EntryKind.ACTION_DONE,
      EntryKind.POSTMORTEM_DRAFTED,
      EntryKind.POSTMORTEM_EDITED,
      EntryKind.POSTMORTEM_PUBLISHED),
  /** What was said in the channel. */
  MESSAGES(
      "Messages",
      EntryKind.MESSAGE_LOGGED,
      EntryKind.MESSAGE_REVISED,
      EntryKind.MESSAGE_REMOVED,
      EntryKind.FILE_SHARED,
      EntryKind.REACTION_ADDED,
      EntryKind.REACTION_REMOVED,
      EntryKind.HIGHLIGHTED,
      EntryKind.HIGHLIGHT_REMOVED,
      EntryKind.NOTE_ADDED),
  /** What machines stated. */
  ALERTS("Alerts", EntryKind.ALERT_ATTACHED, EntryKind.ALERT_RESOLVED),
  /** What was run, and who agreed. */
  RUNBOOKS(
      "Runbooks",
      EntryKind.RUNBOOK_STARTED,
      EntryKind.STEP_REQUESTED,
      EntryKind.APPROVAL_REQUESTED,
      EntryKind.STEP_APPROVED,
      EntryKind.STEP_REFUSED,
      EntryKind.STEP_DISPATCHED,
      EntryKind.STEP_SUCCEEDED,
      EntryKind.STEP_FAILED,
      EntryKind.STEP_OUTCOME_UNKNOWN),
  /** What people outside were told. */
  UPDATES(
      "Updates",
      EntryKind.STATUS_UPDATE_POSTED,
      EntryKind.SUMMARY_POSTED,
      EntryKind.NEXT_UPDATE_SET);

  private final String label;
  private final Set<EntryKind> kinds;

  KindFilter(String label, EntryKind... kinds) {
    this.label = label;
    Set<EntryKind> these = EnumSet.noneOf(EntryKind.class);
    these.addAll(Arrays.asList(kinds));
    this.kinds = Set.copyOf(these);
  }

  String label() {
    return label;
  }

  /** Returns the kinds; empty for all. */
  Set<EntryKind> kinds() {
    return kinds;
  }

  /** Returns the words for an address, separated by commas; empty for everything. */
  String words() {
    return kinds.stream().sorted().map(EntryKind::word).collect(Collectors.joining(","));
  }

  /** Reads kinds separated by commas; words that name no kind are passed over. */
  static Set<EntryKind> read(String words) {
    Set<EntryKind> found = EnumSet.noneOf(EntryKind.class);
    for (String word : words.toLowerCase(Locale.ROOT).split(",")) {
      Arrays.stream(EntryKind.values())
          .filter(kind -> kind.word().equals(word.strip()))
          .forEach(found::add);
    }
    return found;
  }
}
