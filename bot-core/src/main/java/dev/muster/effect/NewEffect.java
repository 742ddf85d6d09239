// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

import dev.muster.incident.IncidentId;
import java.time.Instant;
import java.util.Optional;

/**
 * An order about to be written.
 *
 * @param effect what
 * @param lane effects of one lane are carried out one after another, in the order written
 * @param priority who goes first among lanes
 * @param incident about which incident, if any
 * @param after the lane that must have nothing unfinished written before this one; empty for none
 * @param dueAt not before
 */
public record NewEffect(
    Effect effect,
    String lane,
    Priority priority,
    Optional<IncidentId> incident,
    String after,
    Instant dueAt) {}
