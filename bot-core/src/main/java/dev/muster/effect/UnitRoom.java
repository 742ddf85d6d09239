// SPDX-License-Identifier: Apache-2.0
package dev.muster.effect;

/**
 * Room for what one unit of work orders, so that it can claim that itself: the attempt is durable
 * with the order, and no second commit stands before the call. Asked for before the unit, and used
 * for one alone.
 */
public interface UnitRoom extends Room {

  /** Begins what was claimed; after the commit. */
  void begin();

  /** Gives the places back; the unit was rolled back, or another takes its place. */
  void free();
}
