// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.SharedFile;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import dev.muster.timeline.TimelineEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the files of messages on the timeline. A file of which the platform told only that it is
 * there gets its entry once the message was read again, or could not be.
 */
final class KeptFiles {

  private KeptFiles() {}

  /** Writes the files of a message that was just logged. */
  static void shared(Moment moment, Incident incident, ChatEvent.MessagePosted event, Actor actor) {
    for (SharedFile file : event.files()) {
      if (!file.keptBack()) {
        Facts.said(moment, incident, entry(event, actor, file));
      }
    }
    String kept =
        event.files().stream()
            .filter(SharedFile::keptBack)
            .map(file -> kept(file, event.permalink().orElse("")))
            .collect(Collectors.joining("\n"));
    if (!kept.isEmpty()) {
      moment.tx().keepNote(note(event.message()), kept);
      new Orders(moment).readMessage(incident.id(), event.message());
    }
  }

  /** One line for one file, whatever its name holds. */
  private static String kept(SharedFile file, String url) {
    return Stream.of(file.id(), file.name(), url)
        .map(part -> part.replaceAll("[\\p{Cntrl}]", " "))
        .collect(Collectors.joining("\t"));
  }

  /**
   * Writes the files of a message that was read again, if that was waited for: those that are not
   * on the timeline yet, because a platform may know a file by another identifier by now. What
   * turns out to be no file leaves no entry. The copies on other platforms follow.
   */
  static void read(Moment moment, Incident incident, ChatEvent.MessagePosted event) {
    List<String[]> waiting = waiting(moment, event.message());
    if (waiting.isEmpty()) {
      return;
    }
    Actor actor = new Actor.Human(Acquaintance.known(moment, event.by()).person());
    Set<String> written =
        Traces.files(moment, incident, event.message()).stream()
            .map(TimelineEntry::ref)
            .collect(Collectors.toSet());
    event.files().stream()
        .filter(file -> !written.contains(file.id()))
        .forEach(file -> Facts.said(moment, incident, entry(event, actor, file)));
    done(moment, event.message());
    Mirror.filesNamed(moment, incident, event);
  }

  /** Writes that there are files, when the message cannot be read again. */
  static void unread(Moment moment, Incident incident, MessageRef message, String reason) {
    List<String[]> waiting = waiting(moment, message);
    Actor actor =
        Traces.origin(Traces.of(moment, incident, message))
            .map((TimelineEntry first) -> Traces.actor(message, first))
            .orElseGet(Actor.Bot::new);
    for (String[] kept : waiting) {
      Map<String, Object> data = Traces.place(message);
      data.put("message", message.id());
      data.put("name", kept[1]);
      data.put("url", kept[2]);
      data.put("unread", reason);
      Facts.append(
          moment,
          incident.id(),
          new NewEntry(moment.now(), EntryKind.FILE_SHARED, actor, kept[1], "", kept[0], data));
    }
    if (!waiting.isEmpty()) {
      done(moment, message);
    }
  }

  /** Returns identifier, name and address of each file that is waited for. */
  private static List<String[]> waiting(Moment moment, MessageRef message) {
    Optional<String> kept = moment.tx().note(note(message)).filter(text -> !text.isEmpty());
    return kept.stream().flatMap(String::lines).map(line -> line.split("\t", -1)).toList();
  }

  private static void done(Moment moment, MessageRef message) {
    moment.tx().keepNote(note(message), "");
  }

  private static String note(MessageRef message) {
    return "kept-files/" + message;
  }

  private static NewEntry entry(ChatEvent.MessagePosted event, Actor actor, SharedFile file) {
    Map<String, Object> data = Traces.place(event.message());
    data.put("message", event.message().id());
    data.put("name", file.name());
    data.put("mediaType", file.mediaType());
    data.put("size", file.size());
    data.put("url", file.url().isEmpty() ? event.permalink().orElse("") : file.url());
    String words = file.name().isBlank() ? "a file" : file.name();
    return new NewEntry(event.at(), EntryKind.FILE_SHARED, actor, words, "", file.id(), data);
  }
}
