// SPDX-License-Identifier: Apache-2.0
package dev.muster.engine;

import dev.muster.alert.Alert;
import dev.muster.incident.IncidentId;
import dev.muster.store.AlertRecord;
import java.time.Instant;
import java.util.Optional;

/** Makes changed copies of what is known of an alert. */
final class AlertRecords {

  private AlertRecords() {}

  /** Returns the record with another newest statement. */
  static AlertRecord with(AlertRecord record, Alert latest) {
    return new AlertRecord(
        record.id(),
        latest,
        record.incident(),
        record.groupKey(),
        record.verdict(),
        record.statements(),
        record.firstAt(),
        record.lastAt(),
        record.snoozedUntil());
  }

  /** Returns the record of a further statement. */
  static AlertRecord stated(AlertRecord before, Alert latest, String verdict, Instant now) {
    return new AlertRecord(
        before.id(),
        latest,
        before.incident(),
        before.groupKey(),
        verdict,
        before.statements() + 1,
        before.firstAt(),
        now,
        before.snoozedUntil());
  }

  /** Returns the record of a first statement. */
  static AlertRecord first(String id, Alert latest, String verdict, Instant now) {
    return new AlertRecord(
        id, latest, Optional.empty(), "", verdict, 1, now, now, Optional.empty());
  }

  /** Returns the record connected with an incident. */
  static AlertRecord connected(AlertRecord record, IncidentId incident, String groupKey) {
    return new AlertRecord(
        record.id(),
        record.latest(),
        Optional.of(incident),
        groupKey,
        record.verdict(),
        record.statements(),
        record.firstAt(),
        record.lastAt(),
        record.snoozedUntil());
  }

  /** Returns the record of which nobody wants to hear until then. */
  static AlertRecord snoozed(AlertRecord record, Instant until) {
    return new AlertRecord(
        record.id(),
        record.latest(),
        record.incident(),
        record.groupKey(),
        "snoozed",
        record.statements(),
        record.firstAt(),
        record.lastAt(),
        Optional.of(until));
  }
}
