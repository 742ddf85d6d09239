// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.teams.client.Connector;
import dev.muster.teams.client.Graph;
import dev.muster.teams.client.Places;
import dev.muster.teams.inbound.DeepLinks;
import dev.muster.teams.inbound.EditTimes;
import java.time.InstantSource;

/**
 * What every verb needs to reach Teams.
 *
 * @param config as the operator wrote it
 * @param clock the application's clock
 * @param connector posts, edits, members
 * @param graph channels, chats, history
 * @param places what is remembered
 * @param links addresses for people
 * @param edits knows edits again
 */
record Wires(
    TeamsSettings config,
    InstantSource clock,
    Connector connector,
    Graph graph,
    Places places,
    DeepLinks links,
    EditTimes edits) {}
