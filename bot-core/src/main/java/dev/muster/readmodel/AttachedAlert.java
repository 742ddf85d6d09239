// SPDX-License-Identifier: Apache-2.0
package dev.muster.readmodel;

import dev.muster.alert.Alert;
import java.time.Instant;

/**
 * An alert of an incident, as pages show it.
 *
 * @param latest the newest statement
 * @param statements how often it was stated
 * @param firstAt when it was first received
 * @param lastAt when it was last received
 */
public record AttachedAlert(Alert latest, long statements, Instant firstAt, Instant lastAt) {}
