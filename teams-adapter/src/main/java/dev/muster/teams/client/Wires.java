// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import java.time.InstantSource;

/**
 * What every verb needs to reach Teams.
 *
 * @param identity who we are and where we are at home
 * @param clock the application's clock
 * @param connector posts, edits, members
 * @param graph channels, chats, history
 * @param places what is remembered of conversations and people
 */
public record Wires(
    Identity identity, InstantSource clock, Connector connector, Graph graph, Places places) {

  /** Returns what writes the addresses of messages and channels. */
  public DeepLinks links() {
    return new DeepLinks(identity.tenantId());
  }
}
