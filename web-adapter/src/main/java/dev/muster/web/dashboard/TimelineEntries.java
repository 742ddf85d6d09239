// SPDX-License-Identifier: Apache-2.0
package dev.muster.web.dashboard;

import dev.muster.incident.IncidentId;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Shows facts of one incident, each at a place that can be linked to. */
final class TimelineEntries {

  /** Longer texts begin folded; the API has what is longer still. */
  private static final int SHORT = 700;

  private static final int LONG = 8_000;
  private static final Duration SAME_TIME = Duration.ofSeconds(60);

  private static final Set<EntryKind> ALARMING =
      EnumSet.of(
          EntryKind.STEP_OUTCOME_UNKNOWN,
          EntryKind.STEP_FAILED,
          EntryKind.EFFECT_FAILED,
          EntryKind.ESCALATION_EXHAUSTED);
  private static final Set<EntryKind> WORTH_NOTICE =
      EnumSet.of(
          EntryKind.STATUS_CHANGED,
          EntryKind.SEVERITY_CHANGED,
          EntryKind.INCIDENT_DECLARED,
          EntryKind.HIGHLIGHTED,
          EntryKind.NOTE_ADDED);

  /** What another entry tells as well. */
  private static final Set<EntryKind> ROUTINE =
      EnumSet.of(
          EntryKind.BOT_POSTED,
          EntryKind.COMMAND_RUN,
          EntryKind.BUTTON_PRESSED,
          EntryKind.CHANNEL_OPENED,
          EntryKind.CHANNEL_READY,
          EntryKind.NEXT_UPDATE_SET);

  /** On a message that was heard after its own deletion or edit: where that stands. */
  private static final String REMOVED = "removed";

  private static final String REVISED = "revised";

  private final IncidentId incident;
  private final Links links;
  private final Map<Long, TimelineEntry> lastRevisions;

  /**
   * Prepares.
   *
   * @param lastRevisions the newest edit or deletion by the place of the message it is about
   */
  TimelineEntries(IncidentId incident, Links links, Map<Long, TimelineEntry> lastRevisions) {
    this.incident = incident;
    this.links = links;
    this.lastRevisions = lastRevisions;
  }

  Tag list(List<TimelineEntry> entries) {
    Tag list = Tag.of("ol", "timeline");
    LocalDate day = LocalDate.MIN;
    for (TimelineEntry entry : entries) {
      LocalDate own = entry.occurredAt().atZone(ZoneOffset.UTC).toLocalDate();
      if (!own.equals(day)) {
        list.add(Tag.of("li", "day muted small").text(own.toString()));
        day = own;
      }
      list.add(item(entry));
    }
    return list;
  }

  private Tag item(TimelineEntry entry) {
    String css = "entry" + weight(entry.kind()) + (isStruck(entry) ? " entry-struck" : "");
    Tag place =
        Tag.of("a", "entry-place muted small num")
            .href("#e" + entry.seq())
            .attr("title", "Link to this entry")
            .text("#" + entry.seq());
    Tag who = Tag.of("strong", "entry-who").add(Parts.foreign(entry.actor().name()));
    Tag head = Tag.of("p", "entry-head").add(Parts.second(entry.occurredAt()), who);
    head.add(Tag.of("span", "entry-kind muted").text(KindWords.of(entry.kind()))).add(place);
    Tag body = Tag.of("div", "entry-body").add(head).add(words(entry)).add(reason(entry));
    body.add(origin(entry)).add(late(entry)).add(about(entry)).add(later(entry)).add(file(entry));
    return Tag.of("li", css).attr("id", "e" + entry.seq()).add(body);
  }

  private static String weight(EntryKind kind) {
    if (ALARMING.contains(kind)) {
      return " entry-alarming";
    }
    if (WORTH_NOTICE.contains(kind)) {
      return " entry-notable";
    }
    return ROUTINE.contains(kind) ? " entry-quiet" : "";
  }

  private Optional<Tag> words(TimelineEntry entry) {
    String text = entry.text().strip();
    if (text.isEmpty() || entry.kind() == EntryKind.FILE_SHARED) {
      return Optional.empty();
    }
    if (text.length() <= SHORT) {
      return Optional.of(Tag.of("p", "entry-text").add(Parts.foreign(text)));
    }
    String more = "All " + text.codePointCount(0, text.length()) + " characters";
    Tag whole = Tag.of("p", "entry-text").add(Parts.foreign(ShownText.beginning(text, LONG)));
    Tag fold = Tag.of("details").add(Tag.of("summary").text(more), whole);
    if (text.length() > LONG) {
      fold.add(rest(entry));
    }
    Tag beginning = Parts.foreign(ShownText.beginning(text, SHORT) + "…");
    return Optional.of(Tag.of("div").add(Tag.of("p", "entry-text").add(beginning), fold));
  }

  private Tag rest(TimelineEntry entry) {
    String address =
        links.to(
            "/api/v1/incidents/" + incident + "/timeline",
            "after",
            String.valueOf(entry.seq() - 1),
            "limit",
            "1");
    return Tag.of("p", "small")
        .text("It is longer than a page shows. ")
        .add(Tag.of("a").href(address).text("Read the whole as JSON"));
  }

  private static Optional<Tag> reason(TimelineEntry entry) {
    return entry.reason().isBlank()
        ? Optional.empty()
        : Optional.of(
            Tag.of("p", "entry-note muted small")
                .text("Reason: ")
                .add(Parts.foreign(ShownText.beginning(spoken(entry.reason()), SHORT))));
  }

  /** Enumerated reasons are written with low lines; people read words. */
  private static String spoken(String reason) {
    return reason.matches("[a-z]+(_[a-z]+)+") ? reason.replace('_', ' ') : reason;
  }

  private static Optional<Tag> late(TimelineEntry entry) {
    boolean late = Duration.between(entry.occurredAt(), entry.at()).abs().compareTo(SAME_TIME) > 0;
    return late
        ? Optional.of(
            Tag.of("p", "entry-note muted small").text("Recorded ").add(Parts.time(entry.at())))
        : Optional.empty();
  }

  /** For what came along from an incident that was merged into this one: which. */
  private Optional<Tag> origin(TimelineEntry entry) {
    return Optional.ofNullable(entry.data().get("origin"))
        .map(String::valueOf)
        .flatMap(IncidentId::parse)
        .map(
            id ->
                Tag.of("p", "entry-note muted small")
                    .text("From ")
                    .add(Tag.of("a").href(links.incident(id)).text(id.toString())));
  }

  /** For an edit, a deletion or a reaction: the message it is about. */
  private Optional<Tag> about(TimelineEntry entry) {
    return original(entry)
        .map(seq -> Tag.of("p", "entry-note muted small").text("About ").add(cite(seq)).text("."));
  }

  /** For a message that was changed afterwards: where. */
  private Optional<Tag> later(TimelineEntry entry) {
    TimelineEntry revision = lastRevisions.get(entry.seq());
    Optional<Long> place =
        Optional.ofNullable(revision)
            .map(TimelineEntry::seq)
            .or(() -> number(entry, REMOVED))
            .or(() -> number(entry, REVISED));
    return place.map(
        seq ->
            Tag.of("p", "entry-note muted small")
                .text(isStruck(entry) ? "Deleted later, in " : "Edited later, in ")
                .add(cite(seq))
                .text(". This is what was written first."));
  }

  private static Optional<Long> number(TimelineEntry entry, String name) {
    return entry.data().get(name) instanceof Number seq
        ? Optional.of(seq.longValue())
        : Optional.empty();
  }

  private boolean isStruck(TimelineEntry entry) {
    TimelineEntry revision = lastRevisions.get(entry.seq());
    return number(entry, REMOVED).isPresent() || revision != null && isRemoval(revision);
  }

  private static boolean isRemoval(TimelineEntry revision) {
    return revision.kind() == EntryKind.MESSAGE_REMOVED;
  }

  private Optional<Tag> file(TimelineEntry entry) {
    if (entry.kind() != EntryKind.FILE_SHARED) {
      return Optional.empty();
    }
    Tag link = Tag.of("a").attr("rel", "noreferrer").add(Parts.foreign(entry.text()));
    if (entry.data().get("url") instanceof String url) {
      link.href(url);
    }
    return Optional.of(Tag.of("p", "entry-text").text("File ").add(link));
  }

  private Tag cite(long seq) {
    return Tag.of("a", "num").href(links.entry(incident, seq)).text("#" + seq);
  }

  /** Returns the place of the message that an entry is about. */
  static Optional<Long> original(TimelineEntry entry) {
    return number(entry, "of");
  }
}
