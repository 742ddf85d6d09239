// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import dev.muster.alert.AlertVerdict;
import dev.muster.chat.Person;
import dev.muster.chat.PlainWords;
import dev.muster.effect.Priority;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentEvent;
import dev.muster.incident.IncidentId;
import dev.muster.incident.Role;
import dev.muster.store.AlertPosting;
import dev.muster.store.AlertRecord;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Connects alerts with incidents: declares, attaches, notes resolution and proposes closing. What
 * an incident shows of its alerts is drawn anew by {@link #showAlerts}, once for many of them.
 */
final class AlertIncidents {

  private static final int QUOTED = 3_000;

  /** More alerts than this are brought over without a fact of their own. */
  private static final int MOST_TOLD = 100;

  private final IncidentLifecycle lifecycle;
  private final AlertCards cards;

  AlertIncidents(IncidentLifecycle lifecycle, AlertCards cards) {
    this.lifecycle = lifecycle;
    this.cards = cards;
  }

  /** Declares an incident for an alert; whoever is on call for the service commands. */
  Incident declare(
      Moment moment, AlertRecord record, AlertVerdict.Declare verdict, List<String> platforms) {
    Alert alert = record.latest();
    Actor actor = new Actor.AlertSource(alert.key().source());
    Optional<Instant> started =
        Optional.of(alert.startsAt()).filter(at -> !at.isAfter(moment.now()));
    List<IncidentEvent> first =
        onCall(moment, verdict.service(), platforms)
            .<IncidentEvent>map(
                person -> new IncidentEvent.RoleAssigned(Role.COMMANDER, person, Optional.empty()))
            .map(List::of)
            .orElse(List.of());
    Incident incident =
        lifecycle.declare(
            moment,
            new IncidentLifecycle.Declaration(
                verdict.title(),
                verdict.severity(),
                verdict.service().map(List::of).orElse(List.of()),
                false,
                false,
                started,
                platforms),
            actor,
            first,
            verdict.reason().name().toLowerCase(Locale.ROOT));
    moment
        .tx()
        .alerts()
        .declared(alert.key().source(), verdict.groupKey(), incident.id(), moment.now());
    connect(moment, record, incident.id(), verdict.groupKey(), record.verdict());
    return incident;
  }

  private static Optional<Person> onCall(
      Moment moment, Optional<String> service, List<String> platforms) {
    return service.flatMap(new OnCall(moment, platforms.get(0))::ofService);
  }

  /** Attaches an alert to an incident that is there. */
  Optional<Incident> attach(
      Moment moment, AlertRecord record, IncidentId id, String groupKey, String reason) {
    connect(moment, record, id, groupKey, reason);
    return moment.tx().incidents().find(id);
  }

  private void connect(
      Moment moment, AlertRecord record, IncidentId id, String groupKey, String reason) {
    AlertRecord connected = AlertRecords.connected(record, id, groupKey);
    moment.tx().alerts().save(connected);
    write(moment, connected, id, EntryKind.ALERT_ATTACHED, reason);
  }

  private static void write(
      Moment moment, AlertRecord record, IncidentId id, EntryKind kind, String reason) {
    Alert alert = record.latest();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("alert", record.id());
    data.put("source", alert.key().source());
    data.put("fingerprint", alert.key().fingerprint());
    data.put("labels", alert.labels());
    data.put("url", alert.url());
    data.put("startsAt", alert.startsAt().toString());
    alert.endsAt().ifPresent(at -> data.put("endsAt", at.toString()));
    if (!alert.flags().isEmpty()) {
      data.put("flags", alert.flags());
    }
    Instant at = kind == EntryKind.ALERT_RESOLVED ? moment.now() : alert.startsAt();
    Instant occurred = at.isAfter(moment.now()) ? moment.now() : at;
    Facts.append(
        moment,
        id,
        new NewEntry(
            occurred,
            kind,
            new Actor.AlertSource(alert.key().source()),
            alert.title(),
            reason,
            record.id(),
            data));
  }

  /** Brings the alerts of one incident over to another, the oldest of them by name; how many. */
  int move(Moment moment, IncidentId from, IncidentId to) {
    List<AlertRecord> told =
        moment.tx().alerts().tally(from, MOST_TOLD).first().stream()
            .filter(record -> record.incident().filter(from::equals).isPresent())
            .filter(record -> record.latest().status() == Alert.Status.FIRING)
            .toList();
    int moved = moment.tx().alerts().move(from, to);
    for (AlertRecord record : told) {
      write(moment, record, to, EntryKind.ALERT_ATTACHED, "merged " + from);
      new AlertAnswers(cards).refreshNow(moment, record.id());
    }
    if (moved > 0) {
      showAlerts(moment, to);
    }
    return moved;
  }

  /** Quotes the message that stated an alert, as evidence that outlives it. */
  void quote(Moment moment, IncidentId id, AlertRecord record, AlertPosting posting) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("platform", posting.message().channel().platform());
    data.put("channel", posting.message().channel().id());
    data.put("fromProgram", true);
    data.put("alert", record.id());
    posting.permalink().ifPresent(link -> data.put("permalink", link));
    String words =
        record.latest().annotations().getOrDefault(AlertMessage.MESSAGE, record.latest().title());
    Facts.append(
        moment,
        id,
        new NewEntry(
            posting.at(),
            EntryKind.MESSAGE_LOGGED,
            new Actor.AlertSource(record.latest().key().source()),
            PlainWords.shortened(words, QUOTED),
            "alert message",
            posting.message().id(),
            data));
  }

  /** Notes that an alert no longer fires. */
  Optional<Incident> resolved(Moment moment, AlertRecord record, Optional<IncidentId> id) {
    moment.tx().alerts().save(record);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    write(moment, record, id.get(), EntryKind.ALERT_RESOLVED, record.verdict());
    return moment.tx().incidents().find(id.get());
  }

  /** Proposes to resolve when no alert fires any more; called once all of a delivery was taken. */
  void proposeWhenQuiet(Moment moment, IncidentId id) {
    boolean quiet = moment.tx().alerts().tally(id, 0).firing() == 0;
    moment
        .tx()
        .incidents()
        .find(id)
        .filter(about -> quiet && about.status().isOpen())
        .ifPresent(about -> propose(moment, about));
  }

  private void propose(Moment moment, Incident incident) {
    for (String platform : ReactionDesk.platformsOf(moment, incident)) {
      new Orders(moment)
          .show(
              incident.id(),
              platform,
              "proposal/" + moment.now(),
              Priority.CARDS,
              cards.proposal(moment, incident));
    }
  }

  /** Counts a repetition. */
  Optional<Incident> repeated(Moment moment, AlertRecord record, Optional<IncidentId> id) {
    moment.tx().alerts().save(record);
    return id.flatMap(each -> moment.tx().incidents().find(each));
  }

  /** Lists the alerts in a new place, if there are any. */
  void showAgain(Moment moment, IncidentId id) {
    if (moment.tx().alerts().tally(id, 0).all() > 0) {
      showAlerts(moment, id);
    }
  }

  /** Lists the alerts of an incident anew. */
  void showAlerts(Moment moment, IncidentId id) {
    AlertLists.show(moment, id);
  }
}
