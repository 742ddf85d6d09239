// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.MessageRef;
import dev.muster.chat.Person;
import dev.muster.chat.UserRef;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.timeline.Discussion;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the timeline holds about one message. */
final class Traces {

  private static final Set<EntryKind> KINDS = EnumSet.copyOf(Discussion.KINDS);

  static {
    KINDS.add(EntryKind.BOT_POSTED);
  }

  private Traces() {}

  /** Returns the facts about a message, in order. */
  static List<TimelineEntry> of(Moment moment, Incident incident, MessageRef message) {
    String platform = message.channel().platform();
    return moment.tx().timeline().about(Stream.of(incident.id()), message.id(), KINDS).stream()
        .filter(entry -> entry.data().getOrDefault("platform", platform).equals(platform))
        .toList();
  }

  /**
   * Returns the incident that a message belongs to: the one of its channel, else the one that lives
   * in a thread there and has logged it.
   */
  static Optional<Incident> incident(Moment moment, MessageRef message) {
    Optional<Incident> own = moment.tx().incidents().livingIn(message.channel());
    return own.isPresent()
        ? own
        : moment.tx().incidents().unclosedInThreadsOf(message.channel()).stream()
            .filter(incident -> isKnown(of(moment, incident, message)))
            .findFirst();
  }

  /** Returns what follows a beginning in the name of the slot that a message of ours fills. */
  static Optional<String> inSlot(
      Moment moment, Incident incident, MessageRef message, String beginning) {
    return of(moment, incident, message).stream()
        .map(entry -> String.valueOf(entry.data().getOrDefault("slot", "")))
        .filter(slot -> slot.startsWith(beginning))
        .map(slot -> slot.substring(beginning.length()))
        .findFirst();
  }

  /** Returns where a message stands, as facts say it. */
  static Map<String, Object> place(MessageRef message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("platform", message.channel().platform());
    data.put("channel", message.channel().id());
    return data;
  }

  /** Returns whether the message itself is on the timeline, a person's or the bot's own. */
  static boolean isKnown(List<TimelineEntry> about) {
    return origin(about).isPresent();
  }

  /** Returns the fact that the message was said. */
  static Optional<TimelineEntry> origin(List<TimelineEntry> about) {
    return about.stream()
        .filter(
            entry ->
                entry.kind() == EntryKind.MESSAGE_LOGGED || entry.kind() == EntryKind.BOT_POSTED)
        .findFirst();
  }

  /** Returns the files of a message, in order. */
  static List<TimelineEntry> files(Moment moment, Incident incident, MessageRef message) {
    return Census.entries(moment, incident, EntryKind.FILE_SHARED).stream()
        .filter(file -> message.id().equals(file.data().get("message")))
        .toList();
  }

  /** Returns the newest fact of a kind, by the platform's time. */
  static Optional<TimelineEntry> newest(List<TimelineEntry> about, EntryKind kind) {
    return about.stream()
        .filter(entry -> entry.kind() == kind)
        .reduce((a, b) -> b.occurredAt().isBefore(a.occurredAt()) ? a : b);
  }

  /** Returns what the message says now. */
  static String newestWords(List<TimelineEntry> about) {
    return newest(about, EntryKind.MESSAGE_REVISED)
        .or(() -> origin(about))
        .map(TimelineEntry::text)
        .orElse("");
  }

  /** Returns who caused a fact, to be named in another one. */
  static Actor actor(MessageRef message, TimelineEntry entry) {
    String id = entry.actor().id();
    if (!entry.actor().type().equals("person")) {
      return new Actor.Bot();
    }
    int colon = id.indexOf(':');
    String platform = colon < 0 ? message.channel().platform() : id.substring(0, colon);
    UserRef user = new UserRef(platform, id.substring(colon + 1));
    return new Actor.Human(new Person(user, entry.actor().name()));
  }
}
