// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChannelRef;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.Profile;
import dev.muster.chat.SharedFile;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes what is said in incident channels to their timelines; an older entry never changes. */
final class Conversations {

  /** Reactions that mark a message as important. */
  static final Set<String> HIGHLIGHTS = Set.of("pushpin", "📌", "bookmark_tabs", "star", "⭐");

  private static final Duration LATE = Duration.ofMinutes(5);

  private final IncidentLifecycle lifecycle;

  Conversations(IncidentLifecycle lifecycle) {
    this.lifecycle = lifecycle;
  }

  /** Logs a message of an incident channel; anything else is none of our business. */
  void posted(Moment moment, ChatEvent.MessagePosted event) {
    incident(moment, event.message().channel()).ifPresent(incident -> log(moment, incident, event));
  }

  private void log(Moment moment, Incident incident, ChatEvent.MessagePosted event) {
    Actor actor = new Actor.Human(event.by().person());
    Map<String, Object> data = place(event.message());
    event.place().thread().ifPresent(root -> data.put("thread", root));
    event.permalink().ifPresent(link -> data.put("permalink", link));
    data.put("fromProgram", event.by().bot());
    if (event.at().plus(LATE).isBefore(moment.now())) {
      data.put("late", true);
    }
    NewEntry entry =
        new NewEntry(
            event.at(),
            EntryKind.MESSAGE_LOGGED,
            actor,
            People.readable(moment, event.text()),
            "",
            event.message().id(),
            data);
    append(moment, incident, entry);
    for (SharedFile file : event.files()) {
      append(moment, incident, file(event.at(), actor, event.message(), file));
    }
    touch(moment, incident, event.by());
  }

  private static NewEntry file(Instant at, Actor actor, MessageRef message, SharedFile file) {
    Map<String, Object> data = place(message);
    data.put("message", message.id());
    data.put("name", file.name());
    data.put("mediaType", file.mediaType());
    data.put("size", file.size());
    data.put("url", file.url());
    return new NewEntry(at, EntryKind.FILE_SHARED, actor, file.name(), "", file.id(), data);
  }

  private void touch(Moment moment, Incident incident, Profile by) {
    if (!incident.touched() && !by.bot()) {
      Actor actor = new Actor.Human(by.person());
      lifecycle.record(moment, incident, List.of(new IncidentEvent.Touched()), actor, "");
    }
  }

  /** Logs an edit as a revision; the original stays. */
  void edited(Moment moment, ChatEvent.MessageEdited event) {
    revise(
        moment, event.message(), EntryKind.MESSAGE_REVISED, event.by(), event.at(), event.text());
  }

  /** Logs a deletion; the original stays. */
  void deleted(Moment moment, ChatEvent.MessageDeleted event) {
    incident(moment, event.message().channel())
        .ifPresent(
            incident -> {
              Actor actor =
                  event
                      .by()
                      .<Actor>map(by -> new Actor.Human(by.person()))
                      .orElseGet(() -> author(moment, incident, event.message()));
              append(
                  moment,
                  incident,
                  revision(moment, incident, event.message(), EntryKind.MESSAGE_REMOVED, event.at())
                      .apply(actor, ""));
            });
  }

  private static Actor author(Moment moment, Incident incident, MessageRef message) {
    return logged(moment, incident, message)
        .<Actor>map(entry -> new Actor.Human(personOf(message, entry)))
        .orElseGet(Actor.Bot::new);
  }

  private static Person personOf(MessageRef message, TimelineEntry entry) {
    String id = entry.actor().id();
    String bare = id.substring(id.indexOf(':') + 1);
    return new Person(new UserRef(message.channel().platform(), bare), entry.actor().name());
  }

  private void revise(
      Moment moment, MessageRef message, EntryKind kind, Profile by, Instant at, String text) {
    incident(moment, message.channel())
        .ifPresent(
            incident ->
                append(
                    moment,
                    incident,
                    revision(moment, incident, message, kind, at)
                        .apply(new Actor.Human(by.person()), People.readable(moment, text))));
  }

  /** An entry about an earlier message, still without actor and text. */
  private interface Revision {
    NewEntry apply(Actor actor, String text);
  }

  private static Revision revision(
      Moment moment, Incident incident, MessageRef message, EntryKind kind, Instant at) {
    Map<String, Object> data = place(message);
    logged(moment, incident, message).ifPresent(first -> data.put("of", first.seq()));
    return (actor, text) -> new NewEntry(at, kind, actor, text, "", message.id(), data);
  }

  /** Logs a reaction, and marks the message when the reaction says so. */
  void reacted(Moment moment, ChatEvent.ReactionAdded event) {
    incident(moment, event.message().channel())
        .ifPresent(
            incident -> {
              react(
                  moment,
                  incident,
                  EntryKind.REACTION_ADDED,
                  event.by(),
                  event.at(),
                  new Emoji(event.message(), event.name()));
              if (HIGHLIGHTS.contains(event.name())) {
                highlight(moment, incident, event);
              }
            });
  }

  /** Logs that a reaction was taken back. */
  void unreacted(Moment moment, ChatEvent.ReactionRemoved event) {
    incident(moment, event.message().channel())
        .ifPresent(
            incident -> {
              Emoji emoji = new Emoji(event.message(), event.name());
              react(moment, incident, EntryKind.REACTION_REMOVED, event.by(), event.at(), emoji);
              if (HIGHLIGHTS.contains(event.name())) {
                react(moment, incident, EntryKind.HIGHLIGHT_REMOVED, event.by(), event.at(), emoji);
              }
            });
  }

  private record Emoji(MessageRef message, String name) {}

  private void react(
      Moment moment, Incident incident, EntryKind kind, Profile by, Instant at, Emoji emoji) {
    Map<String, Object> data = place(emoji.message());
    data.put("name", emoji.name());
    logged(moment, incident, emoji.message()).ifPresent(first -> data.put("of", first.seq()));
    append(
        moment,
        incident,
        new NewEntry(
            at,
            kind,
            new Actor.Human(by.person()),
            ":" + emoji.name() + ":",
            "",
            emoji.message().id(),
            data));
  }

  private void highlight(Moment moment, Incident incident, ChatEvent.ReactionAdded event) {
    Map<String, Object> data = place(event.message());
    Optional<TimelineEntry> first = logged(moment, incident, event.message());
    first.ifPresent(entry -> data.put("of", entry.seq()));
    append(
        moment,
        incident,
        new NewEntry(
            first.map(TimelineEntry::occurredAt).orElse(event.at()),
            EntryKind.HIGHLIGHTED,
            new Actor.Human(event.by().person()),
            newestWords(moment, incident, event.message()),
            "reaction " + event.name(),
            event.message().id(),
            data));
    new Orders(moment).react(incident.id(), event.message(), "pushpin");
  }

  private static String newestWords(Moment moment, Incident incident, MessageRef message) {
    return moment
        .tx()
        .timeline()
        .latest(Stream.of(incident.id()), EntryKind.MESSAGE_REVISED, message.id())
        .or(() -> logged(moment, incident, message))
        .map(TimelineEntry::text)
        .orElse("");
  }

  private static Map<String, Object> place(MessageRef message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("platform", message.channel().platform());
    data.put("channel", message.channel().id());
    return data;
  }

  private static Optional<TimelineEntry> logged(
      Moment moment, Incident incident, MessageRef message) {
    return moment
        .tx()
        .timeline()
        .latest(Stream.of(incident.id()), EntryKind.MESSAGE_LOGGED, message.id());
  }

  private static Optional<Incident> incident(Moment moment, ChannelRef channel) {
    return moment.tx().incidents().livingIn(channel);
  }

  private static void append(Moment moment, Incident incident, NewEntry entry) {
    moment.tx().timeline().append(Stream.of(incident.id()), entry, moment.now());
  }
}
