// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Button;
import dev.muster.chat.UtcText;
import dev.muster.effect.Priority;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Space;
import dev.muster.store.ActionStore.Use;
import dev.muster.store.Timers.Timer;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Archives the channels of closed incidents: some days after the end, announced an hour before with
 * a button against it, and never while people still write there.
 */
final class Archiving {

  /** How long a closed incident's channel stays open for posting. */
  static final Duration AFTER = Duration.ofDays(7);

  /** Nobody's channel is closed over a conversation. */
  private static final Duration QUIET_FOR = Duration.ofHours(24);

  private static final Duration NOTICE = Duration.ofHours(1);
  private static final int READ_AT_MOST = 2_000;
  private static final String ANNOUNCED = "announced";

  private final Tokens tokens;

  Archiving(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Plans the archiving of a closed incident's channels. */
  static void plan(Moment moment, Incident incident) {
    planAt(moment, incident, moment.now().plus(AFTER));
  }

  private static void planAt(Moment moment, Incident incident, Instant due) {
    moment.tx().timers().set(TimerKinds.timer(TimerKinds.ARCHIVE, incident.id(), due));
  }

  /** Fires the timer: first the last message, an hour later the deed. */
  void due(Moment moment, Timer timer) {
    Optional<Incident> found = timer.incident().flatMap(id -> moment.tx().incidents().find(id));
    if (found.isEmpty() || found.get().status() != IncidentStatus.CLOSED) {
      return;
    }
    Incident incident = found.get();
    Optional<Instant> spoken = lastWords(moment, incident);
    Optional<Instant> quiet = spoken.map(at -> at.plus(QUIET_FOR));
    if (quiet.filter(at -> at.isAfter(moment.now())).isPresent()) {
      planAt(moment, incident, quiet.get());
    } else if (timer.details().containsKey(ANNOUNCED)) {
      archive(moment, incident);
    } else {
      announce(moment, incident);
    }
  }

  private static Optional<Instant> lastWords(Moment moment, Incident incident) {
    Stream stream = Stream.of(incident.id());
    long from = Math.max(0, moment.tx().timeline().lastSeq(stream) - READ_AT_MOST);
    List<TimelineEntry> said =
        moment.tx().timeline().read(stream, from, READ_AT_MOST, Set.of(EntryKind.MESSAGE_LOGGED));
    return said.stream()
        .filter(entry -> !Boolean.TRUE.equals(entry.data().get("fromProgram")))
        .map(TimelineEntry::occurredAt)
        .max(Instant::compareTo);
  }

  private void announce(Moment moment, Incident incident) {
    Instant due = moment.now().plus(NOTICE);
    moment
        .tx()
        .timers()
        .set(
            new Timer(
                TimerKinds.ARCHIVE,
                incident.id().toString(),
                Optional.of(incident.id()),
                due,
                Map.of(ANNOUNCED, "true")));
    String slot = "archive/" + due;
    for (Space space : incident.spaces()) {
      if (space.thread().isEmpty()) {
        ButtonMint mint = new ButtonMint(moment, tokens, slot, Optional.of(incident.id()));
        Button keep = mint.button("Keep open", Press.KEEP_OPEN, Use.REPEATEDLY, Map.of());
        new Orders(moment)
            .show(
                incident.id(),
                space.platform(),
                slot,
                Priority.BACKGROUND,
                BotMessage.card(
                        "This channel is archived at "
                            + UtcText.minute(due)
                            + ". Everything said here stays readable, and "
                            + incident.id()
                            + " can be reopened: /incident reopen.",
                        "Last message of " + incident.id())
                    .withButtons(List.of(keep)));
      }
    }
  }

  private static void archive(Moment moment, Incident incident) {
    for (Space space : incident.spaces()) {
      if (space.thread().isEmpty()) {
        new Orders(moment).archive(incident.id(), space.platform());
      }
    }
  }

  /** Somebody wants the channel open: it stays so for another week. */
  static void keepOpen(Exchange exchange, Incident incident) {
    if (incident.status() != IncidentStatus.CLOSED) {
      exchange.tell(incident.id() + " is open. Its channel is not archived.");
      return;
    }
    Moment moment = exchange.moment();
    plan(moment, incident);
    exchange.tell(
        "The channel stays open until "
            + UtcText.minute(moment.now().plus(AFTER))
            + ", and longer while people write in it.");
  }
}
