// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.pace;

import dev.muster.chat.spi.Urgency;

/**
 * A call that asks whether it may be made now.
 *
 * @param tier how often Microsoft takes such calls
 * @param urgency whether it goes before others
 * @param team the team it is about, or empty
 * @param place the channel or chat it is about, without a thread, or empty
 * @param message the message of that place which it changes, or empty
 * @param follows whether it goes on with what a call before it began: it is counted, and not held
 *     for a turn of its own, or what takes several calls would never come to its end
 */
public record Ask(
    Tier tier, Urgency urgency, String team, String place, String message, boolean follows) {

  private static final String THREAD = ";messageid=";

  /** Leaves a thread off: the limits are those of the channel. */
  public Ask {
    int at = place.indexOf(THREAD);
    place = at < 0 ? place : place.substring(0, at);
  }

  /** Returns a call about a place, or about none when that is empty. */
  public static Ask of(Tier tier, Urgency urgency, String place) {
    return new Ask(tier, urgency, "", place, "", false);
  }

  /** Returns a change of a message. */
  public static Ask edit(Urgency urgency, String place, String message) {
    return new Ask(Tier.EDIT, urgency, "", place, message, false);
  }

  /** Returns a call of Graph, as urgent as a card. */
  public static Ask graph(Tier tier, String team, String place) {
    return new Ask(tier, Urgency.CARD, team, place, "", false);
  }

  /** Returns the same as a call that goes on with what another began. */
  public Ask then() {
    return new Ask(tier, urgency, team, place, message, true);
  }
}
