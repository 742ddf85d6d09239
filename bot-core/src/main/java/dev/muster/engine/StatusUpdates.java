// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.chat.BotMessage;
import dev.muster.chat.Phrase;
import dev.muster.chat.Section;
import dev.muster.chat.UtcText;
import dev.muster.command.Intent;
import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentDecisions;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.Rejection;
import dev.muster.store.Timers.Timer;
import dev.muster.summary.StatusUpdate;
import dev.muster.summary.Summary;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.Stream;
import dev.muster.timeline.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells people where an incident is: by itself at intervals, and when a person writes. */
final class StatusUpdates {

  private static final int READ_AT_MOST = 2_000;

  /** Every platform shows as much of one part of a message; a form takes no more. */
  private static final int SHOWN_IN_FULL = 3_000;

  private final Forms forms;
  private final FirstSteps steps;

  StatusUpdates(Forms forms, FirstSteps steps) {
    this.forms = forms;
    this.steps = steps;
  }

  /** Plans the next summary as the severity says, and promises it on the cards. */
  void plan(Moment moment, Incident incident) {
    planAt(moment, incident, every(moment, incident).map(every -> moment.now().plus(every)));
  }

  private static Optional<Duration> every(Moment moment, Incident incident) {
    return incident.status().isOpen()
        ? moment.settings().rule(incident.severity()).updateEvery()
        : Optional.empty();
  }

  private static void planAt(Moment moment, Incident incident, Optional<Instant> due) {
    due.ifPresentOrElse(
        at -> moment.tx().timers().set(TimerKinds.timer(TimerKinds.SUMMARY, incident.id(), at)),
        () -> moment.tx().timers().cancel(TimerKinds.SUMMARY, incident.id().toString()));
    Incident fresh = Facts.fresh(moment, incident);
    if (!fresh.nextUpdate().equals(due) && incident.status().isOpen()) {
      IncidentEvent event = new IncidentEvent.NextUpdateSet(due);
      Facts.write(moment, fresh, event, new Actor.Bot(), "planned");
    }
  }

  /** Posts a summary now and plans the next one. */
  void post(Moment moment, Incident incident, String trigger) {
    plan(moment, incident);
    Incident fresh = Facts.fresh(moment, incident);
    StatusUpdate update = write(moment, fresh);
    TimelineEntry entry =
        Facts.bot(
            moment,
            fresh.id(),
            EntryKind.SUMMARY_POSTED,
            update.sentence(),
            Map.of("trigger", trigger, "upto", update.uptoSeq()));
    send(moment, fresh, slot(entry), card(fresh, update));
  }

  /** Returns the slot of a summary, named by its fact. */
  static String slot(TimelineEntry summary) {
    return "summary/" + summary.seq();
  }

  private static StatusUpdate write(Moment moment, Incident incident) {
    Stream stream = Stream.of(incident.id());
    Optional<TimelineEntry> last =
        moment.tx().timeline().latest(stream, EntryKind.SUMMARY_POSTED, "");
    long after = last.map(TimelineEntry::seq).orElse(0L);
    List<TimelineEntry> entries =
        moment.tx().timeline().read(stream, after, READ_AT_MOST, Summary.NEWS);
    return Summary.of(
        incident,
        entries,
        last.map(TimelineEntry::at),
        incident.nextUpdate(),
        moment.tx().timeline().lastSeq(stream));
  }

  private static BotMessage card(Incident incident, StatusUpdate update) {
    List<Section> sections = new ArrayList<>();
    sections.add(Section.of(update.sentence()));
    String heading =
        update
            .since()
            .map(at -> "What changed since " + UtcText.clock(at))
            .orElse("What happened so far");
    for (StatusUpdate.Change change : update.changes()) {
      String line = UtcText.clock(change.at()) + "  " + change.text() + " [#" + change.seq() + "]";
      sections.add(Section.of(sections.size() == 1 ? heading : "", line));
    }
    if (update.changes().isEmpty()) {
      sections.add(Section.of(heading, "Nothing that the timeline knows of."));
    }
    if (update.left() > 0) {
      sections.add(Section.of("And " + update.left() + " earlier changes on the timeline."));
    }
    String next =
        update
            .next()
            .map(at -> "Next update by " + UtcText.minute(at) + ".")
            .orElse("No further update is planned.");
    sections.add(note(next + " Written from the timeline; nothing is guessed."));
    return BotMessage.card(update.sentence() + " " + next, "Status of " + incident.id())
        .withSections(sections);
  }

  private static Section note(String words) {
    return new Section("", Phrase.of(words), Section.Style.NOTE);
  }

  private static void send(Moment moment, Incident incident, String slot, BotMessage message) {
    Orders orders = new Orders(moment);
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      orders.show(incident.id(), platform, slot, Priority.BACKGROUND, message);
      if (!incident.isPrivate()) {
        orders.announce(
            incident.id(),
            platform,
            incident.id() + "/" + slot,
            Cards.announcementSlot(incident),
            message);
      }
    }
    Subscriptions.tell(moment, incident, slot, message);
  }

  /** Fires the timer: one late summary if it is not too late, else the next one. */
  void due(Moment moment, Timer timer) {
    Optional<Incident> found = timer.incident().flatMap(id -> moment.tx().incidents().find(id));
    if (found.isEmpty() || !found.get().status().isOpen()) {
      return;
    }
    Incident incident = found.get();
    Duration late = Duration.between(timer.due(), moment.now());
    Duration half = every(moment, incident).orElse(Duration.ofMinutes(30)).dividedBy(2);
    if (late.compareTo(Duration.ofMinutes(2)) > 0 && late.compareTo(half) > 0) {
      plan(moment, incident);
      Facts.bot(
          moment,
          incident.id(),
          EntryKind.EFFECT_FAILED,
          "The summary due at "
              + UtcText.minute(timer.due())
              + " was skipped: "
              + UtcText.duration(late)
              + " late. The next one is planned.",
          Map.of("reason", "summary_too_late"));
      return;
    }
    post(moment, incident, "interval");
  }

  /** Posts a person's words, or opens the form when there are none. */
  void update(Exchange exchange, Incident incident, Intent.PostUpdate wish) {
    Optional<Rejection> closed = IncidentDecisions.closed(incident);
    if (closed.isPresent()) {
      exchange.refuse(closed.get());
      return;
    }
    wish.text()
        .ifPresentOrElse(text -> say(exchange, incident, text), () -> offer(exchange, incident));
  }

  /** The form remembers what stood on the timeline, to tell what was posted while it was open. */
  private void offer(Exchange exchange, Incident incident) {
    long seq = exchange.moment().tx().timeline().lastSeq(Stream.of(incident.id()));
    Map<String, String> holds = Map.of("seq", String.valueOf(seq));
    forms.open(exchange, Press.UPDATE, Optional.of(incident.id()), holds);
  }

  /** Posts what a person wrote. */
  void say(Exchange exchange, Incident incident, String words) {
    Moment moment = exchange.moment();
    String text = People.readable(moment, words);
    exchange.write(incident.id(), exchange.fact(EntryKind.STATUS_UPDATE_POSTED, text));
    plan(moment, incident);
    Incident fresh = Facts.fresh(moment, incident);
    String next =
        fresh
            .nextUpdate()
            .map(at -> "Next update by " + UtcText.minute(at) + ".")
            .orElse("No further update is planned.");
    BotMessage message =
        BotMessage.card(
                "Update on " + fresh.id() + " by " + exchange.by().person().name() + ": " + text,
                fresh.severity().sign()
                    + " Update on "
                    + fresh.id()
                    + " · "
                    + Cards.capital(fresh.status()))
            .withSections(
                List.of(
                    new Section(
                        exchange.by().person().name(), Phrase.of(text), Section.Style.QUOTE),
                    note(next)));
    long seq = moment.tx().timeline().lastSeq(Stream.of(fresh.id()));
    send(moment, fresh, "update/" + seq, message);
    steps.refresh(moment, fresh);
    if (text.length() > SHOWN_IN_FULL) {
      exchange.tell(
          "Your update is too long for a message, which shows its beginning alone. All of it is on"
              + " the timeline of "
              + fresh.id()
              + ".");
    }
  }
}
