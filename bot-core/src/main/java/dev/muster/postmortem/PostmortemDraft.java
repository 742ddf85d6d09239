// SPDX-License-Identifier: Apache-2.0
package dev.muster.postmortem;

import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.Milestone;
import dev.muster.postmortem.Postmortem.Part;
import dev.muster.postmortem.Postmortem.Statement;
import dev.muster.timeline.Discussion;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the parts of a postmortem from an incident and its timeline. */
final class PostmortemDraft {

  private static final List<String> TAGS = List.of("factor:", "helped:", "harder:");

  private final Incident incident;
  private final List<TimelineEntry> entries;
  private final List<Tagged> tagged = new ArrayList<>();
  private final Story story;
  private final Authorship authorship;
  private final List<Statement> questions = new ArrayList<>();

  private record Tagged(long seq, String tag, String words) {}

  /**
   * Reads all facts; of the many none is kept but what is tagged.
   *
   * @param few in order
   * @param many the others, of {@link Postmortem#MANY}
   */
  PostmortemDraft(Incident incident, List<TimelineEntry> few, Postmortem.Telling many) {
    Cast cast = new Cast(incident, few);
    this.incident = incident;
    this.entries = Discussion.settled(few);
    this.story = new Story(new Narration(cast));
    this.authorship = new Authorship(cast, few);
    entries.forEach(this::hear);
    many.each(this::hear);
    tagged.sort(Comparator.comparingLong(Tagged::seq));
  }

  private void hear(TimelineEntry entry) {
    story.add(entry);
    if (entry.kind() == EntryKind.NOTE_ADDED || entry.kind() == EntryKind.HIGHLIGHTED) {
      String text = entry.text().strip();
      for (String tag : TAGS) {
        if (text.regionMatches(true, 0, tag, 0, tag.length())) {
          String words = text.substring(tag.length()).strip();
          tagged.add(new Tagged(entry.seq(), tag, Narration.quote(words)));
        }
      }
    }
  }

  Postmortem write(Instant generatedAt) {
    List<Part> parts = new ArrayList<>();
    parts.add(summary());
    parts.add(impact());
    parts.add(milestones());
    parts.add(story.part());
    parts.add(
        tagged(
            "factors",
            "Contributing factors",
            "factor",
            "What made this possible, and what made it last? There is rarely only one answer."));
    parts.add(tagged("helped", "What helped", "helped", "What went well or was simply lucky?"));
    parts.add(
        tagged(
            "harder",
            "What made it harder",
            "harder",
            "What was slow, confusing, missing or in the way?"));
    parts.add(actions());
    parts.add(questions());
    List<Part> written = parts.stream().map(this::withWords).toList();
    return new Postmortem(
        incident.id(), incident.title(), generatedAt, written, authorship.published());
  }

  /** Whoever wrote into a part answered what it asked. */
  private Part withWords(Part part) {
    return authorship
        .in(part.id())
        .map(
            words ->
                new Part(
                    part.id(),
                    part.title(),
                    part.statements(),
                    Optional.empty(),
                    Optional.of(words)))
        .orElse(part);
  }

  private long first(EntryKind kind) {
    return entries.stream()
        .filter(entry -> entry.kind() == kind)
        .map(TimelineEntry::seq)
        .findFirst()
        .orElse(1L);
  }

  private long last(EntryKind kind) {
    return entries.stream()
        .filter(entry -> entry.kind() == kind)
        .map(TimelineEntry::seq)
        .reduce((a, b) -> b)
        .orElse(1L);
  }

  private Part summary() {
    List<Statement> statements = new ArrayList<>();
    long declared = first(EntryKind.INCIDENT_DECLARED);
    String drill = incident.drill() ? "This was a drill. " : "";
    statements.add(
        new Statement(
            drill
                + incident.id()
                + " “"
                + incident.title()
                + "” was declared as "
                + value(declared, "severity")
                + " by "
                + origin()
                + ".",
            List.of(declared)));
    if (entries.stream().anyMatch(entry -> entry.kind() == EntryKind.SEVERITY_CHANGED)) {
      statements.add(
          new Statement(
              "It ended as " + incident.severity() + ".",
              List.of(last(EntryKind.SEVERITY_CHANGED))));
    }
    incident
        .closing()
        .ifPresent(
            closing ->
                statements.add(
                    new Statement(
                        "It was closed as "
                            + closing.reason().word().replace('_', ' ')
                            + closing.duplicateOf().map(original -> " of " + original).orElse("")
                            + ".",
                        List.of(last(EntryKind.STATUS_CHANGED)))));
    return new Part("summary", "Summary", statements, Optional.empty());
  }

  private String origin() {
    return incident.declaredBy().type().equals("alert")
        ? "an alert from " + incident.declaredBy().name()
        : "a person";
  }

  private String value(long seq, String name) {
    return entries.stream()
        .filter(entry -> entry.seq() == seq)
        .map(entry -> entry.data().get(name))
        .map(String::valueOf)
        .findFirst()
        .orElse("unknown");
  }

  private Part impact() {
    List<Statement> statements = new ArrayList<>();
    for (TimelineEntry entry : entries) {
      boolean about =
          entry.kind() == EntryKind.FIELD_CHANGED
              && ("impact".equals(entry.data().get("field"))
                  || "services".equals(entry.data().get("field")));
      if (about) {
        String field = "impact".equals(entry.data().get("field")) ? "Impact" : "Affected";
        String to = String.valueOf(entry.data().get("to"));
        statements.add(
            new Statement(
                field
                    + ", said at "
                    + UtcText.clock(entry.occurredAt())
                    + ": "
                    + Narration.quote(to),
                List.of(entry.seq())));
      }
    }
    if (statements.isEmpty() && !incident.services().isEmpty()) {
      statements.add(
          new Statement(
              "Affected: " + String.join(", ", incident.services()) + ".",
              List.of(first(EntryKind.INCIDENT_DECLARED))));
    }
    Optional<String> missing =
        incident.impact().isEmpty()
            ? Optional.of(
                "Nobody wrote down the impact. Who felt it, how many, and how? Write it down:"
                    + " /incident postmortem edit impact …")
            : Optional.empty();
    return new Part("impact", "Impact", statements, missing);
  }

  private Part milestones() {
    List<Statement> statements = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (Milestone milestone : Milestone.values()) {
      Optional<Instant> at = incident.reached(milestone);
      if (at.isEmpty()) {
        unknown.add(milestone.word());
      } else {
        statements.add(
            new Statement(
                capital(milestone.word()) + ": " + UtcText.minute(at.get()) + ".",
                List.of(entryOf(milestone))));
      }
    }
    duration(statements, "Time to detect", Milestone.STARTED, Milestone.DETECTED);
    duration(statements, "Time to acknowledge", Milestone.DETECTED, Milestone.ACKNOWLEDGED);
    duration(statements, "Time to mitigate", Milestone.DETECTED, Milestone.MITIGATED);
    duration(statements, "Time to resolve", Milestone.DETECTED, Milestone.RESOLVED);
    Optional<String> missing =
        unknown.isEmpty()
            ? Optional.empty()
            : Optional.of("Not known: " + String.join(", ", unknown) + ". When was that?");
    return new Part("milestones", "Milestones and durations", statements, missing);
  }

  private void duration(List<Statement> statements, String name, Milestone from, Milestone to) {
    Optional<Instant> begin = incident.reached(from);
    Optional<Instant> end = incident.reached(to);
    if (begin.isPresent() && end.isPresent()) {
      String length = UtcText.duration(Duration.between(begin.get(), end.get()));
      statements.add(
          new Statement(name + ": " + length + ".", List.of(entryOf(from), entryOf(to))));
    }
  }

  private long entryOf(Milestone milestone) {
    return switch (milestone) {
      case STARTED, DETECTED, DECLARED -> first(EntryKind.INCIDENT_DECLARED);
      case ACKNOWLEDGED -> acknowledged();
      case IDENTIFIED, MITIGATED, RESOLVED, CLOSED ->
          entries.stream()
              .filter(entry -> entry.kind() == EntryKind.STATUS_CHANGED)
              .filter(entry -> milestone.word().equals(entry.data().get("to")))
              .map(TimelineEntry::seq)
              .reduce((a, b) -> b)
              .orElse(1L);
    };
  }

  private long acknowledged() {
    Instant at = incident.reached(Milestone.ACKNOWLEDGED).orElse(Instant.MIN);
    return entries.stream()
        .filter(entry -> !entry.at().isBefore(at))
        .filter(
            entry ->
                entry.kind() == EntryKind.ESCALATION_ACKNOWLEDGED
                    || entry.kind() == EntryKind.ROLE_ASSIGNED
                    || entry.kind() == EntryKind.INCIDENT_DECLARED)
        .map(TimelineEntry::seq)
        .findFirst()
        .orElse(1L);
  }

  private Part tagged(String id, String title, String tag, String question) {
    List<Statement> statements = new ArrayList<>();
    for (Tagged said : tagged) {
      if (said.tag().equals(tag + ":")) {
        statements.add(new Statement(said.words(), List.of(said.seq())));
      }
    }
    Optional<String> missing =
        statements.isEmpty()
            ? Optional.of(
                "Nothing was tagged. "
                    + question
                    + " Write it down: /incident postmortem edit "
                    + id
                    + " … or, with its time: /incident timeline add "
                    + tag
                    + ": …")
            : Optional.empty();
    return new Part(id, title, statements, missing);
  }

  private Part actions() {
    Map<String, Statement> byNumber = new LinkedHashMap<>();
    for (TimelineEntry entry : entries) {
      String number = String.valueOf(entry.data().get("number"));
      if (entry.kind() == EntryKind.ACTION_ADDED) {
        byNumber.put(number, action(entry, number));
      } else if (byNumber.containsKey(number)
          && (entry.kind() == EntryKind.ACTION_DONE || isMoved(entry, "action"))) {
        Statement open = byNumber.get(number);
        String end = entry.kind() == EntryKind.ACTION_DONE ? " Done." : " " + entry.text();
        byNumber.put(
            number, new Statement(open.text() + end, List.of(open.entries().get(0), entry.seq())));
      }
    }
    Optional<String> missing =
        byNumber.isEmpty()
            ? Optional.of(
                "No follow-up was agreed. What will be done so that it is less likely, or ends"
                    + " sooner? Add one: /incident action …")
            : Optional.empty();
    return new Part("actions", "Action items", List.copyOf(byNumber.values()), missing);
  }

  private Statement action(TimelineEntry entry, String number) {
    Object owner = entry.data().get("ownerName");
    Object due = entry.data().get("due");
    String text =
        "#"
            + number
            + " "
            + Narration.quote(String.valueOf(entry.data().get("text")))
            + (owner == null ? ", no owner" : ", owner " + owner)
            + (due == null ? ", no date." : ", due " + due + ".");
    if (owner == null) {
      questions.add(new Statement("Who owns action #" + number + "?", List.of(entry.seq())));
    }
    return new Statement(text, List.of(entry.seq()));
  }

  private Part questions() {
    for (TimelineEntry entry : entries) {
      if (entry.kind() == EntryKind.STEP_OUTCOME_UNKNOWN) {
        questions.add(
            new Statement(
                "How could it be known at once whether step " + entry.data().get("step") + " ran?",
                List.of(entry.seq())));
      } else if (entry.kind() == EntryKind.ESCALATION_EXHAUSTED) {
        questions.add(new Statement("Why could nobody be asked for help?", List.of(entry.seq())));
      }
    }
    leftTasks();
    long declared = first(EntryKind.INCIDENT_DECLARED);
    if (incident.reached(Milestone.STARTED).isEmpty()) {
      questions.add(new Statement("When did the impact begin?", List.of(declared)));
    }
    if (incident.impact().isEmpty() && authorship.in("impact").isEmpty()) {
      questions.add(new Statement("Who felt it, and how?", List.of(declared)));
    }
    return new Part("questions", "Open questions", questions, Optional.empty());
  }

  private static boolean isMoved(TimelineEntry entry, String what) {
    return entry.kind() == EntryKind.ITEM_MOVED && what.equals(entry.data().get("what"));
  }

  /** A task that was not done before the end may still be needed. */
  private void leftTasks() {
    Map<Object, TimelineEntry> open = new LinkedHashMap<>();
    for (TimelineEntry entry : entries) {
      if (entry.kind() == EntryKind.TASK_ADDED) {
        open.put(entry.data().get("number"), entry);
      } else if (entry.kind() == EntryKind.TASK_DONE || isMoved(entry, "task")) {
        open.remove(entry.data().get("number"));
      }
    }
    open.forEach(
        (number, entry) ->
            questions.add(
                new Statement(
                    "Task #"
                        + number
                        + " "
                        + Narration.quote(String.valueOf(entry.data().get("text")))
                        + " was still open at the end. Is it still needed?",
                    List.of(entry.seq()))));
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
