// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Profile;
import dev.muster.command.Requirement;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.TimelineEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Follows what people mark: reactions and pins. A message is highlighted while at least one mark
 * stands; which stand is read from the timeline, so that any order of arrival ends the same. Marks
 * of programs are passed over.
 */
final class Marks {

  /** The name under which a pin stands beside reactions; no platform has a reaction called so. */
  static final String PIN = "(pin)";

  /** Says of a mark that it was found standing or gone, not heard when it happened. */
  private static final String READ_BACK = "read_back";

  private final NotesDesk notes;
  private final TaskDesk tasks;
  private final Gate gate;

  Marks(NotesDesk notes, TaskDesk tasks, Gate gate) {
    this.notes = notes;
    this.tasks = tasks;
    this.gate = gate;
  }

  /** A mark somebody set or took back. */
  private record Mark(
      Profile by, Instant at, MessageRef message, String name, boolean there, boolean readBack) {

    static Mark heard(Profile by, Instant at, MessageRef message, String name, boolean there) {
      return new Mark(by, at, message, name, there, false);
    }

    Mark on(MessageRef other) {
      return new Mark(by, at, other, name, there, readBack);
    }
  }

  void reacted(Moment moment, ChatEvent.ReactionAdded event) {
    take(moment, Mark.heard(event.by(), event.at(), event.message(), event.name(), true));
  }

  void unreacted(Moment moment, ChatEvent.ReactionRemoved event) {
    take(moment, Mark.heard(event.by(), event.at(), event.message(), event.name(), false));
  }

  /** Takes a reaction that was found when a channel was read, set or taken back before now. */
  void foundOut(Moment moment, MessageRef message, Profile by, String name, boolean there) {
    take(moment, new Mark(by, moment.now(), message, name, there, true));
  }

  void pinned(Moment moment, ChatEvent.MessagePinned event) {
    take(moment, Mark.heard(event.by(), event.at(), event.message(), PIN, true));
  }

  /** A headline that somebody unpins is pinned once more; the second time it is respected. */
  void unpinned(Moment moment, ChatEvent.MessageUnpinned event) {
    take(moment, Mark.heard(event.by(), event.at(), event.message(), PIN, false));
    moment
        .tx()
        .incidents()
        .livingIn(event.message().channel())
        .filter(incident -> isHeadline(moment, incident, event.message()))
        .ifPresent(incident -> pinOnceMore(moment, incident, event.message()));
  }

  private static boolean isHeadline(Moment moment, Incident incident, MessageRef message) {
    String target = incident.id() + "@" + message.channel().platform();
    return moment.tx().slots().find(target, Cards.HEADLINE).filter(message::equals).isPresent();
  }

  private static void pinOnceMore(Moment moment, Incident incident, MessageRef message) {
    String note = "pinned-again/" + message;
    if (moment.tx().note(note).isEmpty()) {
      moment.tx().keepNote(note, moment.now().toString());
      new Orders(moment).pin(incident.id(), message.channel().platform(), Cards.HEADLINE);
    }
  }

  /** What is marked on a copy is marked on the message it repeats. */
  private void take(Moment moment, Mark heard) {
    Mark mark = Mirror.original(moment, heard.message()).map(heard::on).orElse(heard);
    Optional<Incident> found = Traces.incident(moment, mark.message());
    if (found.isEmpty() || isProgram(moment, mark.by())) {
      return;
    }
    Incident incident = found.get();
    List<TimelineEntry> known = Traces.of(moment, incident, mark.message());
    if (wasFoundOut(mark, known)) {
      return;
    }
    write(moment, incident, mark, known);
    if (means(moment, mark.name())) {
      settle(moment, incident, mark.message());
      if (mark.there() && !Traces.isKnown(known)) {
        new Orders(moment).readMessage(incident.id(), mark.message());
      }
    }
    if (mark.there() && moment.settings().reactions().finishes(mark.name())) {
      finish(moment, incident, mark);
    }
  }

  /** What was found out by reading is heard once more when the platform delivers it late. */
  private static boolean wasFoundOut(Mark mark, List<TimelineEntry> known) {
    EntryKind kind = mark.there() ? EntryKind.REACTION_ADDED : EntryKind.REACTION_REMOVED;
    return known.stream()
        .filter(entry -> entry.kind() == kind && entry.data().containsKey(READ_BACK))
        .filter(entry -> mark.name().equals(entry.data().get("name")))
        .filter(entry -> entry.actor().id().equals(mark.by().person().ref().toString()))
        .anyMatch(entry -> !mark.at().isAfter(entry.occurredAt()));
  }

  private static boolean isProgram(Moment moment, Profile by) {
    return by.bot()
        || moment
            .tx()
            .people()
            .find(by.person().ref())
            .filter(known -> known.profile().bot())
            .isPresent();
  }

  private static boolean means(Moment moment, String name) {
    return name.equals(PIN) || moment.settings().reactions().highlights(name);
  }

  private static void write(
      Moment moment, Incident incident, Mark mark, List<TimelineEntry> known) {
    Map<String, Object> data = Traces.place(mark.message());
    data.put("name", mark.name());
    if (mark.readBack()) {
      data.put(READ_BACK, true);
    }
    Traces.origin(known).ifPresent(first -> data.put("of", first.seq()));
    boolean pin = mark.name().equals(PIN);
    String words = mark.there() ? "Pinned it." : "Took the pin off.";
    Facts.append(
        moment,
        incident.id(),
        new NewEntry(
            mark.at(),
            mark.there() ? EntryKind.REACTION_ADDED : EntryKind.REACTION_REMOVED,
            new Actor.Human(Acquaintance.known(moment, mark.by()).person()),
            pin ? words : ":" + mark.name() + ":",
            "",
            mark.message().id(),
            data));
  }

  /** Brings the highlight of a message up to date with the marks that stand on it. */
  void settle(Moment moment, Incident incident, MessageRef message) {
    List<TimelineEntry> known = Traces.of(moment, incident, message);
    Optional<TimelineEntry> mark = standing(moment, known);
    boolean is = isHighlighted(known);
    boolean gone = known.stream().anyMatch(e -> e.kind() == EntryKind.MESSAGE_REMOVED);
    boolean wanted = mark.isPresent() && !gone && (is || Traces.isKnown(known));
    if (wanted && !is) {
      highlight(moment, incident, message, known, mark.get());
    } else if (!wanted && is) {
      append(moment, incident, message, known, EntryKind.HIGHLIGHT_REMOVED, "");
    }
  }

  /** A marked message whose words cannot be read is highlighted without them. */
  void settleUnread(Moment moment, Incident incident, MessageRef message, String reason) {
    List<TimelineEntry> known = Traces.of(moment, incident, message);
    boolean late = Traces.isKnown(known) || isHighlighted(known);
    if (!late && standing(moment, known).isPresent()) {
      append(moment, incident, message, known, EntryKind.HIGHLIGHTED, reason);
    }
  }

  private static boolean isHighlighted(List<TimelineEntry> known) {
    boolean is = false;
    for (TimelineEntry entry : known) {
      is |= entry.kind() == EntryKind.HIGHLIGHTED;
      is &= entry.kind() != EntryKind.HIGHLIGHT_REMOVED;
    }
    return is;
  }

  /** Returns the earliest mark that stands; a pin belongs to the message, not to a person. */
  private static Optional<TimelineEntry> standing(Moment moment, List<TimelineEntry> known) {
    Map<String, TimelineEntry> newest = new HashMap<>();
    for (TimelineEntry entry : known) {
      String name = String.valueOf(entry.data().getOrDefault("name", ""));
      boolean reaction =
          entry.kind() == EntryKind.REACTION_ADDED || entry.kind() == EntryKind.REACTION_REMOVED;
      if (reaction && means(moment, name)) {
        newest.merge(
            name.equals(PIN) ? PIN : name + " " + entry.actor().id(),
            entry,
            (before, now) -> now.occurredAt().isBefore(before.occurredAt()) ? before : now);
      }
    }
    return newest.values().stream()
        .filter(entry -> entry.kind() == EntryKind.REACTION_ADDED)
        .min(
            Comparator.comparing(TimelineEntry::occurredAt)
                .thenComparing(entry -> entry.actor().id()));
  }

  private static void highlight(
      Moment moment,
      Incident incident,
      MessageRef message,
      List<TimelineEntry> known,
      TimelineEntry mark) {
    String name = String.valueOf(mark.data().get("name"));
    append(
        moment,
        incident,
        message,
        known,
        EntryKind.HIGHLIGHTED,
        name.equals(PIN) ? "pinned" : "reaction " + name);
    new Orders(moment).react(incident.id(), message, "pushpin");
  }

  private static void append(
      Moment moment,
      Incident incident,
      MessageRef message,
      List<TimelineEntry> known,
      EntryKind kind,
      String reason) {
    Map<String, Object> data = Traces.place(message);
    Optional<TimelineEntry> origin = Traces.origin(known);
    origin.ifPresent(first -> data.put("of", first.seq()));
    boolean quotes = kind == EntryKind.HIGHLIGHTED;
    if (quotes) {
      origin.ifPresent(first -> data.put("author", first.actor().name()));
    }
    TimelineEntry last = known.get(known.size() - 1);
    Actor actor =
        quotes
            ? Traces.actor(message, standing(moment, known).orElse(last))
            : Traces.actor(message, last);
    Instant at = quotes ? origin.orElse(last).occurredAt() : last.occurredAt();
    String text = quotes ? Traces.newestWords(known) : "";
    Facts.said(moment, incident, new NewEntry(at, kind, actor, text, reason, message.id(), data));
  }

  /** The bot answers with a reaction of its own; whoever may not is passed over, written down. */
  private void finish(Moment moment, Incident incident, Mark mark) {
    Optional<Integer> action = notes.actionOn(moment, incident, mark.message());
    Optional<Integer> task = tasks.taskOn(moment, incident, mark.message());
    if (action.isEmpty() && task.isEmpty()) {
      return;
    }
    Profile by =
        moment
            .tx()
            .people()
            .find(mark.by().person().ref())
            .map(known -> known.profile())
            .orElse(mark.by());
    boolean may =
        gate.refusal(
                moment, by, Requirement.RESPONDER, Optional.of(incident), "reaction " + mark.name())
            .isEmpty();
    Actor actor = new Actor.Human(by.person());
    boolean finished =
        may
            && (action.filter(n -> notes.finish(moment, incident, n, actor)).isPresent()
                || task.filter(n -> tasks.finish(moment, incident, n, actor)).isPresent());
    if (finished) {
      new Orders(moment).react(incident.id(), mark.message(), mark.name());
    }
  }
}
