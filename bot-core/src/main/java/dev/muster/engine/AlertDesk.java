// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertRouting;
import dev.muster.alert.AlertRule;
import dev.muster.alert.AlertSituation;
import dev.muster.alert.AlertVerdict;
import dev.muster.alert.SameAlert;
import dev.muster.alert.VerdictReason;
import dev.muster.incident.Actor;
import dev.muster.incident.Incident;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.store.AlertRecord;
import dev.muster.store.Inbound;
import dev.muster.telemetry.Telemetry;
import dev.muster.timeline.EntryKind;
import dev.muster.timeline.NewEntry;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Takes statements, pushed or posted as messages, and does what the verdict on each says. */
final class AlertDesk {

  private static final int ANSWERS = 5;

  private final AlertIncidents incidents;
  private final AlertAnswers answers;
  private final AlertRepeats repeats;
  private final Telemetry telemetry;
  private final Supplier<String> ids;

  AlertDesk(
      AlertIncidents incidents, AlertAnswers answers, Telemetry telemetry, Supplier<String> ids) {
    this.incidents = incidents;
    this.answers = answers;
    this.repeats = new AlertRepeats(telemetry);
    this.telemetry = telemetry;
    this.ids = ids;
  }

  /** Handles every alert of one delivery. */
  void handle(Moment moment, Inbound.Alerts delivery) {
    Set<IncidentId> changed = new LinkedHashSet<>();
    Set<IncidentId> calmer = new LinkedHashSet<>();
    Set<String> spoken = new LinkedHashSet<>();
    for (Alert alert : repeats.take(moment, delivery.alerts(), spoken)) {
      Verdict verdict = take(moment, alert, Optional.empty(), moment.settings().platforms());
      verdict.changed().ifPresent(changed::add);
      verdict.calmed().ifPresent(calmer::add);
      spoken.add(verdict.record().id());
      spoken.addAll(verdict.others());
    }
    changed.forEach(id -> incidents.showAlerts(moment, id));
    if (moment.tx().postings().any()) {
      spoken.forEach(alert -> answers.refresh(moment, alert));
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

  /**
   * What a statement led to.
   *
   * @param record what is known of the alert now
   * @param incident the unclosed incident it belongs to
   * @param reason why
   * @param isNew whether it belongs there since this statement
   * @param isNews whether the incident's list of alerts says something else now
   * @param others further alerts whose answers have to be shown anew
   */
  record Verdict(
      AlertRecord record,
      Optional<Incident> incident,
      VerdictReason reason,
      boolean isNew,
      boolean isNews,
      List<String> others) {

    /** Returns the incident whose list of alerts says something else now. */
    Optional<IncidentId> changed() {
      return incident.filter(about -> isNews).map(Incident::id);
    }

    /** Returns the incident one of whose alerts has just stopped firing. */
    Optional<IncidentId> calmed() {
      return incident.filter(about -> reason == VerdictReason.NO_LONGER_FIRING).map(Incident::id);
    }

    /** Returns the incident the alert belongs to since this statement. */
    Optional<IncidentId> joined() {
      return incident.filter(about -> isNew).map(Incident::id);
    }

    /** Returns why it is not certain that the alert belongs there; empty when it is. */
    String doubt() {
      return reason == VerdictReason.PROBABLY_SAME || reason == VerdictReason.PART_OF_GROUP
          ? reason.word()
          : "";
    }
  }

  /** Does what follows a statement once its message is stored. */
  void settle(Moment moment, Verdict verdict) {
    verdict.changed().ifPresent(id -> incidents.showAlerts(moment, id));
    verdict.calmed().ifPresent(id -> incidents.proposeWhenQuiet(moment, id));
    answers.refresh(moment, verdict.record().id());
    verdict.others().forEach(alert -> answers.refresh(moment, alert));
  }

  /**
   * Takes one statement.
   *
   * @param bound the alert of the message that was rewritten or answered, if it is known
   * @param platforms where an incident would open
   */
  Verdict take(Moment moment, Alert stated, Optional<String> bound, List<String> platforms) {
    AlertIdentity.Found found = AlertIdentity.find(moment, stated, bound);
    AlertVerdict verdict = found.stale() ? stale(moment, found) : decide(moment, found);
    String reason = verdict.reason().word();
    count(moment, reason);
    Alert alert = found.stale() ? found.before().orElseThrow().latest() : found.alert();
    AlertRecord record = record(moment, alert, found.before(), reason);
    Optional<Incident> incident =
        verdict.match(
            d -> Optional.of(incidents.declare(moment, record, d, platforms)),
            a -> incidents.attach(moment, record, a.incident(), a.groupKey(), reason),
            r -> incidents.resolved(moment, record, r.incident()),
            r -> incidents.repeated(moment, record, r.incident()),
            i -> ignored(moment, record, reason));
    AlertRecord now = moment.tx().alerts().byId(record.id()).orElse(record);
    if (now.latest().status() == Alert.Status.RESOLVED && !found.stale()) {
      moment.tx().postings().forgetChoice(now.id());
    }
    if (now.statements() == 1 || SameAlert.isMessage(stated)) {
      keepTraces(moment, stated, now);
    }
    boolean isNew = verdict instanceof AlertVerdict.Declare || isNewHere(verdict, found);
    boolean isNews = !(verdict instanceof AlertVerdict.Repeat);
    List<String> others = draw(moment, found, now);
    return new Verdict(now, incident, verdict.reason(), isNew, isNews, others);
  }

  /** After the commit, because what is done together may be undone and done once more. */
  private void count(Moment moment, String reason) {
    moment.tx().afterCommit(() -> telemetry.count("muster_alerts_total", "verdict", reason));
  }

  private static void keepTraces(Moment moment, Alert stated, AlertRecord record) {
    moment
        .tx()
        .postings()
        .keepTraces(record.id(), SameAlert.isMessage(stated), SameAlert.traces(stated));
  }

  private static boolean isNewHere(AlertVerdict verdict, AlertIdentity.Found found) {
    return verdict instanceof AlertVerdict.Attach attach
        && !found.before().flatMap(AlertRecord::incident).equals(Optional.of(attach.incident()));
  }

  private static AlertVerdict stale(Moment moment, AlertIdentity.Found found) {
    Optional<IncidentId> incident =
        found.before().flatMap(record -> known(moment, record).openIncident());
    return new AlertVerdict.Repeat(incident, VerdictReason.REPEATED);
  }

  private AlertVerdict decide(Moment moment, AlertIdentity.Found found) {
    List<AlertRule> rules = moment.settings().alertRules();
    Optional<AlertSituation.Known> known = found.before().map(record -> known(moment, record));
    return AlertRouting.byItself(found.alert(), known, rules, moment.now())
        .orElseGet(
            () ->
                AlertRouting.decide(
                    found.alert(), situation(moment, found, known), rules, moment.now()));
  }

  /** Brings an alert like this one into the same incident, where people can see both. */
  private List<String> draw(Moment moment, AlertIdentity.Found found, AlertRecord record) {
    Optional<AlertRecord> near =
        found
            .near()
            .filter(other -> other.latest().status() == Alert.Status.FIRING)
            .filter(other -> known(moment, other).openIncident().isEmpty());
    Optional<IncidentId> incident = known(moment, record).openIncident();
    if (near.isEmpty() || incident.isEmpty()) {
      return List.of();
    }
    String group = AlertRouting.groupKey(near.get().latest(), moment.settings().alertRules());
    String reason = found.reason().word();
    incidents.attach(moment, near.get(), incident.get(), group, reason);
    moment
        .tx()
        .postings()
        .of(near.get().id(), ANSWERS)
        .forEach(posting -> moment.tx().postings().save(posting.doubted(reason)));
    return List.of(near.get().id());
  }

  private AlertSituation situation(
      Moment moment, AlertIdentity.Found found, Optional<AlertSituation.Known> heard) {
    Alert alert = found.alert();
    String group = AlertRouting.groupKey(alert, moment.settings().alertRules());
    Optional<IncidentId> ofGroup = moment.tx().alerts().incidentOfGroup(group);
    Optional<IncidentId> umbrella =
        ofGroup.isPresent() ? Optional.empty() : umbrella(moment, alert.key().source());
    // Whoever has one of the two declares nothing, so nobody counts.
    List<Instant> declarations =
        ofGroup.or(() -> umbrella).isPresent()
            ? List.of()
            : declarations(moment, alert.key().source());
    return new AlertSituation(heard, ofGroup, umbrella, declarations, found.nearIncident(moment));
  }

  private static Optional<IncidentId> umbrella(Moment moment, String source) {
    return moment
        .tx()
        .alerts()
        .incidentOfGroup(AlertRouting.umbrellaKey(source))
        .flatMap(id -> moment.tx().incidents().find(id))
        .filter(incident -> incident.status().isOpen())
        .map(Incident::id);
  }

  private static List<Instant> declarations(Moment moment, String source) {
    Instant since = moment.now().minus(AlertRouting.STORM_WINDOW);
    return moment.tx().alerts().declarationsSince(source, since);
  }

  static AlertSituation.Known known(Moment moment, AlertRecord record) {
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
    return before
        .map(known -> AlertRecords.stated(known, alert, reason, moment.now()))
        .orElseGet(() -> AlertRecords.first(ids.get(), alert, reason, moment.now()));
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
}
