// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.incident.Milestone;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the channel of an incident what changed, one line per change. Changes of the same kind
 * within a minute are one line: the message that told the first is edited to tell from where to
 * where it went. While an incident is fresh, people read its headline, which shows every change;
 * only a few lines that matter stand beside it, the others hang under it. Whoever follows from
 * where incidents are announced reads the same lines under the announcement. The timeline keeps
 * every change.
 */
final class ChangeLines {

  /** How long after the first change a further one of its kind is told in the same line. */
  static final Duration ONE_LINE = Duration.ofSeconds(60);

  /** How long an incident is fresh: a channel takes five messages of the bot in that time. */
  static final Duration FRESH = Duration.ofMinutes(5);

  /** What headline, alerts and the first call for help leave of those five messages. */
  private static final int FRESH_LINES = 2;

  private final Moment moment;
  private final Incident incident;
  private final Stream stream;

  private ChangeLines(Moment moment, Incident incident) {
    this.moment = moment;
    this.incident = incident;
    stream = Stream.of(incident.id());
  }

  /** Tells a change whose fact is the newest of its kind on the timeline. */
  static void say(Moment moment, Incident incident, Change change) {
    ChangeLines lines = new ChangeLines(moment, incident);
    lines.standing(change).or(() -> lines.begin(change)).ifPresent(line -> lines.say(line, change));
  }

  /** A line: the fact that began it, and whether it hangs under the headline. */
  private record Line(TimelineEntry first, boolean under) {}

  private void say(Line line, Change change) {
    BotMessage words =
        BotMessage.line(incident.id() + " · " + change.line(Change.before(line.first())));
    String slot = "line/" + line.first().seq();
    Orders orders = new Orders(moment);
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      if (line.under()) {
        orders.showUnderHeadline(incident.id(), platform, slot, Priority.CARDS, words);
      } else {
        orders.show(incident.id(), platform, slot, Priority.CARDS, words);
      }
      if (!incident.isPrivate()) {
        orders.log(incident.id(), platform, slot, words);
      }
    }
  }

  private String note(Change change) {
    return "line/" + incident.id() + "/" + change.sameKind();
  }

  /** Returns the line that a change of this kind still belongs to. */
  private Optional<Line> standing(Change change) {
    String[] kept = moment.tx().note(note(change)).orElse("").split(" ");
    if (kept.length < 2) {
      return Optional.empty();
    }
    return moment.tx().timeline().read(stream, Long.parseLong(kept[0]) - 1, 1, Set.of()).stream()
        .filter(entry -> moment.now().isBefore(entry.at().plus(ONE_LINE)))
        .map(entry -> new Line(entry, Boolean.parseBoolean(kept[1])))
        .findFirst();
  }

  private Optional<Line> begin(Change change) {
    Optional<Line> line =
        moment
            .tx()
            .timeline()
            .latest(stream, change.kind(), change.about())
            .map(entry -> new Line(entry, hangsUnder(change)));
    line.ifPresent(l -> moment.tx().keepNote(note(change), l.first().seq() + " " + l.under()));
    return line;
  }

  private boolean hangsUnder(Change change) {
    boolean fresh =
        incident
            .reached(Milestone.DECLARED)
            .filter(declared -> moment.now().isBefore(declared.plus(FRESH)))
            .isPresent();
    if (!fresh) {
      return false;
    }
    boolean beside = change.matters() && told(moment, incident) < FRESH_LINES;
    if (beside) {
      count(moment, incident);
    }
    return !beside;
  }

  private static String countNote(Incident incident) {
    return "fresh-lines/" + incident.id();
  }

  private static int told(Moment moment, Incident incident) {
    return moment.tx().note(countNote(incident)).map(Integer::parseInt).orElse(0);
  }

  /** Counts another message that stands beside the headline of a fresh incident. */
  static void count(Moment moment, Incident incident) {
    int told = told(moment, incident) + 1;
    moment.tx().keepNote(countNote(incident), String.valueOf(told));
  }
}
