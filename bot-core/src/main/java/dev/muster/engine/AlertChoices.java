// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.access.AccessPolicy;
import dev.muster.alert.AlertRouting;
import dev.muster.chat.UtcText;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.AlertChoice;
import dev.muster.store.AlertChoice.Kind;
import dev.muster.store.AlertRecord;
import dev.muster.store.Timers.Timer;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What people decide below an alert message. The first decision counts; whoever comes later is told
 * who was first. Snoozing is silence for half an hour; "not an incident" teaches: nobody is asked
 * about this alert again until it has resolved, or for a day. Rules of the configuration are not
 * overruled by either, except that a snoozed alert is silent for everything.
 */
final class AlertChoices {

  static final Duration SNOOZE = Duration.ofMinutes(30);
  static final Duration TAUGHT = Duration.ofHours(24);

  private static final String BY_HAND = "by_hand";

  private final AlertIncidents incidents;
  private final AlertAnswers answers;
  private final DeclareDesk declare;

  AlertChoices(AlertIncidents incidents, AlertAnswers answers, DeclareDesk declare) {
    this.incidents = incidents;
    this.answers = answers;
    this.declare = declare;
  }

  /** A person pressed a button below an alert message. */
  void pressed(Exchange exchange, ButtonAction action) {
    Moment moment = exchange.moment();
    Optional<AlertRecord> found = moment.tx().alerts().byId(action.arguments().get("alert"));
    if (found.isEmpty()) {
      exchange.tell("This alert is no longer known. Nothing was done.");
      return;
    }
    AlertRecord record = found.get();
    Optional<String> first = decidedBefore(moment, record, action);
    if (first.isPresent()) {
      exchange.tell(first.get());
      return;
    }
    switch (action.action()) {
      case Press.DECLARE -> declare(exchange, record);
      case Press.ATTACH -> attach(exchange, record, action.arguments().get("incident"));
      case Press.SNOOZE -> snooze(exchange, record);
      default -> dismiss(exchange, record);
    }
    answers.refreshNow(moment, record.id());
  }

  /** A snoozed alert may still be declared, and one that only seems to belong may be set apart. */
  private static Optional<String> decidedBefore(
      Moment moment, AlertRecord record, ButtonAction action) {
    Optional<AlertChoice> choice =
        moment.tx().postings().choice(record.id()).filter(made -> made.holds(moment.now()));
    boolean declaring = action.action().equals(Press.DECLARE);
    if (choice.isPresent() && !(declaring && choice.get().kind() == Kind.SNOOZED)) {
      AlertChoice made = choice.get();
      return Optional.of(
          People.known(moment, made.by()).name()
              + " was first: "
              + words(made.kind())
              + " at "
              + UtcText.clock(made.at())
              + ". Nothing was done.");
    }
    String apart = action.arguments().getOrDefault("apart", "");
    return record
        .incident()
        .flatMap(id -> moment.tx().incidents().find(id))
        .filter(incident -> incident.status() != IncidentStatus.CLOSED)
        .filter(incident -> !incident.id().toString().equals(apart))
        .map(
            incident ->
                incident.isPrivate()
                    ? "This alert is being handled already. Nothing was done."
                    : "This alert belongs to " + incident.id() + " already. Nothing was done.");
  }

  private static String words(Kind kind) {
    return switch (kind) {
      case DECLARED -> "declared an incident";
      case ATTACHED -> "attached it";
      case SNOOZED -> "snoozed it";
      case NOT_AN_INCIDENT -> "said that it is no incident";
    };
  }

  private static void choose(Exchange exchange, AlertRecord record, Kind kind, Duration holds) {
    Instant now = exchange.moment().now();
    exchange
        .moment()
        .tx()
        .postings()
        .choose(
            new AlertChoice(record.id(), kind, exchange.by().person().ref(), now, now.plus(holds)));
  }

  private void declare(Exchange exchange, AlertRecord record) {
    Moment moment = exchange.moment();
    Incident incident = declare.declareFor(exchange, record.latest());
    quoteNewest(moment, incident.id(), record);
    incidents.attach(moment, record, incident.id(), group(exchange, record), BY_HAND);
    incidents.showAlerts(moment, incident.id());
    choose(exchange, record, Kind.DECLARED, TAUGHT);
  }

  /** Whoever is led to a duplicate meanwhile is led on to the incident it was merged into. */
  private void attach(Exchange exchange, AlertRecord record, String wanted) {
    Moment moment = exchange.moment();
    Optional<Incident> incident =
        IncidentId.parse(wanted).flatMap(id -> moment.tx().incidents().find(id));
    if (incident.filter(about -> isSeenBy(about, exchange)).isEmpty()) {
      exchange.refuse(IncidentId.parse(wanted).map(AccessPolicy::unseen).orElseThrow());
      return;
    }
    Incident open = Merged.goesOn(moment, incident.get(), exchange.by().person().ref());
    if (open.status() == IncidentStatus.CLOSED) {
      exchange.refuse(
          Rejection.of("closed", wanted + " is closed meanwhile; nothing was attached."));
      return;
    }
    quoteNewest(moment, open.id(), record);
    incidents.attach(moment, record, open.id(), group(exchange, record), BY_HAND);
    incidents.showAlerts(moment, open.id());
    choose(exchange, record, Kind.ATTACHED, TAUGHT);
    exchange.tell(
        open.id().equals(incident.get().id())
            ? "Attached to " + wanted + "."
            : wanted + " went on as " + open.id() + ". Attached to " + open.id() + ".");
  }

  private static boolean isSeenBy(Incident incident, Exchange exchange) {
    return incident.visibleTo(Optional.of(exchange.by().person().ref()));
  }

  private void quoteNewest(Moment moment, IncidentId incident, AlertRecord record) {
    moment.tx().postings().of(record.id(), 1).stream()
        .findFirst()
        .ifPresent(posting -> incidents.quote(moment, incident, record, posting));
  }

  private static String group(Exchange exchange, AlertRecord record) {
    return AlertRouting.groupKey(record.latest(), exchange.moment().settings().alertRules());
  }

  private static void snooze(Exchange exchange, AlertRecord record) {
    Instant until = exchange.moment().now().plus(SNOOZE);
    exchange.moment().tx().alerts().save(AlertRecords.snoozed(record, until));
    choose(exchange, record, Kind.SNOOZED, SNOOZE);
    exchange
        .moment()
        .tx()
        .timers()
        .set(new Timer(TimerKinds.SNOOZE, record.id(), Optional.empty(), until, Map.of()));
    journal(exchange, record, "snoozed");
    exchange.tell("Snoozed for 30 minutes: " + record.latest().title());
  }

  /** The snooze is over: the answers ask again while the alert fires. */
  void due(Moment moment, Timer timer) {
    answers.refreshNow(moment, timer.subject());
  }

  private static void dismiss(Exchange exchange, AlertRecord record) {
    choose(exchange, record, Kind.NOT_AN_INCIDENT, TAUGHT);
    journal(exchange, record, "not_an_incident");
    exchange.tell("Noted: not an incident.");
  }

  private static void journal(Exchange exchange, AlertRecord record, String reason) {
    Moment moment = exchange.moment();
    Facts.journal(
        moment,
        NewEntry.of(
                moment.now(), EntryKind.ALERT_IGNORED, exchange.actor(), record.latest().title())
            .because(reason)
            .about(record.id()));
  }
}
