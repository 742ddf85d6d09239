// SPDX-License-Identifier: Apache-2.0
package dev.muster.slack.socket;

import dev.muster.slack.client.Failure;
import java.time.Instant;

/** Who is told how well we hear; called on the thread that looks after the connections. */
interface Ears {

  /**
   * At least one connection is ready; told again and again while that is so.
   *
   * @param now this instant, on the machine's clock
   * @param sure until when somebody looked after the connections; earlier than now after a sleep
   */
  void hear(Instant now, Instant sure);

  /**
   * No connection is left, or one ended in a way in which what was pushed to it may be lost.
   *
   * @param since the last instant at which certainly nothing was missed, on the machine's clock
   */
  void deaf(Instant since);

  /**
   * Slack does not want a connection of ours.
   *
   * @param reason Slack's word
   */
  void unwanted(String reason);

  /** Slack hands out no address to connect to. */
  void refused(Failure failure);
}
