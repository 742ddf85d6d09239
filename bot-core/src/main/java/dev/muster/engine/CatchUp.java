// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.Phrase;
import dev.muster.chat.PlainWords;
import dev.muster.chat.ReplyTo;
import dev.muster.chat.Section;
import dev.muster.chat.Span;
import dev.muster.chat.UserRef;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Milestone;
import dev.muster.timeline.Discussion;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tells somebody who comes into an incident's channel what they missed, for their eyes alone. */
final class CatchUp {

  /** Nobody is told the same twice within this time. */
  static final Duration ONCE = Duration.ofHours(1);

  /** Whoever the bot brings in at the opening has missed nothing. */
  static final Duration OPENING = Duration.ofMinutes(2);

  private static final int HIGHLIGHTS = 3;
  private static final int LONGEST = 200;
  private static final int READ = 10_000;
  private static final Set<EntryKind> MATTER =
      EnumSet.of(EntryKind.HIGHLIGHTED, EntryKind.HIGHLIGHT_REMOVED, EntryKind.NOTE_ADDED);

  private CatchUp() {}

  /**
   * Tells a newcomer.
   *
   * @param wasMember whether the bot counted them in before they came
   */
  static void joined(
      Moment moment, Incident incident, ChatEvent.MemberJoined event, boolean wasMember) {
    UserRef user = event.who().person().ref();
    if (event.who().bot() || wasMember && justOpened(incident, event.at())) {
      return;
    }
    String note = "catch-up/" + incident.id() + "/" + user;
    Optional<Instant> last = moment.tx().note(note).map(Instant::parse);
    if (last.filter(at -> at.plus(ONCE).isAfter(moment.now())).isPresent()) {
      return;
    }
    moment.tx().keepNote(note, moment.now().toString());
    ReplyTo reply =
        new ReplyTo(user, event.channel(), Optional.empty(), moment.now(), Optional.empty());
    new Orders(moment).tell(reply, message(moment, incident));
  }

  private static boolean justOpened(Incident incident, Instant at) {
    return incident
        .reached(Milestone.DECLARED)
        .filter(declared -> at.isBefore(declared.plus(OPENING)))
        .isPresent();
  }

  private static BotMessage message(Moment moment, Incident incident) {
    Cards cards = new Cards(incident);
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of("What", what(incident)));
    Instant since =
        incident
            .reached(Milestone.STARTED)
            .or(() -> incident.reached(Milestone.DECLARED))
            .orElse(moment.now());
    Duration open = Duration.between(since, moment.now());
    sections.add(
        new Section(
            "Since",
            Phrase.of(since).and(new Span.Words(", " + UtcText.duration(open) + " ago")),
            Section.Style.PLAIN));
    sections.add(
        new Section(
            "Who",
            incident
                .commander()
                .map(person -> Phrase.of(new Span.Who(person), new Span.Words(" commands")))
                .orElseGet(() -> Phrase.of("Nobody is in command")),
            Section.Style.PLAIN));
    sections.add(Section.of("Highlights", highlights(moment, incident, HIGHLIGHTS)));
    sections.add(Section.of("How to help", help(incident)));
    String text = cards.sentence() + " Only you see this. See all: /incident timeline";
    return BotMessage.card(text, "Welcome to " + incident.id()).withSections(sections);
  }

  private static String what(Incident incident) {
    return incident.severity()
        + " “"
        + incident.title()
        + "”, "
        + incident.status().word()
        + ". Impact: "
        + (incident.impact().isEmpty() ? "unknown so far" : incident.impact());
  }

  private static String help(Incident incident) {
    if (incident.status() == IncidentStatus.CLOSED) {
      return "It is closed. Read the postmortem: /incident postmortem";
    }
    return incident.commander().isEmpty()
        ? "Take command: /incident commander me"
        : "Ask the commander what is needed, or write what you know here.";
  }

  /** Returns the newest highlights and notes as lines, oldest first. */
  static String highlights(Moment moment, Incident incident, int most) {
    Stream stream = Stream.of(incident.id());
    List<TimelineEntry> entries = moment.tx().timeline().read(stream, 0, READ, MATTER);
    List<String> lines = new ArrayList<>();
    for (int i = entries.size() - 1; i >= 0 && lines.size() < most; i--) {
      current(moment, incident, entries.get(i)).ifPresent(line -> lines.add(0, line));
    }
    return lines.isEmpty() ? "None yet." : String.join("\n", lines);
  }

  /** Returns what is worth telling of an entry; empty for marks that do not stand any more. */
  private static Optional<String> current(Moment moment, Incident incident, TimelineEntry entry) {
    if (entry.kind() == EntryKind.NOTE_ADDED) {
      return Optional.of(line(entry, entry.text()));
    }
    if (entry.kind() != EntryKind.HIGHLIGHTED) {
      return Optional.empty();
    }
    List<TimelineEntry> about =
        moment.tx().timeline().about(Stream.of(incident.id()), entry.ref(), Discussion.KINDS);
    return Discussion.settled(about).stream()
        .filter(e -> e.kind() == EntryKind.HIGHLIGHTED && e.seq() == entry.seq())
        .filter(e -> !e.text().isBlank())
        .findFirst()
        .map(e -> line(e, e.text()));
  }

  private static String line(TimelineEntry entry, String words) {
    String flat = words.replaceAll("\\s+", " ").strip();
    String cut = PlainWords.shortened(flat, LONGEST);
    return UtcText.clock(entry.occurredAt()) + " " + cut;
  }
}
