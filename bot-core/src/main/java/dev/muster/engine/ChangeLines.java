// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the channel of an incident what changed, one line per change. Changes of the same kind
 * within a minute are one line: the message that told the first is edited to tell from where to
 * where it went. The timeline keeps every one of them.
 */
final class ChangeLines {

  /** How long after the first change a further one of its kind is told in the same line. */
  static final Duration ONE_LINE = Duration.ofSeconds(60);

  private ChangeLines() {}

  /** Tells a change whose fact is the newest of its kind on the timeline. */
  static void say(Moment moment, Incident incident, Change change) {
    Optional<TimelineEntry> first = first(moment, incident, change);
    if (first.isEmpty()) {
      return;
    }
    BotMessage line =
        BotMessage.line(incident.id() + " · " + change.line(Change.before(first.get())));
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .show(incident.id(), platform, "line/" + first.get().seq(), Priority.CARDS, line);
    }
  }

  /** Returns the fact that began the line this change belongs to; it may be its own. */
  private static Optional<TimelineEntry> first(Moment moment, Incident incident, Change change) {
    Stream stream = Stream.of(incident.id());
    String note = "line/" + incident.id() + "/" + change.sameKind();
    Optional<TimelineEntry> begun =
        moment
            .tx()
            .note(note)
            .flatMap(seq -> entry(moment, stream, Long.parseLong(seq)))
            .filter(entry -> moment.now().isBefore(entry.at().plus(ONE_LINE)));
    if (begun.isPresent()) {
      return begun;
    }
    Optional<TimelineEntry> own =
        moment.tx().timeline().latest(stream, change.kind(), change.about());
    own.ifPresent(entry -> moment.tx().keepNote(note, String.valueOf(entry.seq())));
    return own;
  }

  private static Optional<TimelineEntry> entry(Moment moment, Stream stream, long seq) {
    List<TimelineEntry> found = moment.tx().timeline().read(stream, seq - 1, 1, Set.of());
    return found.stream().findFirst();
  }
}
