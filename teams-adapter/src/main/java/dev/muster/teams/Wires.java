// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.teams.client.Connector;
import dev.muster.teams.client.Graph;
import dev.muster.teams.client.Places;
import dev.muster.teams.inbound.AlertPlaces;
import dev.muster.teams.inbound.DeepLinks;
import dev.muster.teams.inbound.Knowledge;
import java.time.InstantSource;

/**
 * What every verb needs to reach Teams.
 *
 * @param config as the operator wrote it
 * @param clock the application's clock
 * @param connector posts, edits, members
 * @param graph channels, chats, history
 * @param known what is remembered and known
 */
record Wires(
    TeamsSettings config, InstantSource clock, Connector connector, Graph graph, Knowledge known) {

  Places places() {
    return known.places();
  }

  DeepLinks links() {
    return known.links();
  }

  AlertPlaces alerts() {
    return known.alerts();
  }
}
