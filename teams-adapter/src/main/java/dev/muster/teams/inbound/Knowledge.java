// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.inbound;

import dev.muster.chat.spi.Memory;
import dev.muster.teams.client.DeepLinks;
import dev.muster.teams.client.Places;

/**
 * What the adapter knows beside what Teams tells it at the moment.
 *
 * @param places what is remembered of conversations and people
 * @param links addresses of messages and channels
 * @param edits knows edits again
 * @param readFirst knows what was read before it was told
 * @param alerts the channels whose messages are alerts
 */
public record Knowledge(
    Places places, DeepLinks links, EditTimes edits, ReadFirst readFirst, AlertPlaces alerts) {

  /** Returns what is known at the start; {@code tenant} is the one whose addresses are made. */
  public static Knowledge of(Places places, String tenant, Memory memory) {
    return new Knowledge(
        places,
        new DeepLinks(tenant),
        new EditTimes(memory),
        new ReadFirst(memory),
        new AlertPlaces());
  }
}
