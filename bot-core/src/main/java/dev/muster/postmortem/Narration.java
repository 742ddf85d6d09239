// SPDX-License-Identifier: Apache-2.0
package dev.muster.postmortem;

import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells timeline entries as sentences: people by their hats, what they wrote in quotation marks.
 */
final class Narration {

  private static final Set<EntryKind> QUOTED =
      EnumSet.of(EntryKind.NOTE_ADDED, EntryKind.HIGHLIGHTED, EntryKind.STATUS_UPDATE_POSTED);
  private static final int LONGEST_QUOTE = 400;

  private final Cast cast;

  Narration(Cast cast) {
    this.cast = cast;
  }

  /** Returns the sentence of an entry; empty for what does not matter afterwards. */
  Optional<String> tell(TimelineEntry entry) {
    if (QUOTED.contains(entry.kind())) {
      return entry.text().isBlank() ? Optional.empty() : Optional.of(quoted(entry));
    }
    return switch (entry.kind()) {
      case INCIDENT_DECLARED ->
          say(cast.subject(entry) + " declared the incident as " + value(entry, "severity"));
      case ROLE_ASSIGNED -> say("The role of " + value(entry, "role") + " was taken");
      case ROLE_RELEASED -> say("The role of " + value(entry, "role") + " became vacant");
      case SEVERITY_CHANGED ->
          say(
              cast.subject(entry)
                  + " changed the severity from "
                  + value(entry, "from")
                  + " to "
                  + value(entry, "to")
                  + because(entry));
      case STATUS_CHANGED ->
          say(
              cast.subject(entry)
                  + " moved the status from "
                  + value(entry, "from")
                  + " to "
                  + value(entry, "to")
                  + because(entry));
      case ALERT_ATTACHED -> say("Alert from " + entry.actor().name() + ": " + quote(entry.text()));
      case ALERT_RESOLVED ->
          say("The alert stopped, says " + entry.actor().name() + ": " + quote(entry.text()));
      case ESCALATION_STARTED -> say(cast.subject(entry) + " asked for help" + because(entry));
      case ESCALATION_ACKNOWLEDGED -> say(cast.subject(entry) + " took the incident on");
      case INCIDENT_MERGED ->
          say(value(entry, "source") + " " + quote(value(entry, "title")) + " was merged into it");
      case INCIDENT_SEPARATED -> say(value(entry, "source") + " was taken up again on its own");
      case TASK_DONE ->
          say(cast.subject(entry) + " finished a task: " + quote(value(entry, "text")));
      case ESCALATION_EXHAUSTED -> say("Nobody could be asked for help");
      default -> tellStep(entry);
    };
  }

  private Optional<String> tellStep(TimelineEntry entry) {
    String step = "Step " + value(entry, "step") + " of runbook " + value(entry, "runbook");
    return switch (entry.kind()) {
      case RUNBOOK_STARTED ->
          say(cast.subject(entry) + " started runbook " + value(entry, "runbook"));
      case STEP_APPROVED -> say(cast.subject(entry) + " approved " + lower(step));
      case STEP_REFUSED -> say(step + " was not run" + because(entry));
      case STEP_SUCCEEDED -> say(step + " succeeded" + because(entry));
      case STEP_FAILED -> say(step + " did not succeed" + because(entry));
      case STEP_OUTCOME_UNKNOWN -> say("Nobody knew whether " + lower(step) + " had run");
      case GAP_FILLED -> hidNothing(entry) ? Optional.empty() : say(stop(entry.text()));
      case EFFECT_FAILED -> say(stop(entry.text()));
      default -> Optional.empty();
    };
  }

  /** A gap that turned out empty tells nothing of the incident. */
  private static boolean hidNothing(TimelineEntry entry) {
    return Boolean.TRUE.equals(entry.data().get("filled"))
        && Boolean.TRUE.equals(entry.data().get("whole"))
        && "0".equals(value(entry, "events"));
  }

  private static Optional<String> say(String sentence) {
    return Optional.of(sentence + ".");
  }

  private String quoted(TimelineEntry entry) {
    String verb =
        switch (entry.kind()) {
          case STATUS_UPDATE_POSTED -> " posted an update: ";
          case HIGHLIGHTED -> " highlighted: ";
          default -> " noted: ";
        };
    return cast.subject(entry) + verb + quote(entry.text());
  }

  /** Returns somebody's words on one line, unchanged but for their length. */
  static String quote(String words) {
    String whole = words.strip();
    StringBuilder line = new StringBuilder(Math.min(whole.length(), LONGEST_QUOTE) + 4);
    line.append('“');
    boolean blank = false;
    for (int i = 0; i < whole.length() && line.length() <= LONGEST_QUOTE + 1; i++) {
      char c = whole.charAt(i);
      if (isBlank(c)) {
        blank = true;
      } else {
        line.append(blank ? " " : "").append(c);
        blank = false;
      }
    }
    if (line.length() > LONGEST_QUOTE + 1) {
      line.setLength(LONGEST_QUOTE + 1);
      if (Character.isHighSurrogate(line.charAt(LONGEST_QUOTE))) {
        line.setLength(LONGEST_QUOTE);
      }
      line.append('…');
    }
    return line.append('”').toString();
  }

  /** White space of ASCII; other blanks are left as they were written. */
  private static boolean isBlank(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  private static String because(TimelineEntry entry) {
    return entry.reason().isBlank() ? "" : ": " + quote(entry.reason());
  }

  private static String value(TimelineEntry entry, String name) {
    return String.valueOf(entry.data().getOrDefault(name, "unknown"));
  }

  private static String lower(String sentence) {
    return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }

  private static String stop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
