// SPDX-License-Identifier: Apache-2.0
package dev.muster.oncall;

import java.time.Instant;

/**
 * One person's stretch of being on call.
 *
 * @param person identifier of the person
 * @param from first instant of the turn
 * @param until first instant after it, which is where the next turn begins
 */
public record Turn(String person, Instant from, Instant until) {}
