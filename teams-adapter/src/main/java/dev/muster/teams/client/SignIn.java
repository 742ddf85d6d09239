// SPDX-License-Identifier: Apache-2.0
package dev.muster.teams.client;

import dev.muster.chat.spi.ChatOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The app's two tokens, asked for afresh to find out whether its credentials work.
 *
 * @param bot for the connector
 * @param graph for Graph
 */
public record SignIn(TokenSource bot, TokenSource graph) {

  /** Signs in anew for both; the value is the token for Graph. */
  public ChatOutcome<String> ask() {
    ChatOutcome<String> first = bot.fresh();
    return first instanceof ChatOutcome.Done<String> ? graph.fresh() : first;
  }

  /** Returns what the app proves itself with. */
  public AppProof proof() {
    return bot.proof();
  }

  /** Returns how far our clock is ahead of the sign-in service's; empty before the first answer. */
  public Optional<Duration> clockOff() {
    return bot.clockOff().or(graph::clockOff);
  }

  /** Returns when the certificate ends, where one is used. */
  public Optional<Instant> proofEnds() {
    return proof().ends();
  }
}
