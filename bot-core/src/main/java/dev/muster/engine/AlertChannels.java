// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import dev.muster.chat.ChatEvent;
import dev.muster.chat.MessageRef;
import dev.muster.chat.Place;
import dev.muster.chat.Profile;
import dev.muster.incident.IncidentId;
import dev.muster.store.AlertChoice;
import dev.muster.store.AlertPosting;
import dev.muster.store.AlertRecord;
import dev.muster.telemetry.Telemetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Listens in alert channels. A message that states an alert is taken like a pushed one, and
 * answered in its thread; every other message is left alone. What is said in a thread can end the
 * alert of its root, never begin one, so that answers cannot make alerts. A message that is
 * rewritten is read again; one that is deleted ends nothing.
 */
final class AlertChannels {

  /** So many messages about one alert within the window are a flood, or two programs in a loop. */
  static final int MOST_ANSWERS = 12;

  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final AlertDesk desk;
  private final AlertIncidents incidents;
  private final Telemetry telemetry;

  AlertChannels(AlertDesk desk, AlertIncidents incidents, Telemetry telemetry) {
    this.desk = desk;
    this.incidents = incidents;
    this.telemetry = telemetry;
  }

  /** Reads a message of an alert channel. */
  void posted(Moment moment, String platform, ChatEvent.MessagePosted event) {
    Optional<String> source = source(moment, platform, event.place());
    if (source.isEmpty()) {
      return;
    }
    AlertMessage message =
        new AlertMessage(source.get(), event.by().bot(), event.text(), event.cards(), event.at());
    Optional<Alert> alert = read(moment, platform, event.by(), message);
    if (alert.isEmpty()) {
      count(moment, event.by().bot() ? "no_alert" : "talk");
    } else if (event.place().thread().isPresent()) {
      inThread(moment, platform, event, alert.get());
    } else {
      Stated original = new Stated(alert.get(), event.at());
      stated(moment, platform, event, rewritten(moment, message.source(), event).orElse(original));
    }
  }

  /** What a message says, and since when it says so. */
  private record Stated(Alert alert, Instant at) {}

  /** Returns what a message says since an edit that was heard before it. */
  private static Optional<Stated> rewritten(
      Moment moment, String source, ChatEvent.MessagePosted event) {
    return EarlyEdits.of(moment, event.message())
        .filter(edit -> !edit.at().isBefore(event.at()))
        .flatMap(
            edit ->
                read(moment, event.message().channel().platform(), edit.by(), of(source, edit))
                    .map(alert -> new Stated(alert, edit.at())));
  }

  private static AlertMessage of(String source, ChatEvent.MessageEdited edit) {
    return new AlertMessage(source, edit.by().bot(), edit.text(), edit.cards(), edit.at());
  }

  /** Returns what alerts of a channel name as their source; empty for any other channel. */
  private static Optional<String> source(Moment moment, String platform, Place place) {
    Set<String> channels = moment.settings().alertChannels().getOrDefault(platform, Set.of());
    return channels.stream()
        .map(written -> written.startsWith("#") ? written.substring(1) : written)
        .filter(name -> name.equals(place.channelName()) || name.equals(place.channel().id()))
        .sorted()
        .findFirst()
        .map(name -> platform + "-" + name);
  }

  /** People of another company may read along, and open no incident by what they write. */
  private static Optional<Alert> read(
      Moment moment, String platform, Profile by, AlertMessage message) {
    if (Acquaintance.known(moment, by).external() && !by.bot()) {
      return Optional.empty();
    }
    return Optional.ofNullable(moment.settings().messageAlerts().get(platform))
        .flatMap(reader -> reader.read(message));
  }

  /** After the commit, because what is done together may be undone and done once more. */
  private void count(Moment moment, String outcome) {
    moment
        .tx()
        .afterCommit(() -> telemetry.count("muster_alert_messages_total", "outcome", outcome));
  }

  private void stated(
      Moment moment, String platform, ChatEvent.MessagePosted event, Stated stated) {
    Alert alert = stated.alert();
    AlertDesk.Verdict verdict = desk.take(moment, alert, Optional.empty(), List.of(platform));
    AlertRecord record = verdict.record();
    boolean answered = mayAnswer(moment, record, alert);
    count(
        moment,
        alert.status() == Alert.Status.RESOLVED ? "resolved" : answered ? "alert" : "silent");
    AlertPosting posting =
        new AlertPosting(
            event.message(),
            record.id(),
            alert.key().source(),
            event.place().thread(),
            event.permalink(),
            stated.at(),
            answered,
            verdict.doubt(),
            Instant.EPOCH,
            "");
    moment.tx().postings().save(posting);
    verdict.joined().ifPresent(id -> incidents.quote(moment, id, record, posting));
    desk.settle(moment, verdict);
  }

  /** Resolved messages, snoozed and dismissed alerts, and floods get no answer of their own. */
  private static boolean mayAnswer(Moment moment, AlertRecord record, Alert stated) {
    boolean firing =
        stated.status() == Alert.Status.FIRING && record.latest().status() == Alert.Status.FIRING;
    boolean snoozed = record.snoozedUntil().filter(moment.now()::isBefore).isPresent();
    boolean dismissed =
        record.incident().isEmpty()
            && moment
                .tx()
                .postings()
                .choice(record.id())
                .filter(made -> made.kind() == AlertChoice.Kind.NOT_AN_INCIDENT)
                .filter(made -> made.holds(moment.now()))
                .isPresent();
    long lately = moment.tx().postings().countSince(record.id(), moment.now().minus(WINDOW));
    return firing && !snoozed && !dismissed && lately < MOST_ANSWERS;
  }

  private void inThread(
      Moment moment, String platform, ChatEvent.MessagePosted event, Alert alert) {
    MessageRef root =
        new MessageRef(event.message().channel(), event.place().thread().orElseThrow());
    Optional<AlertPosting> posting = moment.tx().postings().find(root);
    if (posting.isEmpty() || alert.status() == Alert.Status.FIRING) {
      count(moment, "in_thread");
      return;
    }
    count(moment, "resolved");
    Optional<String> bound = Optional.of(posting.get().alert());
    desk.settle(moment, desk.take(moment, alert, bound, List.of(platform)));
  }

  /** Reads a message again that stated an alert and was rewritten, or will turn out to. */
  void edited(Moment moment, String platform, ChatEvent.MessageEdited event) {
    Optional<AlertPosting> found = moment.tx().postings().find(event.message());
    if (found.isEmpty()) {
      early(moment, platform, event);
      return;
    }
    AlertPosting posting = found.get();
    if (event.at().isBefore(posting.at())) {
      return;
    }
    Optional<Alert> alert = read(moment, platform, event.by(), of(posting.source(), event));
    if (alert.isEmpty()) {
      count(moment, "no_alert");
      return;
    }
    count(moment, "rewritten");
    AlertDesk.Verdict verdict =
        desk.take(moment, alert.get(), Optional.of(posting.alert()), List.of(platform));
    boolean again = alert.get().status() == Alert.Status.FIRING;
    boolean seen = !posting.shownAt().equals(Instant.EPOCH);
    moment.tx().postings().save(posting.rewritten(event.at(), posting.answered() || again && seen));
    Optional<IncidentId> joined = verdict.joined();
    joined.ifPresent(id -> incidents.quote(moment, id, verdict.record(), posting));
    desk.settle(moment, verdict);
  }

  /** An edit may be heard before the message it changes, which may state an alert. */
  private static void early(Moment moment, String platform, ChatEvent.MessageEdited event) {
    boolean listens = !moment.settings().alertChannels().getOrDefault(platform, Set.of()).isEmpty();
    if (listens && read(moment, platform, event.by(), of(platform, event)).isPresent()) {
      EarlyEdits.keep(moment, event);
    }
  }
}
