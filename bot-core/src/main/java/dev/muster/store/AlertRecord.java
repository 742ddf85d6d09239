// SPDX-License-Identifier: Apache-2.0
package dev.muster.store;

import dev.muster.alert.Alert;
import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.util.Optional;

/**
 * What we know of one alert key.
 *
 * @param id opaque identifier for pages and programs
 * @param latest the newest statement
 * @param incident the incident it belongs to; the database keeps it to one
 * @param groupKey the group it was put in; empty for none
 * @param verdict the enumerated reason of the last verdict
 * @param statements how often it was stated
 * @param firstAt when it was first received
 * @param lastAt when it was last received
 * @param snoozedUntil until when it is suppressed
 */
public record AlertRecord(
    String id,
    Alert latest,
    Optional<IncidentId> incident,
    String groupKey,
    String verdict,
    long statements,
    Instant firstAt,
    Instant lastAt,
    Optional<Instant> snoozedUntil) {}
