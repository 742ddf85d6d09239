// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.teams.client.TokenSource;
import java.util.Optional;

/**
 * The app's two tokens, asked for afresh to find out whether its credentials work.
 *
 * @param bot for the connector
 * @param graph for Graph
 */
record SignIn(TokenSource bot, TokenSource graph) {

  /** Returns why signing in does not work; empty when it does. */
  Optional<String> problem() {
    for (TokenSource source : new TokenSource[] {bot, graph}) {
      source.drop();
      ChatOutcome<String> token = source.token();
      if (!(token instanceof ChatOutcome.Done<String>)) {
        return Optional.of(Reasons.of(token));
      }
    }
    return Optional.empty();
  }
}
