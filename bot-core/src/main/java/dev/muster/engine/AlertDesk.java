// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertRouting;
import dev.muster.alert.AlertSituation;
import dev.muster.alert.AlertVerdict;
import dev.muster.alert.VerdictReason;
import dev.muster.chat.ChatEvent;
import dev.muster.effect.Priority;
import dev.muster.effect.Target;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.incident.Rejection;
import dev.muster.store.ActionStore.ButtonAction;
import dev.muster.store.AlertRecord;
import dev.muster.store.Inbound;
import dev.muster.telemetry.Telemetry;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Takes alerts, pushed or posted as messages, and does what the verdict on each says. */
final class AlertDesk {

  private static final Duration SNOOZE = Duration.ofMinutes(30);

  private final AlertIncidents incidents;
  private final AlertCards cards;
  private final DeclareDesk declare;
  private final Telemetry telemetry;
  private final Supplier<String> ids;

  AlertDesk(
      AlertIncidents incidents,
      AlertCards cards,
      DeclareDesk declare,
      Telemetry telemetry,
      Supplier<String> ids) {
    this.incidents = incidents;
    this.cards = cards;
    this.declare = declare;
    this.telemetry = telemetry;
    this.ids = ids;
  }

  /** Handles every alert of one delivery. */
  void handle(Moment moment, Inbound.Alerts delivery) {
    Set<IncidentId> calmer = new LinkedHashSet<>();
    for (Alert alert : delivery.alerts()) {
      Verdict verdict = take(moment, alert, moment.settings().platforms());
      verdict.calmed().ifPresent(calmer::add);
    }
    calmer.forEach(id -> incidents.proposeWhenQuiet(moment, id));
    if (delivery.omitted() > 0) {
      String text = delivery.source() + " left " + delivery.omitted() + " alerts of a group out.";
      Facts.journal(
          moment,
          NewEntry.of(
                  moment.now(),
                  EntryKind.ALERT_IGNORED,
                  new Actor.AlertSource(delivery.source()),
                  text)
              .because("truncated_by_sender")
              .with(Map.of("omitted", delivery.omitted())));
    }
  }

  /** Reads a message of an alert channel; answers in its thread when nothing followed. */
  void heard(Moment moment, String platform, ChatEvent.MessagePosted event) {
    Set<String> channels = moment.settings().alertChannels().getOrDefault(platform, Set.of());
    String channel = event.place().channelName();
    if (!channels.contains(channel) && !channels.contains(event.place().channel().id())) {
      return;
    }
    String source = platform + "-" + channel;
    Optional<Alert> alert =
        Optional.ofNullable(moment.settings().messageAlerts().get(platform))
            .flatMap(reader -> reader.read(source, event.text(), event.at()));
    if (alert.isEmpty()) {
      return;
    }
    Verdict verdict = take(moment, alert.get(), List.of(platform));
    verdict.calmed().ifPresent(id -> incidents.proposeWhenQuiet(moment, id));
    boolean answered = alert.get().status() == Alert.Status.FIRING;
    if (answered) {
      String thread = event.place().thread().orElse(event.message().id());
      new Orders(moment)
          .show(
              new Target.InChannel(event.message().channel()),
              "alert/" + event.message().id(),
              "#" + thread,
              Priority.ALERTS,
              cards.answer(moment, verdict.record(), verdict.incident()));
    }
  }

  /** What a statement led to. */
  private record Verdict(AlertRecord record, Optional<Incident> incident) {

    /** Returns the incident one of whose alerts has just stopped firing. */
    Optional<IncidentId> calmed() {
      boolean news = record.verdict().equals(word(VerdictReason.NO_LONGER_FIRING));
      return incident.filter(about -> news).map(Incident::id);
    }
  }

  private static String word(VerdictReason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private Verdict take(Moment moment, Alert alert, List<String> platforms) {
    Optional<AlertRecord> before = moment.tx().alerts().find(alert.key());
    AlertVerdict verdict =
        AlertRouting.decide(
            alert, situation(moment, alert, before), moment.settings().alertRules(), moment.now());
    String reason = word(verdict.reason());
    telemetry.count("muster_alerts_total", "verdict", reason);
    AlertRecord record = record(moment, alert, before, reason);
    Optional<Incident> incident =
        verdict.match(
            d -> Optional.of(incidents.declare(moment, record, d, platforms)),
            a -> incidents.attach(moment, record, a.incident(), a.groupKey(), reason),
            r -> incidents.resolved(moment, record, r.incident()),
            r -> incidents.repeated(moment, record, r.incident()),
            i -> ignored(moment, record, reason));
    return new Verdict(moment.tx().alerts().find(alert.key()).orElse(record), incident);
  }

  private AlertSituation situation(Moment moment, Alert alert, Optional<AlertRecord> before) {
    String source = alert.key().source();
    String group = AlertRouting.groupKey(alert, moment.settings().alertRules());
    return new AlertSituation(
        before.map(known -> known(moment, known)),
        moment.tx().alerts().incidentOfGroup(group),
        moment
            .tx()
            .alerts()
            .incidentOfGroup(AlertRouting.umbrellaKey(source))
            .flatMap(id -> moment.tx().incidents().find(id))
            .filter(incident -> incident.status().isOpen())
            .map(Incident::id),
        moment
            .tx()
            .alerts()
            .declarationsSince(source, moment.now().minus(AlertRouting.STORM_WINDOW)));
  }

  private static AlertSituation.Known known(Moment moment, AlertRecord record) {
    boolean unclosed =
        record
            .incident()
            .flatMap(id -> moment.tx().incidents().find(id))
            .filter(incident -> incident.status() != IncidentStatus.CLOSED)
            .isPresent();
    return new AlertSituation.Known(
        record.latest().status(),
        record.latest().startsAt(),
        record.lastAt(),
        record.incident(),
        unclosed,
        record.snoozedUntil());
  }

  private AlertRecord record(
      Moment moment, Alert alert, Optional<AlertRecord> before, String reason) {
    return new AlertRecord(
        before.map(AlertRecord::id).orElseGet(ids),
        alert,
        before.flatMap(AlertRecord::incident),
        before.map(AlertRecord::groupKey).orElse(""),
        reason,
        before.map(AlertRecord::statements).orElse(0L) + 1,
        before.map(AlertRecord::firstAt).orElse(moment.now()),
        moment.now(),
        before.flatMap(AlertRecord::snoozedUntil));
  }

  private Optional<Incident> ignored(Moment moment, AlertRecord record, String reason) {
    moment.tx().alerts().save(record);
    if (record.statements() == 1) {
      Facts.journal(
          moment,
          NewEntry.of(
                  moment.now(),
                  EntryKind.ALERT_IGNORED,
                  new Actor.AlertSource(record.latest().key().source()),
                  record.latest().title())
              .because(reason)
              .about(record.id()));
    }
    return Optional.empty();
  }

  /** A person pressed a button under an alert. */
  void pressed(Exchange exchange, ButtonAction action) {
    Moment moment = exchange.moment();
    Optional<AlertRecord> found = moment.tx().alerts().byId(action.arguments().get("alert"));
    if (found.isEmpty()) {
      exchange.tell("This alert is no longer known. Nothing was done.");
      return;
    }
    AlertRecord record = found.get();
    switch (action.action()) {
      case Press.DECLARE -> declareFor(exchange, record);
      case Press.ATTACH -> attachTo(exchange, record, action.arguments().get("incident"));
      case Press.SNOOZE -> {
        moment.tx().alerts().save(snoozed(record, moment));
        exchange.tell("Snoozed for 30 minutes: " + record.latest().title());
      }
      default -> {
        Facts.journal(
            moment,
            NewEntry.of(
                    moment.now(),
                    EntryKind.ALERT_IGNORED,
                    exchange.actor(),
                    record.latest().title())
                .because("not_an_incident")
                .about(record.id()));
        exchange.tell("Noted: not an incident.");
      }
    }
  }

  private static AlertRecord snoozed(AlertRecord record, Moment moment) {
    return new AlertRecord(
        record.id(),
        record.latest(),
        record.incident(),
        record.groupKey(),
        "snoozed",
        record.statements(),
        record.firstAt(),
        record.lastAt(),
        Optional.of(moment.now().plus(SNOOZE)));
  }

  private void declareFor(Exchange exchange, AlertRecord record) {
    Optional<Incident> already =
        record.incident().flatMap(id -> exchange.moment().tx().incidents().find(id));
    if (already.filter(incident -> incident.status() != IncidentStatus.CLOSED).isPresent()) {
      exchange.tell("This alert belongs to " + already.get().id() + " already.");
      return;
    }
    Incident incident = declare.declareFor(exchange, record.latest());
    incidents.attach(
        exchange.moment(),
        record,
        incident.id(),
        AlertRouting.groupKey(record.latest(), exchange.moment().settings().alertRules()),
        "by_hand");
  }

  private void attachTo(Exchange exchange, AlertRecord record, String wanted) {
    Optional<Incident> incident =
        IncidentId.parse(wanted).flatMap(id -> exchange.moment().tx().incidents().find(id));
    if (incident.isEmpty() || incident.get().status() == IncidentStatus.CLOSED) {
      exchange.refuse(
          Rejection.of("closed", wanted + " is closed meanwhile; nothing was attached."));
      return;
    }
    incidents.attach(
        exchange.moment(),
        record,
        incident.get().id(),
        AlertRouting.groupKey(record.latest(), exchange.moment().settings().alertRules()),
        "by_hand");
    exchange.tell("Attached to " + wanted + ".");
  }
}
