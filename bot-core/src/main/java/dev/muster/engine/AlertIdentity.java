// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.alert.AlertMessage;
import dev.muster.alert.AlertSituation;
import dev.muster.alert.Likeness;
import dev.muster.alert.SameAlert;
import dev.muster.alert.VerdictReason;
import dev.muster.incident.IncidentId;
import dev.muster.incident.IncidentStatus;
import dev.muster.store.AlertRecord;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds out which alert a statement is about: by the message it rewrites, by its own key, by a key
 * under which the alert was stated before, or by evidence that two roads lead to one alert. In any
 * order, and the same after a restart: everything it looks at is stored.
 */
final class AlertIdentity {

  /** Two roads bring the same news within this time; what resolved longer ago is another matter. */
  private static final Duration SAME_NEWS = Duration.ofMinutes(15);

  private static final int MOST_CANDIDATES = 50;

  private AlertIdentity() {}

  /**
   * What a statement is about.
   *
   * @param alert the statement under the key of its alert
   * @param before what is known of that alert
   * @param near another alert that it may belong with
   * @param likeness how sure that is
   * @param stale whether it tells of a time before what is known already
   */
  record Found(
      Alert alert,
      Optional<AlertRecord> before,
      Optional<AlertRecord> near,
      Likeness likeness,
      boolean stale) {

    /** Returns the unclosed incident of the alert it may belong with. */
    Optional<AlertSituation.Near> nearIncident(Moment moment) {
      return near.flatMap(AlertRecord::incident)
          .filter(id -> isUnclosed(moment, id))
          .map(id -> new AlertSituation.Near(id, reason()));
    }

    VerdictReason reason() {
      return likeness == Likeness.MEMBER
          ? VerdictReason.PART_OF_GROUP
          : VerdictReason.PROBABLY_SAME;
    }
  }

  private static boolean isUnclosed(Moment moment, IncidentId id) {
    return moment
        .tx()
        .incidents()
        .find(id)
        .filter(incident -> incident.status() != IncidentStatus.CLOSED)
        .isPresent();
  }

  /**
   * Finds the alert.
   *
   * @param bound the alert of the message that was rewritten or answered, if it is known
   */
  static Found find(Moment moment, Alert stated, Optional<String> bound) {
    Optional<AlertRecord> known =
        bound
            .flatMap(id -> moment.tx().alerts().byId(id))
            .or(() -> moment.tx().alerts().find(stated.key()))
            .or(() -> byAlias(moment, stated));
    if (known.isPresent()) {
      return same(stated, known.get());
    }
    Optional<Candidate> best = best(moment, stated);
    if (best.isEmpty()) {
      return new Found(stated, Optional.empty(), Optional.empty(), Likeness.DIFFERENT, false);
    }
    AlertRecord record = best.get().record();
    if (best.get().likeness() != Likeness.SAME) {
      return new Found(stated, Optional.empty(), Optional.of(record), best.get().likeness(), false);
    }
    moment.tx().postings().keepAlias(stated.key(), record.id());
    return same(stated, sinceThen(stated, record));
  }

  /** A group's message may stand for another alert today than when it was last seen. */
  private static Optional<AlertRecord> byAlias(Moment moment, Alert stated) {
    Optional<AlertRecord> alias =
        moment.tx().postings().aliasOf(stated.key()).flatMap(id -> moment.tx().alerts().byId(id));
    boolean holds =
        alias
            .filter(
                record ->
                    stated.status() == Alert.Status.RESOLVED
                        || judge(stated, record.latest()) != Likeness.DIFFERENT)
            .isPresent();
    if (alias.isPresent() && !holds) {
      moment.tx().postings().dropAlias(stated.key());
    }
    return alias.filter(record -> holds);
  }

  private record Candidate(AlertRecord record, Likeness likeness) {}

  private static Optional<Candidate> best(Moment moment, Alert stated) {
    if (!SameAlert.isMessage(stated) && !moment.tx().postings().any()) {
      return Optional.empty();
    }
    return moment
        .tx()
        .postings()
        .traced(
            SameAlert.traces(stated),
            !SameAlert.isMessage(stated),
            moment.now().minus(SAME_NEWS),
            MOST_CANDIDATES)
        .stream()
        .map(record -> new Candidate(record, judge(stated, record.latest())))
        .filter(candidate -> candidate.likeness() != Likeness.DIFFERENT)
        .max(Comparator.comparing(Candidate::likeness));
  }

  private static Likeness judge(Alert stated, Alert other) {
    return SameAlert.isMessage(stated)
        ? SameAlert.judge(stated, other)
        : SameAlert.judge(other, stated);
  }

  /** Both roads tell of one firing, whatever each says of its beginning. */
  private static AlertRecord sinceThen(Alert stated, AlertRecord record) {
    boolean oneFiring =
        !SameAlert.isMessage(stated)
            && stated.status() == Alert.Status.FIRING
            && record.latest().status() == Alert.Status.FIRING;
    return oneFiring ? AlertRecords.with(record, startingAt(record.latest(), stated)) : record;
  }

  private static Found same(Alert stated, AlertRecord record) {
    Alert known = record.latest();
    return new Found(
        merged(stated, known),
        Optional.of(record),
        Optional.empty(),
        Likeness.SAME,
        SameAlert.isMessage(stated) ? isStale(stated, known) : isOvertaken(stated, known));
  }

  /** Whoever fires anew says a new beginning; this one was told of, and ended, by a message. */
  private static boolean isOvertaken(Alert stated, Alert known) {
    return SameAlert.isMessage(known)
        && stated.status() == Alert.Status.FIRING
        && known.status() == Alert.Status.RESOLVED
        && !stated.startsAt().isAfter(known.startsAt());
  }

  private static boolean isStale(Alert stated, Alert known) {
    if (stated.status() == Alert.Status.RESOLVED) {
      return known.status() == Alert.Status.FIRING && stated.startsAt().isBefore(known.startsAt());
    }
    return known.status() == Alert.Status.RESOLVED
        && known.endsAt().filter(end -> !stated.startsAt().isAfter(end)).isPresent();
  }

  /** The richer statement is kept: a webhook names labels, a message often gives values alone. */
  private static Alert merged(Alert stated, Alert known) {
    if (!SameAlert.isMessage(stated)) {
      return stated.key().equals(known.key()) ? stated : withMessage(stated, known);
    }
    String reader = stated.annotations().get(AlertMessage.READ_AS);
    boolean ofItsKind = reader.equals(known.annotations().get(AlertMessage.READ_AS));
    boolean alone =
        ofItsKind && known.labels().keySet().stream().allMatch(stated.labels()::containsKey);
    Alert content = alone ? stated : known;
    boolean goesOn = known.status() == Alert.Status.FIRING;
    return new Alert(
        known.key(),
        stated.status(),
        content.title(),
        content.severity(),
        content.labels(),
        content.annotations(),
        goesOn || stated.status() == Alert.Status.RESOLVED ? known.startsAt() : stated.startsAt(),
        stated.endsAt(),
        content.url(),
        content.flags());
  }

  private static Alert withMessage(Alert stated, Alert known) {
    Map<String, String> notes = new TreeMap<>(known.annotations());
    notes.putAll(stated.annotations());
    return new Alert(
        known.key(),
        stated.status(),
        stated.title(),
        stated.severity(),
        stated.labels(),
        notes,
        stated.startsAt(),
        stated.endsAt(),
        stated.url().isEmpty() ? known.url() : stated.url(),
        stated.flags());
  }

  private static Alert startingAt(Alert alert, Alert other) {
    return new Alert(
        alert.key(),
        alert.status(),
        alert.title(),
        alert.severity(),
        alert.labels(),
        alert.annotations(),
        other.startsAt(),
        alert.endsAt(),
        alert.url(),
        alert.flags());
  }
}
