// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Profile;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes what is said in incident channels to their timelines; an older entry never changes. What
 * comes out of order is written as it comes, and {@link dev.muster.timeline.Discussion} reads it.
 */
final class Conversations {

  private static final Duration LATE = Duration.ofMinutes(5);

  private final IncidentLifecycle lifecycle;
  private final Marks marks;

  Conversations(IncidentLifecycle lifecycle, Marks marks) {
    this.lifecycle = lifecycle;
    this.marks = marks;
  }

  /** Returns who follows reactions and pins. */
  Marks marks() {
    return marks;
  }

  /** Logs a message of an incident channel once; anything else is none of our business. */
  void posted(Moment moment, ChatEvent.MessagePosted event) {
    CrowdedAnnouncements.heard(moment, event);
    moment
        .tx()
        .incidents()
        .livingAt(event.message().channel(), event.place().thread())
        .or(() -> before(moment, event.message(), event.place().thread(), event.at()))
        .ifPresent(
            incident -> {
              List<TimelineEntry> known = Traces.of(moment, incident, event.message());
              boolean copy = Mirror.original(moment, incident, event.message()).isPresent();
              if (!copy && !Traces.isKnown(known)) {
                log(moment, incident, event, known);
              }
            });
  }

  private static Optional<Incident> before(
      Moment moment, MessageRef message, Optional<String> thread, Instant said) {
    return FormerPlaces.of(moment, message.channel(), thread, said);
  }

  private void log(
      Moment moment, Incident incident, ChatEvent.MessagePosted event, List<TimelineEntry> known) {
    Actor actor = new Actor.Human(Acquaintance.known(moment, event.by()).person());
    Facts.said(
        moment,
        incident,
        new NewEntry(
            event.at(),
            EntryKind.MESSAGE_LOGGED,
            actor,
            People.readable(moment, event.text()),
            "",
            event.message().id(),
            details(moment, event, known)));
    KeptFiles.shared(moment, incident, event, actor);
    Mirror.said(moment, incident, event, known);
    if (!known.isEmpty()) {
      marks.settle(moment, incident, event.message());
    }
    touch(moment, incident, event.by());
  }

  /** A message that comes after its own edit or deletion says where these are. */
  private static Map<String, Object> details(
      Moment moment, ChatEvent.MessagePosted event, List<TimelineEntry> known) {
    Map<String, Object> data = Traces.place(event.message());
    event.place().thread().ifPresent(root -> data.put("thread", root));
    event.permalink().ifPresent(link -> data.put("permalink", link));
    data.put("fromProgram", event.by().bot());
    if (event.broadcast()) {
      data.put("broadcast", true);
    }
    if (event.at().plus(LATE).isBefore(moment.now())) {
      data.put("late", true);
    }
    Traces.newest(known, EntryKind.MESSAGE_REVISED).ifPresent(e -> data.put("revised", e.seq()));
    Traces.newest(known, EntryKind.MESSAGE_REMOVED).ifPresent(e -> data.put("removed", e.seq()));
    return data;
  }

  private void touch(Moment moment, Incident incident, Profile by) {
    if (!incident.touched() && !by.bot()) {
      Actor actor = new Actor.Human(Acquaintance.known(moment, by).person());
      lifecycle.record(moment, incident, List.of(new IncidentEvent.Touched()), actor, "");
    }
  }

  /** Logs an edit as a revision, once; the original stays. */
  void edited(Moment moment, ChatEvent.MessageEdited event) {
    Traces.incident(moment, event.message())
        .or(() -> before(moment, event.message(), Optional.empty(), event.at()))
        .ifPresent(
            incident -> {
              List<TimelineEntry> known = Traces.of(moment, incident, event.message());
              String words = People.readable(moment, event.text());
              if (known.stream().anyMatch(entry -> isThat(entry, event, words))) {
                return;
              }
              Map<String, Object> data = about(event.message(), known);
              Traces.newest(known, EntryKind.MESSAGE_REVISED)
                  .filter(newer -> newer.occurredAt().isAfter(event.at()))
                  .ifPresent(newer -> data.put("superseded", newer.seq()));
              Facts.said(
                  moment,
                  incident,
                  new NewEntry(
                      event.at(),
                      EntryKind.MESSAGE_REVISED,
                      new Actor.Human(Acquaintance.known(moment, event.by()).person()),
                      words,
                      "",
                      event.message().id(),
                      data));
              if (!data.containsKey("superseded")) {
                Mirror.edited(moment, incident, event, known);
              }
            });
  }

  private static boolean isThat(TimelineEntry entry, ChatEvent.MessageEdited event, String words) {
    return entry.kind() == EntryKind.MESSAGE_REVISED
        && entry.occurredAt().equals(event.at())
        && entry.text().equals(words);
  }

  /**
   * Logs a deletion once, though it may be found out before it is heard of; the original stays. A
   * deleted message is no longer a highlight.
   */
  void deleted(Moment moment, ChatEvent.MessageDeleted event) {
    Traces.incident(moment, event.message())
        .or(() -> before(moment, event.message(), Optional.empty(), event.at()))
        .ifPresent(
            incident -> {
              List<TimelineEntry> known = Traces.of(moment, incident, event.message());
              if (Traces.newest(known, EntryKind.MESSAGE_REMOVED).isPresent()) {
                return;
              }
              Actor actor =
                  event
                      .by()
                      .<Actor>map(by -> new Actor.Human(Acquaintance.known(moment, by).person()))
                      .or(() -> Traces.origin(known).map(e -> Traces.actor(event.message(), e)))
                      .orElseGet(Actor.Bot::new);
              Facts.said(
                  moment,
                  incident,
                  new NewEntry(
                      event.at(),
                      EntryKind.MESSAGE_REMOVED,
                      actor,
                      "",
                      "",
                      event.message().id(),
                      about(event.message(), known)));
              marks.settle(moment, incident, event.message());
              Mirror.deleted(moment, incident, event.message(), known);
            });
  }

  private static Map<String, Object> about(MessageRef message, List<TimelineEntry> known) {
    Map<String, Object> data = Traces.place(message);
    Traces.origin(known).ifPresent(first -> data.put("of", first.seq()));
    return data;
  }

  /** Logs that somebody changed what the channel says about itself. */
  void described(Moment moment, ChatEvent.ChannelDescribed event) {
    incident(moment, event.channel())
        .ifPresent(
            incident -> {
              String part = event.part().name().toLowerCase(Locale.ROOT);
              String text = People.readable(moment, event.text());
              NewEntry entry =
                  NewEntry.of(
                          event.at(),
                          EntryKind.FIELD_CHANGED,
                          new Actor.Human(Acquaintance.known(moment, event.by()).person()),
                          "Channel " + part + ": " + (text.isEmpty() ? "(cleared)" : text))
                      .with(Map.of("field", "channel " + part, "to", text));
              Facts.append(moment, incident.id(), entry);
              if (event.part() == ChatEvent.ChannelDescribed.Part.TOPIC && !event.by().bot()) {
                retopic(moment, incident, event);
              }
            });
  }

  /** Shows our topic once more; changed a second time, people's stays until the facts change. */
  private static void retopic(Moment moment, Incident incident, ChatEvent.ChannelDescribed event) {
    String platform = event.channel().platform();
    String note = ChannelHead.topicNote(incident.id(), platform);
    String ours = moment.tx().note(note).orElse("");
    if (ours.isEmpty() || ours.equals(event.text())) {
      return;
    }
    String again = "topic-again/" + event.channel();
    if (incident.status().isOpen() && moment.tx().note(again).isEmpty()) {
      moment.tx().keepNote(again, moment.now().toString());
      new Orders(moment).setTopic(incident.id(), platform, ours, "");
    } else {
      moment.tx().keepNote(note, "");
    }
  }

  private static Optional<Incident> incident(Moment moment, ChannelRef channel) {
    return moment.tx().incidents().livingIn(channel);
  }
}
