// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams;

import dev.muster.chat.spi.ChatOutcome;
import dev.muster.teams.client.AppProof;
import dev.muster.teams.client.TokenSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The app's two tokens, asked for afresh to find out whether its credentials work.
 *
 * @param bot for the connector
 * @param graph for Graph
 */
record SignIn(TokenSource bot, TokenSource graph) {

  /** Signs in anew for both; the value is the token for Graph. */
  ChatOutcome<String> ask() {
    ChatOutcome<String> first = bot.fresh();
    return first instanceof ChatOutcome.Done<String> ? graph.fresh() : first;
  }

  /** Returns what the app proves itself with. */
  AppProof proof() {
    return bot.proof();
  }

  /** Returns how far our clock is ahead of the sign-in service's; empty before the first answer. */
  Optional<Duration> clockOff() {
    return bot.clockOff().or(graph::clockOff);
  }

  /** Returns when the certificate ends, where one is used. */
  Optional<Instant> proofEnds() {
    return proof().ends();
  }
}
